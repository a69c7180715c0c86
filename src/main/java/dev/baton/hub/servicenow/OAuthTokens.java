package dev.baton.hub.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Access tokens from {@code /oauth_token.do}, one per hub, kept for as long as {@code expires_in}
 * says and renewed a minute early. Asking before that gives the same token with what is left of its
 * life. Source: "OAuth API request parameters".
 */
final class OAuthTokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration EARLY = Duration.ofMinutes(1);
  private static final long DEFAULT_LIFE = 1_800;

  private record Token(String value, Instant renewAt) {}

  private final HttpClient client;
  private final Clock clock;
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  OAuthTokens(HttpClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  boolean used(ServiceNowConfig config) {
    return config.isSet("oauth-client-id");
  }

  /** A token that is still good. May block. */
  String token(ServiceNowConfig config) throws IOException {
    synchronized (locks.computeIfAbsent(config.hub(), hub -> new Object())) {
      Token known = tokens.get(config.hub());
      if (known == null || !clock.instant().isBefore(known.renewAt())) {
        known = fetch(config);
        tokens.put(config.hub(), known);
      }
      return known.value();
    }
  }

  /** Whether there was one to forget. */
  boolean drop(String hub) {
    return tokens.remove(hub) != null;
  }

  private Token fetch(ServiceNowConfig config) throws IOException {
    String url = config.text("oauth-token-url", config.url() + "/oauth_token.do");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(config.timeout())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(form(config)))
            .build();
    HttpResponse<String> answer = send(request);
    JsonNode json = read(answer.body());
    String token = json.path("access_token").asText("");
    if (answer.statusCode() / 100 != 2 || token.isEmpty()) {
      throw new IOException(
          "BTN-2307 Hub "
              + config.hub()
              + ": no OAuth token, "
              + url
              + " answered "
              + answer.statusCode()
              + reason(json)
              + "; check oauth-client-id, oauth-client-secret and oauth-grant");
    }
    long life = Math.max(1, json.path("expires_in").asLong(DEFAULT_LIFE));
    Duration keep = Duration.ofSeconds(life);
    keep = keep.compareTo(EARLY.multipliedBy(2)) > 0 ? keep.minus(EARLY) : keep.dividedBy(2);
    return new Token(token, clock.instant().plus(keep));
  }

  private static String form(ServiceNowConfig config) {
    boolean password = "password".equals(config.text("oauth-grant", "client_credentials"));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", password ? "password" : "client_credentials");
    fields.put("client_id", config.text("oauth-client-id"));
    fields.put("client_secret", config.text("oauth-client-secret"));
    if (password) {
      fields.put("username", config.text("username"));
      fields.put("password", config.text("password"));
    }
    if (config.isSet("oauth-scope")) {
      fields.put("scope", config.text("oauth-scope"));
    }
    return fields.entrySet().stream()
        .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  /** The error's name only: a description may repeat what was sent. */
  private static String reason(JsonNode json) {
    String error = json.path("error").asText("");
    return error.matches("[a-z_]{1,40}") ? " (" + error + ")" : "";
  }
}
