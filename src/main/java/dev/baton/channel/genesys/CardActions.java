package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Buttons of cards. Genesys knows a pressed button by its text and payload, so that these must be
 * unique within a message. One per message.
 */
final class CardActions {
  private final Predicate<String> allowed;
  private final Set<String> used = new HashSet<>();

  /**
   * @param allowed whether a link may be shown to the customer
   */
  CardActions(Predicate<String> allowed) {
    this.allowed = allowed;
  }

  /**
   * The button in the form of Genesys; null when it does nothing that can be shown.
   *
   * @param action a card action of the Bot Framework
   */
  ObjectNode of(JsonNode action) {
    String value = value(action);
    String title = title(action, value);
    if (title == null || value == null) {
      return null;
    }
    if (!isLink(action)) {
      ObjectNode button = JsonNodeFactory.instance.objectNode().put("type", "Postback");
      return button.put("text", unique(title, value)).put("payload", value);
    }
    if (!allowed.test(value)) {
      return null;
    }
    ObjectNode link = JsonNodeFactory.instance.objectNode().put("type", "Link");
    return link.put("text", title).put("url", value);
  }

  /** Whether it leads somewhere instead of answering the bot. */
  static boolean isLink(JsonNode action) {
    return switch (action.path("type").asText("imBack")) {
      case "openUrl", "downloadFile", "playAudio", "playVideo", "showImage", "call", "signin" ->
          true;
      default -> false;
    };
  }

  static String title(JsonNode action, String value) {
    String title = text(action.path("title"));
    return title != null
        ? title
        : text(action.path("displayText")) != null ? action.path("displayText").asText() : value;
  }

  /** What the bot gets, or where the link leads. */
  static String value(JsonNode action) {
    String text = text(action.path("text"));
    if (action.path("type").asText().equals("messageBack") && text != null) {
      return text;
    }
    JsonNode value = action.path("value");
    if (value.isContainerNode()) {
      return value.toString();
    }
    String plain = text(value);
    return plain != null ? plain : text(action.path("title"));
  }

  private String unique(String title, String payload) {
    String text = title;
    for (int n = 2; !used.add(text + '\n' + payload); n++) {
      text = title + " (" + n + ")";
    }
    return text;
  }

  static String text(JsonNode node) {
    return node.isValueNode() && !node.isNull() && !node.asText().isBlank() ? node.asText() : null;
  }
}
