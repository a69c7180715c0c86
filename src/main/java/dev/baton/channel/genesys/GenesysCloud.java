package dev.baton.channel.genesys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.baton.configuration.ChannelSettings;
import dev.baton.hub.http.RetryAfter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The platform API of one organisation with one OAuth client. The token is fetched once for all who
 * need it, renewed before it ends, and once more when it is refused.
 */
final class GenesysCloud {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration EARLY = Duration.ofSeconds(60);
  private static final int UNAUTHORIZED = 401;

  /**
   * An answer of the platform.
   *
   * @param retryAfter how long it asks to wait, or null
   */
  record Answer(int status, JsonNode body, Duration retryAfter) {
    boolean good() {
      return status / 100 == 2;
    }

    /** What went wrong, in the platform's words. */
    String why() {
      String message = body.path("message").asText("");
      String context = body.path("contextId").asText("");
      return status
          + (message.isEmpty() ? "" : ": " + message.replaceAll("\\s+", " "))
          + (context.isEmpty() ? "" : " (contextId " + context + ")");
    }
  }

  private record Token(String value, Instant until) {}

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final String api;
  private final String login;
  private final ChannelSettings settings;
  private final Clock clock;
  private CompletableFuture<Token> token;

  GenesysCloud(ChannelSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    String region = settings.text("region");
    this.api = root(settings.url("api-url"), "https://api." + region);
    this.login = root(settings.url("login-url"), "https://login." + region);
  }

  private static String root(URI given, String usual) {
    return given == null ? usual : given.toString().replaceAll("/+$", "");
  }

  /** Whether there are credentials to call with. */
  boolean isConfigured() {
    return settings.text("client-id") != null && settings.secret("client-secret") != null;
  }

  /**
   * Calls the platform.
   *
   * @param body JSON, or null
   * @return fails with {@link IOException} when there is no answer, or no token
   */
  CompletableFuture<Answer> call(String method, String path, JsonNode body) {
    return token()
        .thenCompose(
            first ->
                send(method, path, body, first)
                    .thenCompose(
                        answer -> {
                          if (answer.status() != UNAUTHORIZED) {
                            return CompletableFuture.completedFuture(answer);
                          }
                          refused(first);
                          return token().thenCompose(next -> send(method, path, body, next));
                        }));
  }

  private CompletableFuture<Answer> send(String method, String path, JsonNode body, Token with) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api + path))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + with.value())
            .header("Accept", "application/json");
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(body.toString()));
    }
    return client
        .sendAsync(request.build(), BodyHandlers.ofString())
        .thenApply(
            response ->
                new Answer(
                    response.statusCode(),
                    read(response.body()),
                    RetryAfter.parse(response.headers().firstValue("Retry-After").orElse(null))));
  }

  private synchronized CompletableFuture<Token> token() {
    if (token == null || token.isCompletedExceptionally() || isOver(token)) {
      token = fetch();
    }
    return token;
  }

  private boolean isOver(CompletableFuture<Token> known) {
    return known.isDone() && !clock.instant().isBefore(known.join().until());
  }

  private synchronized void refused(Token value) {
    if (token != null && token.isDone() && !token.isCompletedExceptionally()) {
      token = token.join().equals(value) ? null : token;
    }
  }

  private CompletableFuture<Token> fetch() {
    String credentials =
        settings.text("client-id") + ":" + settings.secret("client-secret").reveal();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(login + "/oauth/token"))
            .timeout(ANSWER)
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .thenApply(response -> accept(response, clock.instant()));
  }

  private Token accept(HttpResponse<String> response, Instant now) {
    JsonNode answer = read(response.body());
    String value = answer.path("access_token").asText("");
    if (response.statusCode() != 200 || value.isEmpty()) {
      throw new CompletionException(
          new IOException(
              "the login service answered "
                  + response.statusCode()
                  + "; check region, client-id and client-secret of baton.channels.genesys."
                  + settings.bot()));
    }
    Duration life = Duration.ofSeconds(Math.max(1, answer.path("expires_in").asLong(300)));
    Duration early = life.dividedBy(5);
    return new Token(value, now.plus(life).minus(early.compareTo(EARLY) < 0 ? early : EARLY));
  }

  private static JsonNode read(String body) {
    try {
      JsonNode node = body == null || body.isBlank() ? null : JSON.readTree(body);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
