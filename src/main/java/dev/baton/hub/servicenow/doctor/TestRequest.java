package dev.baton.hub.servicenow.doctor;

import dev.baton.hub.servicenow.InstanceAccess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A conversation of its own with the Virtual Agent: one user who never existed before. */
final class TestRequest {
  /** What the doctor's sessions begin with. */
  static final String PREFIX = "baton-doctor-";

  private final InstanceAccess instance;
  private final String inboundId;
  private final String session = PREFIX + UUID.randomUUID();

  /**
   * @param inboundId of an additional provider application, or null
   */
  TestRequest(InstanceAccess instance, String inboundId) {
    this.instance = instance;
    this.inboundId = inboundId;
  }

  String session() {
    return session;
  }

  /**
   * @param action {@code START_CONVERSATION} or {@code END_CONVERSATION}
   * @throws IOException when there is no answer, or the OAuth client gets no token
   */
  HttpResponse<byte[]> send(String action) throws IOException {
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
    if (inboundId != null) {
      body.put("appInboundId", inboundId);
    }
    body.put("silentMessage", false);
    body.put("message", message);
    return instance.send(body);
  }
}
