package dev.baton.hub.genesys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of Open Messaging: {@code sha256=} and the Base64 (not hexadecimal) form of the
 * HMAC-SHA256 of the raw body. Source: Genesys Developer Center, "Validate webhook notifications".
 */
final class GenesysSignature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";

  private GenesysSignature() {}

  static String sign(String secret, byte[] body) {
    return PREFIX + Base64.getEncoder().encodeToString(mac(secret, body));
  }

  /** Whether the header fits the body under any key; takes the same time whichever it is. */
  static boolean verify(List<String> secrets, byte[] body, String header) {
    byte[] given = decode(header);
    boolean fits = false;
    for (String secret : secrets) {
      fits |= MessageDigest.isEqual(mac(secret, body), given);
    }
    return fits;
  }

  private static byte[] decode(String header) {
    String value = header == null ? "" : header.trim();
    if (!value.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(value.substring(PREFIX.length()));
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
