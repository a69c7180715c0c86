package dev.baton.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.UUID;
import org.awaitility.Awaitility;

/** A customer with a Direct Line client of the plainest kind. */
public final class Canvas {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String root;
  private final String secret;
  private final String user = "u-" + UUID.randomUUID();
  private final String conversation;

  public Canvas(int port, String secret) {
    this.root = "http://127.0.0.1:" + port + "/v3/directline/conversations";
    this.secret = secret;
    this.conversation =
        call("", "{\"user\":{\"id\":\"" + user + "\"}}").path("conversationId").asText();
  }

  public String conversation() {
    return conversation;
  }

  public String handoff(int number) {
    return conversation + ":" + number;
  }

  public void say(String text) {
    ObjectNode activity = JSON.createObjectNode().put("type", "message").put("text", text);
    activity.putObject("from").put("id", user);
    activity.putObject("channelData").put("clientActivityID", UUID.randomUUID().toString());
    call("/" + conversation + "/activities", activity.toString());
  }

  /** Every text that the customer sees from others, in order. */
  public List<String> sees() {
    List<String> texts = new ArrayList<>();
    for (JsonNode activity : call("/" + conversation + "/activities", null).path("activities")) {
      if (activity.path("type").asText().equals("message")
          && !activity.path("from").path("id").asText().equals(user)) {
        texts.add(activity.path("text").asText());
      }
    }
    return texts;
  }

  public long count(String part) {
    return sees().stream().filter(text -> text.contains(part)).count();
  }

  public void awaits(String part) {
    Awaitility.await("the customer sees '" + part + "'")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> count(part) > 0);
  }

  private JsonNode call(String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .header("Authorization", "Bearer " + secret)
            .header("Content-Type", "application/json");
    request = body == null ? request.GET() : request.POST(BodyPublishers.ofString(body));
    try {
      HttpResponse<String> answer = send(request.build());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Once more on a new connection when one that was kept died with a Baton that was stopped. */
  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      return CLIENT.send(request, BodyHandlers.ofString());
    }
  }
}
