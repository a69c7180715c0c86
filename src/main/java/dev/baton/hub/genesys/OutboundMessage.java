package dev.baton.hub.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the webhook brings, in the words of the hub contract. Source of the shapes: the platform
 * SDK's models {@code OpenMessageNormalizedMessage}, {@code OpenEventNormalizedMessage} and {@code
 * OpenReceiptNormalizedMessage}.
 *
 * @param kind what it is
 * @param id the platform's id of it; null when it has none
 * @param to the customer's id, by which the conversation is known; null when it names none
 * @param time the platform's time of it, or null
 * @param event body for {@code direct:hub-event}; null when there is nothing to tell
 */
record OutboundMessage(Kind kind, String id, String to, Instant time, Map<String, Object> event) {
  enum Kind {
    MESSAGE,
    TYPING,
    RECEIPT,
    OTHER
  }

  static OutboundMessage read(JsonNode body, StructuredContent content) {
    String type = body.path("type").asText("").toLowerCase(Locale.ROOT);
    JsonNode channel = body.path("channel");
    String id = text(body, "id");
    String to = text(channel.path("to"), "id");
    Instant time = time(text(channel, "time"));
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("conversationId", to);
    event.put("handoffId", to);
    if (time != null) {
      event.put("occurredAt", time.toString());
    }
    Kind kind =
        switch (type) {
          case "event" -> typing(body.path("events"), event);
          case "receipt" -> receipt(body, event);
          // Older integrations send no type; a text or an attachment says enough.
          case "", "text", "structured" -> message(body, id, event, content);
          default -> Kind.OTHER;
        };
    return new OutboundMessage(kind, id, to, time, kind == Kind.OTHER ? null : event);
  }

  private static Kind message(
      JsonNode body, String id, Map<String, Object> event, StructuredContent content) {
    StructuredContent.Rendered rendered = content.render(id, body.path("content"));
    StringBuilder text = new StringBuilder(body.path("text").asText(""));
    for (String more : rendered.texts()) {
      if (text.indexOf(more) < 0) {
        text.append(text.isEmpty() ? "" : "\n").append(more);
      }
    }
    event.put("type", "message");
    if (id != null) {
      event.put("eventId", id);
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", id);
    message.put("text", text.toString());
    message.put("attachments", rendered.attachments());
    event.put("message", message);
    return Kind.MESSAGE;
  }

  /** A message without text is no typing: only the event says so. */
  private static Kind typing(JsonNode events, Map<String, Object> event) {
    for (JsonNode one : events) {
      if (one.path("eventType").asText("").equalsIgnoreCase("typing")) {
        event.put("type", "typing");
        event.put("on", !one.path("typing").path("type").asText("On").equalsIgnoreCase("off"));
        return Kind.TYPING;
      }
    }
    return Kind.OTHER;
  }

  private static Kind receipt(JsonNode body, Map<String, Object> event) {
    String status = body.path("status").asText("").toLowerCase(Locale.ROOT);
    String about = text(body.path("channel"), "messageId");
    String id = about == null ? text(body, "id") : about;
    event.put("eventId", "receipt:" + id + ":" + status);
    switch (status) {
      case "read" -> event.put("type", "read");
      case "delivered", "published" -> event.put("type", "delivered");
      case "failed" -> {
        event.put("type", "error");
        event.put("retryable", true); // the conversation goes on
        JsonNode reason = body.path("reasons").path(0);
        event.put("code", reason.path("code").asText("Failed"));
        event.put("message", reason.path("message").asText(""));
      }
      default -> {
        return Kind.OTHER; // sent and removed tell the customer nothing
      }
    }
    event.put("upTo", id);
    return Kind.RECEIPT;
  }

  /** Whether a message has anything that can be shown. */
  boolean isEmpty() {
    return kind == Kind.MESSAGE
        && event.get("message") instanceof Map<?, ?> message
        && String.valueOf(message.get("text")).isBlank()
        && message.get("attachments") instanceof List<?> list
        && list.isEmpty();
  }

  private static String text(JsonNode node, String name) {
    String text = node.path(name).asText("");
    return text.isBlank() ? null : text;
  }

  private static Instant time(String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
