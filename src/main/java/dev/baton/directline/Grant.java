package dev.baton.directline;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * What the service gives with generate, refresh, start and reconnect. Every part may be null.
 *
 * @param expiresAt when the token ends
 */
record Grant(String conversationId, String token, Instant expiresAt, String streamUrl) {
  /** The life that the documents name, for a token that says nothing itself. */
  private static final Duration DOCUMENTED_LIFE = Duration.ofMinutes(30);

  static Grant of(Map<String, Object> body, Instant now) {
    String token = Json.text(body, "token");
    return new Grant(
        Json.text(body, "conversationId"),
        token,
        token == null ? null : expiry(token, Json.text(body, "expires_in"), now),
        Json.text(body, "streamUrl"));
  }

  private static Instant expiry(String token, String expiresIn, Instant now) {
    try {
      if (expiresIn != null) {
        return now.plusSeconds((long) Double.parseDouble(expiresIn));
      }
      String claimed = Json.text(claims(token), "exp");
      if (claimed != null) {
        return Instant.ofEpochSecond((long) Double.parseDouble(claimed));
      }
    } catch (RuntimeException e) {
      // A number that is none is as good as missing.
      return now.plus(DOCUMENTED_LIFE);
    }
    return now.plus(DOCUMENTED_LIFE);
  }

  /** The claims of a token that happens to be a JWT; they are hints, nothing is verified. */
  static Map<String, Object> claims(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      return Map.of();
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(token.substring(first + 1, second));
      return Json.object(new String(payload, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Map.of();
    }
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "Grant[" + conversationId + "]";
  }
}
