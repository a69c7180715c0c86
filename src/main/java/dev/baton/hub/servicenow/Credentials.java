package dev.baton.hub.servicenow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How Baton proves to ServiceNow who it is. Two layers, either or both: the transport (Basic or a
 * bearer token) and Message Auth (a static token, or a hash of the body). Source: "Configure send
 * request", "Set up message authentication" of the Virtual Agent API.
 */
final class Credentials {
  /** Carries the hash of Message Auth. */
  static final String SIGNATURE = "x-b2b-signature";

  private static final String ALGORITHM = "HmacSHA1";

  private final OAuthTokens tokens;

  Credentials(OAuthTokens tokens) {
    this.tokens = tokens;
  }

  /** The transport's header, empty when only Message Auth is used. May block for a token. */
  Map<String, String> transport(ServiceNowConfig config) throws IOException {
    if (tokens.used(config)) {
      return Map.of("Authorization", "Bearer " + tokens.token(config));
    }
    if (!config.isSet("username")) {
      return Map.of();
    }
    String pair = config.text("username") + ":" + config.text("password");
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return Map.of("Authorization", "Basic " + encoded);
  }

  /** All headers of a request to the Virtual Agent API. */
  Map<String, String> headers(ServiceNowConfig config, byte[] body) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(transport(config));
    if (config.isSet("signature-secret")) {
      headers.put(SIGNATURE, signature(config.text("signature-secret"), body));
    } else if (config.isSet("token")) {
      headers.put("token", config.text("token"));
    }
    return headers;
  }

  /** Forgets a token that was refused. @return whether another try may help */
  boolean refused(ServiceNowConfig config) {
    return tokens.used(config) && tokens.drop(config.hub());
  }

  /** Lower-case hex HMAC-SHA1 of exactly these bytes. */
  static String signature(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + ALGORITHM, e);
    }
  }
}
