package dev.baton.hub;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures {@code sha256=<hex HMAC-SHA256 of the raw body>}, as webhooks carry them. */
public final class HubSignature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";

  private HubSignature() {}

  /** The header's value for a body. */
  public static String sign(String secret, byte[] body) {
    return PREFIX + HexFormat.of().formatHex(mac(secret, body));
  }

  /**
   * Whether the header's value fits the body under any one of the secrets. Takes the same time
   * whichever of them fits, and whether any does.
   */
  public static boolean verify(List<String> secrets, byte[] body, String header) {
    byte[] given = decode(header);
    boolean fits = false;
    for (String secret : secrets) {
      fits |= MessageDigest.isEqual(mac(secret, body), given);
    }
    return fits;
  }

  private static byte[] decode(String header) {
    if (header == null) {
      return new byte[0];
    }
    String value = header.trim().toLowerCase(Locale.ROOT);
    if (!value.startsWith(PREFIX)) {
      return new byte[0];
    }
    try {
      return HexFormat.of().parseHex(value.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] mac(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + ALGORITHM, e);
    }
  }
}
