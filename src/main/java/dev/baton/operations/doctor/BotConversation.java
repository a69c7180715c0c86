package dev.baton.operations.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.BotSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts a conversation with a bot, opens its stream and says goodbye. */
final class BotConversation {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String GOODBYE =
      "{\"type\":\"endOfConversation\",\"from\":{\"id\":\"baton-doctor\"}}";

  private final HttpAsk http;
  private final BotSettings bot;
  private final Finding.About about;

  BotConversation(HttpAsk http, BotSettings bot, Finding.About about) {
    this.http = http;
    this.bot = bot;
    this.about = about;
  }

  Finding start(URI conversations, String token) {
    try {
      HttpResponse<String> answer = http.ask(post(conversations, token, ""));
      if (answer.statusCode() / 100 != 2) {
        return about.fail(
            "cannot be started (HTTP " + answer.statusCode() + ")",
            "the bot is not published, or its channel is switched off",
            "publish the bot and switch its Direct Line or web channel on");
      }
      JsonNode started = new ObjectMapper().readTree(answer.body());
      Finding finding = stream(started.path("streamUrl").asText(""));
      String id = started.path("conversationId").asText();
      http.ask(post(URI.create(conversations + "/" + id + "/activities"), token, GOODBYE));
      return finding;
    } catch (IOException e) {
      return about.fail(
          "the connection broke",
          "a proxy or firewall cuts it",
          "let " + conversations.getHost() + " through");
    }
  }

  private static HttpRequest.Builder post(URI uri, String token, String body) {
    return HttpRequest.newBuilder(uri)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private Finding stream(String url) {
    if (bot.stream().equals("polling")) {
      return about.ok("started; polling, as configured");
    }
    if (url.isEmpty()) {
      return without("the service offers no stream URL");
    }
    try {
      WebSocket socket =
          http.client()
              .newWebSocketBuilder()
              .connectTimeout(LIMIT)
              .buildAsync(URI.create(url), new WebSocket.Listener() {})
              .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      socket.abort();
      return about.ok("started, and its stream can be opened");
    } catch (ExecutionException | TimeoutException | IllegalArgumentException e) {
      return without("the stream at " + host(url) + " cannot be opened");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return without("interrupted");
    }
  }

  private Finding without(String seen) {
    String cause = "a proxy or firewall does not let WebSockets through";
    String remedy = "let wss:// through to the Direct Line host";
    String key = "baton.bots." + bot.name() + ".stream";
    return bot.stream().equals("websocket")
        ? about.fail(seen, cause, remedy + ", or set " + key + "=auto")
        : about.warn(seen + "; Baton polls", cause, remedy);
  }

  /** Not the rest: it holds a token. */
  private static String host(String url) {
    String host = url.replaceFirst("^wss?://", "").replaceFirst("[/?].*$", "");
    return host.isEmpty() ? "its URL" : host;
  }
}
