package dev.baton.application;

import dev.baton.configuration.Secret;
import dev.baton.journal.DocumentStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The key that signs canvas tokens: configured, or made once and kept, so that a restart
 * invalidates none.
 */
final class SigningKey {
  private static final String KIND = "setting";
  private static final String ID = "canvas-token-key";

  private SigningKey() {}

  static byte[] of(Secret configured, DocumentStore documents) {
    if (configured != null) {
      return digest(configured.reveal());
    }
    Optional<String> kept = documents.get(KIND, ID);
    if (kept.isPresent()) {
      return Base64.getDecoder().decode(kept.get());
    }
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    documents.put(KIND, ID, Base64.getEncoder().encodeToString(key)).join();
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
