package dev.baton.hub.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Renders structured content of an agent or a flow for the customer: quick replies and cards become
 * hero cards, a carousel several of them, attachments stay attachments.
 */
final class StructuredContent {
  private static final String HERO = "application/vnd.microsoft.card.hero";

  private final Predicate<String> urls;

  /**
   * @param urls whether a URL may be shown to a customer; may block
   */
  StructuredContent(Predicate<String> urls) {
    this.urls = urls;
  }

  /** What of a message is shown beside its text: attachments in activity form, and more text. */
  record Rendered(List<Map<String, Object>> attachments, List<String> texts) {}

  /**
   * @param message id of the message, by which a click is answered
   * @param content the elements; of an unknown type nothing is shown
   */
  Rendered render(String message, JsonNode content) {
    List<Map<String, Object>> attachments = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<Map<String, Object>> replies = new ArrayList<>();
    for (JsonNode element : content) {
      if (element.hasNonNull("attachment")) {
        attachments.add(attachment(element.get("attachment"), texts));
      }
      if (element.hasNonNull("quickReply")) {
        replies.add(reply(message, element.get("quickReply")));
      }
      for (JsonNode reply : element.path("quickReplyV2").path("actions")) {
        replies.add(reply(message, reply));
      }
      if (element.hasNonNull("card")) {
        attachments.add(card(message, element.get("card")));
      }
      for (JsonNode card : element.path("carousel").path("cards")) {
        attachments.add(card(message, card));
      }
      JsonNode text = element.path("text");
      add(texts, text.isObject() ? text.path("body").asText("") : text.asText(""));
    }
    if (!replies.isEmpty()) {
      attachments.add(hero(Map.of("buttons", replies)));
    }
    return new Rendered(attachments, texts);
  }

  private static Map<String, Object> attachment(JsonNode node, List<String> texts) {
    add(texts, node.path("text").asText(""));
    Map<String, Object> attachment = new LinkedHashMap<>();
    String mime = node.path("mime").asText("");
    attachment.put("contentType", mime.isEmpty() ? "application/octet-stream" : mime);
    attachment.put("contentUrl", node.path("url").asText(""));
    String name = node.path("filename").asText("");
    attachment.put("name", name.isEmpty() ? node.path("id").asText("file") : name);
    return attachment;
  }

  private static void add(List<String> texts, String text) {
    if (!text.isBlank()) {
      texts.add(text);
    }
  }

  private static Map<String, Object> reply(String message, JsonNode reply) {
    return button(message, "QuickReply", reply);
  }

  private Map<String, Object> card(String message, JsonNode card) {
    Map<String, Object> content = new LinkedHashMap<>();
    put(content, "title", card.path("title").asText(""));
    put(content, "text", card.path("description").asText(""));
    String image = card.path("image").asText("");
    if (!image.isEmpty() && urls.test(image)) {
      content.put("images", List.of(Map.of("url", image)));
    }
    List<Map<String, Object>> buttons = new ArrayList<>();
    for (JsonNode action : card.path("actions")) {
      Map<String, Object> button = action(message, action);
      if (button != null) {
        buttons.add(button);
      }
    }
    if (!buttons.isEmpty()) {
      content.put("buttons", buttons);
    }
    Map<String, Object> tap =
        card.hasNonNull("defaultAction") ? action(message, card.get("defaultAction")) : null;
    if (tap != null) {
      content.put("tap", tap);
    }
    return hero(content);
  }

  private Map<String, Object> action(String message, JsonNode action) {
    String url = action.path("url").asText("");
    if (url.isEmpty()) {
      return button(message, "Button", action);
    }
    if (!urls.test(url)) {
      return null;
    }
    String title = action.path("text").asText("");
    return Map.of("type", "openUrl", "title", title.isEmpty() ? url : title, "value", url);
  }

  /** Web Chat sends the text as the customer's words and the value beside it. */
  private static Map<String, Object> button(String message, String type, JsonNode node) {
    String text = node.path("text").asText("");
    Map<String, Object> mark = new LinkedHashMap<>();
    mark.put("type", type);
    mark.put("text", text);
    mark.put("payload", node.path("payload").asText(text));
    mark.put("message", message);
    Map<String, Object> button = new LinkedHashMap<>();
    button.put("type", "messageBack");
    button.put("title", text);
    button.put("text", text);
    button.put("displayText", text);
    button.put("value", Map.of(InboundMessages.BUTTON, mark));
    return button;
  }

  private static Map<String, Object> hero(Map<String, Object> content) {
    return Map.of("contentType", HERO, "content", content);
  }

  private static void put(Map<String, Object> map, String key, String value) {
    if (!value.isBlank()) {
      map.put(key, value);
    }
  }
}
