package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the vendor's models of inbound open messages demand. */
final class InboundRules {
  private static final Set<String> ID_TYPES = Set.of("Email", "Phone", "Opaque");
  static final Set<String> STATUSES = Set.of("Sent", "Delivered", "Failed", "Published", "Removed");
  private static final Set<String> REASONS =
      Set.of(
          "MessageExpired",
          "RateLimited",
          "MessageNotAllowed",
          "GeneralError",
          "UnsupportedMessage",
          "UnknownMessage",
          "InvalidMessageStructure",
          "InvalidDestination",
          "ServerError",
          "MediaTypeNotAllowed",
          "InvalidMediaContentLength",
          "RecipientOptedOut");
  private static final Set<String> MEDIA = Set.of("Image", "Video", "Audio", "File", "Link");

  private InboundRules() {}

  /** All that is wrong, empty when nothing is. */
  static List<String> message(JsonObject body, int maxText) {
    List<String> wrong = from(body);
    String text = string(body, "text", "", wrong);
    if (text.length() > maxText) {
      wrong.add("text has " + text.length() + " characters, at most " + maxText + " are allowed");
    }
    JsonArray content = array(body, "content", wrong);
    for (int i = 0; i < content.size(); i++) {
      attachment(content.getValue(i), "content[" + i + "]", wrong);
    }
    if (text.isEmpty() && content.isEmpty()) {
      wrong.add("text or content is required");
    }
    strings(object(object(body, "channel", wrong), "metadata", wrong), "customAttributes", wrong);
    strings(body, "metadata", wrong);
    return wrong;
  }

  static List<String> event(JsonObject body) {
    List<String> wrong = from(body);
    JsonArray events = array(body, "events", wrong);
    if (events.isEmpty()) {
      wrong.add("events is required");
    }
    for (Object event : events) {
      if (!(event instanceof JsonObject typed) || !"Typing".equals(typed.getValue("eventType"))) {
        wrong.add("events[].eventType must be Typing");
      }
    }
    return wrong;
  }

  static List<String> receipt(JsonObject body) {
    List<String> wrong = new ArrayList<>();
    required(body, "id", wrong);
    JsonObject channel = object(body, "channel", wrong);
    required(object(channel, "to", wrong), "id", wrong);
    time(channel, wrong);
    Object status = body.getValue("status");
    if (!oneOf(STATUSES, status)) {
      wrong.add("status must be one of " + STATUSES);
    }
    for (Object reason : array(body, "reasons", wrong)) {
      if (!(reason instanceof JsonObject typed) || !oneOf(REASONS, typed.getValue("code"))) {
        wrong.add("reasons[].code must be one of " + REASONS);
      }
    }
    return wrong;
  }

  static List<String> structured(JsonObject body) {
    List<String> wrong = from(body);
    JsonObject response = object(body, "buttonResponse", wrong);
    required(response, "type", wrong);
    required(response, "text", wrong);
    required(response, "payload", wrong);
    required(body, "originatingMessageId", wrong);
    return wrong;
  }

  private static List<String> from(JsonObject body) {
    List<String> wrong = new ArrayList<>();
    JsonObject channel = object(body, "channel", wrong);
    JsonObject from = object(channel, "from", wrong);
    required(from, "id", wrong);
    if (!oneOf(ID_TYPES, from.getValue("idType"))) {
      wrong.add("channel.from.idType must be one of " + ID_TYPES);
    }
    time(channel, wrong);
    return wrong;
  }

  private static void time(JsonObject channel, List<String> wrong) {
    try {
      OffsetDateTime.parse(string(channel, "time", "", wrong));
    } catch (DateTimeParseException e) {
      wrong.add("channel.time is required, as an ISO-8601 date and time");
    }
  }

  private static void attachment(Object element, String where, List<String> wrong) {
    JsonObject attachment =
        element instanceof JsonObject json ? object(json, "attachment", wrong) : new JsonObject();
    if (!oneOf(MEDIA, attachment.getValue("mediaType"))) {
      wrong.add(where + ".attachment.mediaType must be one of " + MEDIA);
    }
    required(attachment, "url", wrong);
    required(attachment, "mime", wrong);
  }

  private static boolean oneOf(Set<String> allowed, Object value) {
    return value instanceof String text && allowed.contains(text);
  }

  private static void required(JsonObject object, String field, List<String> wrong) {
    if (!(object.getValue(field) instanceof String value) || value.isBlank()) {
      wrong.add(field + " is required");
    }
  }

  private static String string(
      JsonObject object, String field, String otherwise, List<String> wrong) {
    Object value = object.getValue(field);
    if (value != null && !(value instanceof String)) {
      wrong.add(field + " must be a string");
    }
    return value instanceof String text ? text : otherwise;
  }

  private static void strings(JsonObject object, String field, List<String> wrong) {
    for (var entry : object(object, field, wrong)) {
      if (!(entry.getValue() instanceof String)) {
        wrong.add(field + "." + entry.getKey() + " must be a string");
      }
    }
  }

  private static JsonObject object(JsonObject parent, String field, List<String> wrong) {
    Object value = parent.getValue(field);
    if (value != null && !(value instanceof JsonObject)) {
      wrong.add(field + " must be an object");
    }
    return value instanceof JsonObject json ? json : new JsonObject();
  }

  private static JsonArray array(JsonObject parent, String field, List<String> wrong) {
    Object value = parent.getValue(field);
    if (value != null && !(value instanceof JsonArray)) {
      wrong.add(field + " must be an array");
    }
    return value instanceof JsonArray json ? json : new JsonArray();
  }
}
