package dev.baton.application;

import dev.baton.configuration.Secret;
import dev.baton.journal.JournalState;
import dev.baton.journal.SqlJournal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The key that signs canvas tokens: configured, or made once and kept, so that a restart
 * invalidates none.
 */
final class SigningKey {
  private static final String KIND = "setting";
  private static final String ID = "canvas-token-key";

  private SigningKey() {}

  /** All keys that are accepted; the first signs. */
  static List<byte[]> of(Secret configured, SqlJournal journal) {
    if (configured != null) {
      return Arrays.stream(configured.reveal().split(","))
          .map(String::strip)
          .filter(secret -> !secret.isEmpty())
          .map(SigningKey::digest)
          .toList();
    }
    return List.of(Standby.await("the key for canvas tokens", () -> keptOrMade(journal)));
  }

  /** Null while another node is to make it. */
  private static byte[] keptOrMade(SqlJournal journal) {
    Optional<String> kept = journal.documents().get(KIND, ID);
    if (kept.isPresent()) {
      return Base64.getDecoder().decode(kept.get());
    }
    if (journal.state() == JournalState.STANDBY) {
      return null;
    }
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    journal.documents().put(KIND, ID, Base64.getEncoder().encodeToString(key)).join();
    return key;
  }

  private static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
