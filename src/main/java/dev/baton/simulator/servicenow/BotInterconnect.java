package dev.baton.simulator.servicenow;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * ServiceNow's Bot Interconnect as the relay meets it: posts to Direct Line itself, reads through
 * the relay, one turn after the other, and escalates when a turn holds {@code handoff.initiate}.
 * The exact calls of the real subflow are not documented; this is how its public counterpart works.
 */
public final class BotInterconnect {

  /**
   * What a turn brought.
   *
   * @param took from the user's words to the relay's answer
   */
  public record Turn(JsonArray activities, String watermark, Duration took) {

    /** The bot's texts, in order. */
    public List<String> texts() {
      return messages().stream().map(activity -> activity.getString("text", "")).toList();
    }

    private List<JsonObject> messages() {
      return activities.stream()
          .map(JsonObject.class::cast)
          .filter(activity -> "message".equals(activity.getString("type")))
          .filter(
              activity ->
                  "bot".equals(activity.getJsonObject("from", new JsonObject()).getString("role")))
          .toList();
    }

    /** Whether ServiceNow would bring an agent in now. */
    public boolean escalates() {
      return activities.stream()
          .map(JsonObject.class::cast)
          .anyMatch(
              activity ->
                  "event".equals(activity.getString("type"))
                      && "handoff.initiate".equals(activity.getString("name")));
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI directLine;
  private final URI relay;
  private final String secret;
  private final boolean oldHeader;
  private final String user;
  private String conversation;
  private String watermark = "0";

  /**
   * @param directLine root of the Direct Line service, to which ServiceNow talks itself
   * @param relay the relay's address, for reading
   * @param secret the bot's Direct Line secret
   * @param oldHeader whether the secret goes in the header {@code dlsecret}
   */
  public BotInterconnect(URI directLine, URI relay, String secret, boolean oldHeader) {
    this.directLine = directLine;
    this.relay = relay;
    this.secret = secret;
    this.oldHeader = oldHeader;
    this.user = "servicenow-" + Tables.newId();
  }

  /** Starts a conversation; what the bot says of its own accord comes with the first turn. */
  public String start() {
    conversation = post("/v3/directline/conversations", null).getString("conversationId");
    return conversation;
  }

  /**
   * Says something and reads the bot's turn.
   *
   * @param waitTime the header {@code waittime}; null sends none
   */
  public Turn say(String text, Duration waitTime) {
    long begin = System.nanoTime();
    post(
        "/v3/directline/conversations/" + conversation + "/activities",
        new JsonObject()
            .put("type", "message")
            .put("from", new JsonObject().put("id", user))
            .put("text", text));
    HttpResponse<String> answer = fetch(waitTime);
    JsonObject set = json(answer);
    watermark = String.valueOf(set.getValue("watermark", watermark));
    return new Turn(
        set.getJsonArray("activities", new JsonArray()),
        watermark,
        Duration.ofNanos(System.nanoTime() - begin));
  }

  /** One read through the relay, whatever it answers. */
  public HttpResponse<String> fetch(Duration waitTime) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(relay)
            .header("conversationid", String.valueOf(conversation))
            .header("watermark", watermark)
            .timeout(Duration.ofSeconds(230));
    if (oldHeader) {
      request.header("dlsecret", secret);
    } else {
      request.header("authorization", "Bearer " + secret);
    }
    if (waitTime != null) {
      request.header("waittime", String.valueOf(waitTime.toMillis()));
    }
    return send(request.GET().build());
  }

  private JsonObject post(String path, JsonObject body) {
    return json(
        send(
            HttpRequest.newBuilder(directLine.resolve(path))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .POST(
                    body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()))
                .build()));
  }

  private static JsonObject json(HttpResponse<String> answer) {
    try {
      if (answer.statusCode() / 100 == 2) {
        return new JsonObject(answer.body());
      }
    } catch (DecodeException e) {
      // Told below.
    }
    String body = answer.body();
    throw new SimulatorException(
        "BTN-4759",
        "%d %s: %s"
            .formatted(
                answer.statusCode(),
                answer.uri().getPath(),
                body.substring(0, Math.min(200, body.length()))));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new SimulatorException(
          "BTN-4759", request.uri().getPath() + " cannot be reached: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SimulatorException("BTN-4759", "Interrupted", e);
    }
  }
}
