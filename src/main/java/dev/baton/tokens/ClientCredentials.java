package dev.baton.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Access tokens by OAuth 2.0 client credentials (RFC 6749, 4.4): one is fetched when it is needed,
 * kept for its life and renewed a little before its end. Calls may block, and only one fetches.
 */
public final class ClientCredentials {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration EARLY = Duration.ofMinutes(2);
  private static final Duration LIFE_UNLESS_TOLD = Duration.ofMinutes(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final Map<String, String> form;
  private final Secret secret;
  private final Clock clock;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private String token;
  private Instant renewAt = Instant.MIN;

  /**
   * @param url the token endpoint
   * @param clientId the application's id
   * @param secret the application's secret
   * @param more further fields of the form, such as {@code scope}
   */
  public ClientCredentials(
      URI url, String clientId, Secret secret, Map<String, String> more, Clock clock) {
    this.url = url;
    this.secret = secret;
    this.clock = clock;
    this.form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", clientId);
    form.putAll(more);
  }

  /**
   * A token that is valid for a while.
   *
   * @throws IOException when none can be had; the message says what the endpoint answered
   */
  public synchronized String token() throws IOException {
    if (token == null || !clock.instant().isBefore(renewAt)) {
      fetch();
    }
    return token;
  }

  /** Forgets a token that was refused, unless it has been renewed meanwhile. */
  public synchronized void refused(String refused) {
    if (refused != null && refused.equals(token)) {
      token = null;
    }
  }

  private void fetch() throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(encoded()))
            .build();
    HttpResponse<String> answer;
    try {
      answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    JsonNode body = read(answer.body());
    if (answer.statusCode() != 200 || !body.hasNonNull("access_token")) {
      String error = body.path("error").asText("");
      throw new IOException(
          "No token from "
              + url.getHost()
              + ": HTTP "
              + answer.statusCode()
              + (error.matches("[\\w.-]{1,60}") ? " " + error : ""));
    }
    Duration life =
        body.path("expires_in").asLong(0) > 0
            ? Duration.ofSeconds(body.path("expires_in").asLong())
            : LIFE_UNLESS_TOLD;
    Duration early = life.compareTo(EARLY.multipliedBy(2)) > 0 ? EARLY : life.dividedBy(2);
    token = body.path("access_token").asText();
    renewAt = clock.instant().plus(life).minus(early);
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.createObjectNode(); // a proxy's page, most likely; the status says enough
    }
  }

  private String encoded() {
    Map<String, String> all = new LinkedHashMap<>(form);
    all.put("client_secret", secret.reveal());
    return all.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
