package dev.baton.channel.genesys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One call of Genesys: what the customer wrote or pressed. Bot Connector and Digital Bot Connector
 * ask alike; where their names differ, both are known. Only the session and the message are
 * required, everything else is read leniently.
 *
 * @param session {@code botSessionId}, or what stands in for it
 * @param conversation id of the conversation in Genesys, or null
 * @param messageId id of the message, or null; Bot Connector has none
 * @param botId id under which Genesys knows the bot, or null
 * @param botVersion version of the bot, or null
 * @param language as Genesys wrote it, or null
 * @param sessionTimeout how long Genesys keeps the session, or null
 * @param message the activity for the bot, or null when the customer said nothing
 * @param parameters session variables of the flow
 */
record Utterance(
    String session,
    String conversation,
    String messageId,
    String botId,
    String botVersion,
    String language,
    Duration sessionTimeout,
    ObjectNode message,
    Map<String, String> parameters) {

  private static final int MAX_ID = 200;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads a request.
   *
   * @param ownSession whether the request must name its session; otherwise the conversation may
   *     stand in for it
   * @param allowed whether a file's URL may be given to the bot
   * @throws GenesysProblem when session or message are missing
   */
  static Utterance of(JsonNode body, boolean ownSession, Predicate<String> allowed) {
    JsonNode input = field(body, "inputMessage");
    if (!input.isObject()) {
      throw malformed("inputMessage is missing; it is an object with type and text.");
    }
    String conversation = first(body, "genesysConversationId", "conversationId");
    String named = first(body, "botSessionId");
    String session = named == null && !ownSession ? conversation : named;
    if (session == null) {
      throw malformed("botSessionId is missing; it names the session.");
    }
    if (session.length() > MAX_ID) {
      throw malformed("botSessionId is longer than " + MAX_ID + " characters.");
    }
    String language = first(body, "languageCode");
    Map<String, String> parameters = parameters(field(body, "parameters"));
    return new Utterance(
        session,
        conversation,
        first(body, "messageId"),
        first(body, "botId"),
        first(body, "botVersion"),
        language,
        minutes(field(body, "botSessionTimeout")),
        message(input, locale(language), allowed),
        parameters);
  }

  /** BCP 47 as it is usually written, or null. */
  String locale() {
    return locale(language);
  }

  /** BCP 47 as it is usually written; null when it is none. */
  static String locale(String language) {
    if (language == null) {
      return null;
    }
    String tag = Locale.forLanguageTag(language.replace('_', '-')).toLanguageTag();
    return tag.equals("und") ? null : tag;
  }

  private static ObjectNode message(JsonNode input, String locale, Predicate<String> allowed) {
    String text = first(input, "text");
    ObjectNode submitted = null;
    ArrayNode files = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : field(input, "content")) {
      JsonNode button = field(element, "buttonResponse");
      if (button.isObject()) {
        String pressed = first(button, "payload", "text");
        text = pressed == null ? text : pressed;
        submitted = object(pressed);
      }
      JsonNode file = field(element, "attachment");
      String url = first(file, "url");
      if (url != null && allowed.test(url)) {
        files.add(file(file, url));
      }
      JsonNode body = field(field(element, "text"), "body");
      if (text == null && body.isTextual()) {
        text = body.asText();
      }
    }
    if ((text == null || text.isBlank()) && files.isEmpty()) {
      return null;
    }
    ObjectNode activity = JsonNodeFactory.instance.objectNode().put("type", "message");
    if (submitted != null) {
      activity.set("value", submitted);
    } else if (text != null) {
      activity.put("text", text);
    }
    if (locale != null) {
      activity.put("locale", locale);
    }
    if (!files.isEmpty()) {
      activity.set("attachments", files);
    }
    return activity;
  }

  /** The payload of a button that submits data, as those of Adaptive Cards do; null for a text. */
  private static ObjectNode object(String payload) {
    if (payload == null || !payload.startsWith("{")) {
      return null;
    }
    try {
      return MAPPER.readTree(payload) instanceof ObjectNode data ? data : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static ObjectNode file(JsonNode file, String url) {
    String mime = first(file, "mime");
    String kind = first(file, "mediaType");
    ObjectNode attachment = JsonNodeFactory.instance.objectNode();
    attachment.put("contentType", mime != null ? mime : mime(kind)).put("contentUrl", url);
    String name = first(file, "filename", "text");
    if (name != null) {
      attachment.put("name", name);
    }
    return attachment;
  }

  private static String mime(String kind) {
    return switch (kind == null ? "" : kind.toLowerCase(Locale.ROOT)) {
      case "image" -> "image/*";
      case "video" -> "video/*";
      case "audio" -> "audio/*";
      default -> "application/octet-stream";
    };
  }

  private static Map<String, String> parameters(JsonNode node) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        JsonNode value = entry.getValue();
        if (!value.isNull()) {
          parameters.put(entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
        }
      }
    }
    return parameters;
  }

  private static Duration minutes(JsonNode node) {
    long minutes = node.asLong(0);
    return minutes > 0 ? Duration.ofMinutes(Math.min(minutes, 1_000_000)) : null;
  }

  /** The first of these fields that holds a text; numbers are taken for texts. */
  private static String first(JsonNode node, String... names) {
    for (String name : names) {
      JsonNode value = field(node, name);
      if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
        return value.asText();
      }
    }
    return null;
  }

  /** A field by its name, if need be without regard to case. */
  private static JsonNode field(JsonNode node, String name) {
    JsonNode exact = node.path(name);
    if (!exact.isMissingNode() || !node.isObject()) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return entry.getValue();
      }
    }
    return exact;
  }

  private static GenesysProblem malformed(String detail) {
    return new GenesysProblem(400, "BTN-1152", "Malformed request", detail);
  }
}
