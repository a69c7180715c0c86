package dev.baton.hub.servicenow.doctor;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What proves a message: a static token, or hashes over its bytes. */
final class Signatures {
  private Signatures() {}

  /**
   * @param keys the hub's options
   */
  static Map<String, String> of(Map<String, String> keys, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (keys.containsKey("signature-secret")) {
      headers.put("x-b2b-signature", hex("HmacSHA1", keys.get("signature-secret"), body));
    } else if (keys.containsKey("token")) {
      headers.put("token", keys.get("token"));
    }
    if (keys.containsKey("request-secret")) {
      headers.put(
          "X-Baton-Signature-256", "sha256=" + hex("HmacSHA256", keys.get("request-secret"), body));
    }
    return headers;
  }

  private static String hex(String algorithm, String secret, String body) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + algorithm, e);
    }
  }
}
