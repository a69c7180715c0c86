package dev.baton.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One session of a flow that calls the bot by Bot Connector. */
final class GenesysConnector {
  static final String SECRET = "secret-of-the-integration";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RunningBaton baton;
  private final String path;
  final String session = UUID.randomUUID().toString();
  final String conversation = UUID.randomUUID().toString();
  String secret = SECRET;

  GenesysConnector(RunningBaton baton, String bot) {
    this(baton, "/channels/genesys/" + bot + "/botconnector/postutterance", null);
  }

  private GenesysConnector(RunningBaton baton, String path, String none) {
    this.baton = baton;
    this.path = path;
  }

  static GenesysConnector digital(RunningBaton baton, String bot) {
    return new GenesysConnector(baton, "/channels/genesys/" + bot + "/v2/messages", null);
  }

  /** An answer of the front end. */
  record Answer(int status, JsonNode body) {
    String state() {
      return body.path("botState").asText();
    }

    List<String> texts() {
      List<String> texts = new ArrayList<>();
      JsonNode messages =
          body.has("replymessages") ? body.path("replymessages") : body.path("replyMessages");
      messages.forEach(message -> texts.add(message.path("text").asText()));
      return texts;
    }
  }

  ObjectNode request(String text) {
    ObjectNode request = JSON.createObjectNode();
    request.put("botId", "demo").put("botVersion", "1").put("botSessionId", session);
    request.put("languageCode", "en-us").put("botSessionTimeout", 720);
    request.put("genesysConversationId", conversation);
    request.putObject("inputMessage").put("type", "Text").put("text", text);
    return request;
  }

  Answer say(String text) {
    return post(request(text));
  }

  Answer post(ObjectNode request) {
    return postLater(request).join();
  }

  CompletableFuture<Answer> postLater(ObjectNode request) {
    HttpRequest call =
        HttpRequest.newBuilder(URI.create(baton.url(path)))
            .header("Authorization", secret)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
            .build();
    return client
        .sendAsync(call, HttpResponse.BodyHandlers.ofString())
        .thenApply(GenesysConnector::answer);
  }

  private static Answer answer(HttpResponse<String> response) {
    try {
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(response.body(), e);
    }
  }
}
