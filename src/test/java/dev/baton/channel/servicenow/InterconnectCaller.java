package dev.baton.channel.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ServiceNow's side of Bot Interconnect: it posts to the bot's Direct Line itself and reads through
 * a relay.
 */
public final class InterconnectCaller {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String direct;
  private final String secret;
  private final URI relay;

  /**
   * @param direct root of Direct Line with its path
   * @param relay address of the bot's activities at the relay
   */
  public InterconnectCaller(String direct, String secret, URI relay) {
    this.direct = direct;
    this.secret = secret;
    this.relay = relay;
  }

  /** Starts a conversation. */
  public Turns start() {
    HttpResponse<String> started = post("/conversations", "{}");
    return new Turns(json(started).path("conversationId").asText());
  }

  /** A conversation that somebody else has started, read from its start. */
  public Turns join(String conversation) {
    return new Turns(conversation);
  }

  /** A call of the relay with exactly these headers. */
  public HttpResponse<String> call(Map<String, String> headers) {
    return send(request(relay, headers));
  }

  private HttpResponse<String> post(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(direct + path))
            .header("Authorization", "Bearer " + secret)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  static HttpRequest request(URI address, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    headers.forEach(request::header);
    return request.build();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts of the bot's messages in a set. */
  public static List<String> said(JsonNode set) {
    List<String> said = new ArrayList<>();
    for (JsonNode activity : set.path("activities")) {
      if (activity.path("type").asText().equals("message")
          && activity.path("from").path("role").asText().equals("bot")) {
        said.add(activity.path("text").asText());
      }
    }
    return said;
  }

  /** One conversation: posts, then reads from its watermark. */
  public final class Turns {
    public final String conversation;
    private String watermark;

    private Turns(String conversation) {
      this.conversation = conversation;
    }

    /** Posts a message and returns when Direct Line has answered. */
    public void post(String text) {
      String body =
          "{\"type\":\"message\",\"from\":{\"id\":\"sn-user\"},\"text\":\"" + text + "\"}";
      HttpResponse<String> posted =
          InterconnectCaller.this.post("/conversations/" + conversation + "/activities", body);
      if (posted.statusCode() / 100 != 2) {
        throw new IllegalStateException("Post: " + posted.statusCode() + " " + posted.body());
      }
    }

    /** Posts, and reads the bot's messages through the relay. */
    public List<String> ask(String text) {
      post(text);
      return said(read());
    }

    /** Reads the turn through the relay. */
    public JsonNode read() {
      return read(null);
    }

    public JsonNode read(Duration waitTime) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(relay)
              .header("authorization", "Bearer " + secret)
              .header("conversationid", conversation);
      if (watermark != null) {
        request.header("watermark", watermark);
      }
      if (waitTime != null) {
        request.header("waittime", String.valueOf(waitTime.toMillis()));
      }
      return take(send(request.build()));
    }

    /** Reads once from Direct Line itself, as the public relay function does after its pause. */
    public JsonNode readOnce() {
      String query = watermark == null ? "" : "?watermark=" + watermark;
      URI address = URI.create(direct + "/conversations/" + conversation + "/activities" + query);
      return take(send(request(address, Map.of("Authorization", "Bearer " + secret))));
    }

    private JsonNode take(HttpResponse<String> response) {
      if (response.statusCode() != 200) {
        throw new IllegalStateException("Read: " + response.statusCode() + " " + response.body());
      }
      JsonNode set = json(response);
      watermark = set.path("watermark").asText();
      return set;
    }
  }
}
