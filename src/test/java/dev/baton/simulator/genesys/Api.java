package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** A client of the platform API, as plain as can be. */
final class Api {
  static final HttpClient CLIENT = HttpClient.newHttpClient();
  private final GenesysSimulator genesys;
  private String token;

  Api(GenesysSimulator genesys) {
    this.genesys = genesys;
  }

  Api login() {
    HttpResponse<String> answer = token(genesys.clientSecret(), "grant_type=client_credentials");
    token = new JsonObject(answer.body()).getString("access_token");
    return this;
  }

  HttpResponse<String> token(String secret, String form) {
    String basic =
        Base64.getEncoder()
            .encodeToString((genesys.clientId() + ":" + secret).getBytes(StandardCharsets.UTF_8));
    return send(
        HttpRequest.newBuilder(URI.create(genesys.url() + "/oauth/token"))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  HttpResponse<String> call(String method, String path, Object body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(genesys.url() + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return send(
        request
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(String.valueOf(body)))
            .build());
  }

  HttpResponse<String> get(String path) {
    return call("GET", path, null);
  }

  /** An inbound message as Baton would send it. */
  HttpResponse<String> message(String from, String messageId, String time, String text) {
    return inbound("message?prefetchConversationId=true", text(from, messageId, time, text));
  }

  GenesysConversation open(String from) {
    message(from, from + "-1", Instant.now().toString(), "Summary");
    return genesys.conversationOf(from).orElseThrow();
  }

  HttpResponse<String> inbound(String what, JsonObject body) {
    return call(
        "POST",
        "/api/v2/conversations/messages/" + genesys.integrationId() + "/inbound/open/" + what,
        body.encode());
  }

  static JsonObject text(String from, String messageId, String time, String text) {
    JsonObject channel =
        new JsonObject()
            .put("messageId", messageId)
            .put("from", new JsonObject().put("id", from).put("idType", "Opaque"))
            .put("time", time)
            .put(
                "metadata",
                new JsonObject().put("customAttributes", new JsonObject().put("k", "v")));
    return new JsonObject().put("channel", channel).put("text", text);
  }

  static JsonArray topics(String... ids) {
    JsonArray topics = new JsonArray();
    for (String id : ids) {
      topics.add(new JsonObject().put("id", id));
    }
    return topics;
  }

  static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
