package dev.baton.hub.servicenow.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.operations.doctor.HttpAsk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A conversation of its own with the Virtual Agent: one user who never existed before. */
final class TestRequest {
  /** What the doctor's sessions begin with. */
  static final String PREFIX = "baton-doctor-";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpAsk http;
  private final URI url;
  private final InstanceLogin login;
  private final Map<String, String> keys;
  private final String session = PREFIX + UUID.randomUUID();

  /**
   * @param keys the hub's options
   */
  TestRequest(HttpAsk http, URI url, InstanceLogin login, Map<String, String> keys) {
    this.http = http;
    this.url = url;
    this.login = login;
    this.keys = keys;
  }

  String session() {
    return session;
  }

  /**
   * @param action {@code START_CONVERSATION} or {@code END_CONVERSATION}
   * @throws IOException when there is no answer
   * @throws TableProblem when the OAuth client gets no token
   */
  HttpResponse<String> send(String action) throws IOException, TableProblem {
    String body = body(action);
    String path = keys.getOrDefault("path", "/api/sn_va_as_service/bot/integration");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    String authorization = login.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    Signatures.of(keys, body).forEach(request::header);
    return http.ask(request);
  }

  private String body(String action) {
    String id = UUID.randomUUID().toString();
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("text", "");
    message.put("typed", true);
    message.put("clientMessageId", id);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("requestId", id);
    body.put("clientSessionId", session);
    body.put("botToBot", true);
    body.put("action", action);
    body.put("userId", session);
    body.put("timestamp", System.currentTimeMillis());
    if (keys.containsKey("app-inbound-id")) {
      body.put("appInboundId", keys.get("app-inbound-id"));
    }
    body.put("silentMessage", false);
    body.put("message", message);
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
