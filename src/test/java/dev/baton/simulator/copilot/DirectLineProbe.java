package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A naive Direct Line client: it does what it is told and hides nothing that comes back. */
final class DirectLineProbe {
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI root;
  private String credential;
  String conversation;
  String streamUrl;

  DirectLineProbe(CopilotSimulator simulator) {
    this.root = simulator.url();
    this.credential = simulator.secret();
  }

  /** Starts a conversation with the secret and goes on with its token. */
  DirectLineProbe start() {
    JsonNode started = body(call("POST", "/v3/directline/conversations", "{}"));
    conversation = started.path("conversationId").asText();
    credential = started.path("token").asText();
    streamUrl = started.path("streamUrl").asText();
    return this;
  }

  HttpResponse<String> post(ObjectNode activity) {
    activity.putObject("from").put("id", "cust-1").put("name", "Ada");
    return call(
        "POST",
        "/v3/directline/conversations/" + conversation + "/activities",
        activity.toString());
  }

  HttpResponse<String> say(String text) {
    return post(JSON.createObjectNode().put("type", "message").put("text", text));
  }

  HttpResponse<String> event(String name, JsonNode value) {
    ObjectNode event = JSON.createObjectNode().put("type", "event").put("name", name);
    event.set("value", value);
    return post(event);
  }

  HttpResponse<String> get(String watermark) {
    return call(
        "GET",
        "/v3/directline/conversations/" + conversation + "/activities?watermark=" + watermark,
        null);
  }

  /** Everything in the conversation, read once from the start. */
  List<JsonNode> activities() {
    return activities(body(get("")));
  }

  static List<JsonNode> activities(JsonNode set) {
    List<JsonNode> all = new ArrayList<>();
    set.path("activities").forEach(all::add);
    return all;
  }

  /** What the bot said, as text. */
  List<String> botTexts() {
    return activities().stream()
        .filter(a -> a.path("from").path("role").asText().equals("bot") && a.has("text"))
        .map(a -> a.path("text").asText())
        .toList();
  }

  HttpResponse<String> call(String method, String path, String body) {
    return call(method, path, body, "Bearer " + credential);
  }

  HttpResponse<String> call(String method, String path, String body, String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json");
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    try {
      return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode body(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(response.body(), e);
    }
  }

  Socket open() {
    Socket socket = new Socket();
    http.newWebSocketBuilder().buildAsync(URI.create(streamUrl), socket).join();
    return socket;
  }

  /** Gets a new stream from the watermark on, as after a lost socket. */
  Socket reconnect(String watermark) {
    JsonNode answer =
        body(
            call(
                "GET",
                "/v3/directline/conversations/" + conversation + "?watermark=" + watermark,
                null));
    streamUrl = answer.path("streamUrl").asText();
    return open();
  }

  /** An open stream and every activity set that came over it, in order of arrival. */
  static final class Socket implements WebSocket.Listener {
    final List<JsonNode> sets = new CopyOnWriteArrayList<>();
    final CompletableFuture<String> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        if (!partial.isEmpty()) {
          try {
            sets.add(JSON.readTree(partial.toString()));
          } catch (IOException e) {
            closed.completeExceptionally(e);
          }
        }
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete("closed " + code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.complete("broken " + error);
    }

    /** Ids (or types, where there is no id) of all activities in order of arrival. */
    List<String> ids() {
      List<String> ids = new ArrayList<>();
      for (JsonNode set : sets) {
        set.path("activities").forEach(a -> ids.add(a.path("id").asText(a.path("type").asText())));
      }
      return ids;
    }

    List<String> texts() {
      List<String> texts = new ArrayList<>();
      for (JsonNode set : sets) {
        set.path("activities").forEach(a -> texts.add(a.path("text").asText("")));
      }
      return texts;
    }
  }
}
