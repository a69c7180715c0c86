package dev.baton.hub.servicenow;

import dev.baton.activity.SafeText;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bodies of requests to the Virtual Agent API, in the order in which they are signed and sent.
 * Source: "Bot Integration API", request body. {@code clientVariables} come back in clear text:
 * they hold ids only, never anything secret.
 */
final class VaRequests {
  private final ServiceNowConfig config;
  private final Clock clock;

  VaRequests(ServiceNowConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * The request that opens.
   *
   * @param action {@code START_CONVERSATION} or {@code CREATE_CONVERSATION}
   * @param requestId the same for a repeat that ServiceNow is to recognise
   * @param context context variables, texts only
   * @param history in ServiceNow's form; may be empty
   */
  Map<String, Object> open(
      Session session,
      String action,
      String requestId,
      Map<String, Object> context,
      List<Map<String, Object>> history) {
    Map<String, Object> body = head(session, requestId, action);
    put(body, "timezone", config.text("timezone"));
    // ServiceNow stays silent for this user if anything ever switched its words off.
    body.put("silentMessage", false);
    body.put("message", message("", true, requestId));
    if (!context.isEmpty()) {
      body.put("contextVariables", context);
    }
    if (!history.isEmpty()) {
      body.put("history", history);
    }
    body.put(
        "clientVariables",
        Map.of(Callback.SESSION, session.id, Callback.GENERATION, session.generation));
    return body;
  }

  /** An action without words: {@code AGENT}, {@code END_CONVERSATION}, {@code TYPING}, … */
  Map<String, Object> action(Session session, String action, String requestId) {
    Map<String, Object> body = head(session, requestId, action);
    if (!action.equals("TYPING") && !action.equals("VIEWING")) {
      body.put("message", message("", true, requestId));
    }
    return body;
  }

  Map<String, Object> history(
      Session session, String requestId, List<Map<String, Object>> history) {
    Map<String, Object> body = head(session, requestId, "SEND_HISTORY");
    body.put("history", history);
    return body;
  }

  /**
   * What the customer wrote or picked.
   *
   * @param typed false when the text is the value of a picked option
   * @param attachment {@code {url, contentType, fileName, …}}, or null
   */
  Map<String, Object> say(
      Session session,
      String requestId,
      String text,
      boolean typed,
      Map<String, Object> attachment) {
    Map<String, Object> body = head(session, requestId, null);
    Map<String, Object> message = new LinkedHashMap<>();
    if (!text.isEmpty() || attachment == null) {
      message.put("text", SafeText.clean(text));
      message.put("typed", typed);
    }
    message.put("clientMessageId", requestId);
    if (attachment != null) {
      message.put("attachment", attachment);
    }
    body.put("message", message);
    return body;
  }

  /** Tells that agents' messages have reached the customer. */
  Map<String, Object> receipts(Session session, String requestId, List<String> messageIds) {
    Map<String, Object> body = head(session, requestId, "UPDATE_MESSAGES");
    body.put(
        "message",
        messageIds.stream()
            .map(
                id -> {
                  Map<String, Object> receipt = new LinkedHashMap<>();
                  receipt.put("id", id);
                  receipt.put("status", "sent_to_user");
                  return receipt;
                })
            .toList());
    return body;
  }

  private Map<String, Object> head(Session session, String requestId, String action) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("requestId", requestId);
    body.put("clientSessionId", session.id);
    body.put("botToBot", true);
    put(body, "action", action);
    body.put("userId", session.userId);
    put(body, "emailId", session.email);
    body.put("timestamp", clock.millis());
    put(body, "appInboundId", config.text("app-inbound-id"));
    return body;
  }

  private static Map<String, Object> message(String text, boolean typed, String id) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("text", text);
    message.put("typed", typed);
    message.put("clientMessageId", id);
    return message;
  }

  private static void put(Map<String, Object> body, String key, String value) {
    if (value != null && !value.isEmpty()) {
      body.put(key, value);
    }
  }

  /**
   * A transcript of the hub contract in ServiceNow's form; {@code timestamp} is a text of 13
   * digits.
   */
  List<Map<String, Object>> history(Object transcript) {
    List<Map<String, Object>> history = new ArrayList<>();
    if (!(transcript instanceof List<?> lines)) {
      return history;
    }
    for (Object line : lines) {
      if (line instanceof Map<?, ?> map && map.get("text") != null) {
        boolean user = "user".equals(map.get("role"));
        Object name = map.get("name");
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("displayName", name == null ? (user ? "User" : "Bot") : clean(name));
        entry.put("isBotMessage", !user);
        entry.put("type", "text");
        entry.put("value", clean(map.get("text")));
        entry.put("timestamp", millis(map.get("at")));
        history.add(entry);
      }
    }
    return history;
  }

  private static String clean(Object text) {
    return SafeText.clean(text.toString());
  }

  private String millis(Object at) {
    try {
      long millis = at == null ? clock.millis() : Instant.parse(at.toString()).toEpochMilli();
      return Long.toString(millis);
    } catch (DateTimeParseException e) {
      return Long.toString(clock.millis());
    }
  }
}
