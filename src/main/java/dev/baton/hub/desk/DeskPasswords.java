package dev.baton.hub.desk;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Hashes of agents' passwords (bcrypt). */
public final class DeskPasswords {
  private static final Pattern HASH = Pattern.compile("\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}");
  private static final int COST = 12;

  /** bcrypt reads no further; accepting more would make different passwords equal. */
  private static final int MAX_BYTES = 72;

  /** Compared with when there is no such user, so that the time taken tells nothing. */
  static final String NOBODY = "$2a$12$D8P8oe48uvAEJdJV1i4qZOHVn26m8TMIqQbkVuBTbzQtoN1iWE7sq";

  private DeskPasswords() {}

  /**
   * The hash to put into {@code baton.desk.agents.<user>.password}. Takes about 0.2 s of processor
   * time.
   *
   * @throws IllegalArgumentException when the password is empty or longer than 72 bytes of UTF-8
   */
  public static String hash(char[] password) {
    int bytes = new String(password).getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "A password has 1 to " + MAX_BYTES + " bytes of UTF-8; this one has " + bytes);
    }
    return BCrypt.withDefaults().hashToString(COST, password);
  }

  /** Whether the text has the form of a bcrypt hash. */
  public static boolean isHash(String text) {
    return text != null && HASH.matcher(text).matches();
  }

  /** Whether the password belongs to the hash; slow on purpose. {@code hash} may be null. */
  static boolean matches(String password, String hash) {
    if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return false;
    }
    boolean verified =
        BCrypt.verifyer()
            .verify(password.toCharArray(), (hash == null ? NOBODY : hash).toCharArray())
            .verified;
    return verified && hash != null;
  }
}
