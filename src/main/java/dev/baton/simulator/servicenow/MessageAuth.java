package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Message Auth as the records have it: a static token, a signature, or none. */
final class MessageAuth {
  private final Tables tables;

  MessageAuth(Tables tables) {
    this.tables = tables;
  }

  /**
   * @param token the header {@code token}, which wins over the body's
   * @param signature the header {@code x-b2b-signature}
   */
  boolean accepts(String application, JsonObject request, String token, String signature) {
    String auth =
        tables
            .get("sys_cs_provider_application", application)
            .map(row -> row.get("message_auth"))
            .orElse("");
    if (auth.isEmpty()) {
      return true;
    }
    String verification =
        tables
            .get("message_auth", auth)
            .map(row -> row.get("inbound_message_verification"))
            .orElse("");
    Optional<Map<String, String>> fixed = tables.get("token_verification", verification);
    if (fixed.isPresent()) {
      String presented = token == null ? request.getString("token") : token;
      return equal(fixed.get().get("token"), presented);
    }
    Optional<Map<String, String>> hash = tables.get("hash_message_verification", verification);
    return hash.isPresent() && equal(sign(hash.get().get("hash_key"), request.encode()), signature);
  }

  private static boolean equal(String expected, String presented) {
    return expected != null
        && !expected.isEmpty()
        && presented != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
  }

  /** Lower-case hex of the HMAC-SHA1 of the compact JSON. */
  static String sign(String key, String json) {
    if (key.isEmpty()) {
      return "";
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return HexFormat.of().formatHex(mac.doFinal(json.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
