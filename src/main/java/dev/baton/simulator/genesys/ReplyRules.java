package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the vendor's models demand of a reply message. */
final class ReplyRules {
  private ReplyRules() {}

  static void check(JsonObject reply, List<String> wrong) {
    String type = string(reply, "type").toLowerCase(Locale.ROOT);
    JsonArray content =
        reply.getValue("content") instanceof JsonArray array ? array : new JsonArray();
    switch (type) {
      case "text" -> {
        if (string(reply, "text").isEmpty() && content.isEmpty()) {
          wrong.add("a Text reply needs text");
        }
      }
      case "structured" -> {
        if (content.isEmpty()) {
          wrong.add("a Structured reply needs content");
        }
      }
      default -> wrong.add("a reply's type is '" + type + "'");
    }
    for (Object element : content) {
      if (element instanceof JsonObject one) {
        element(one, reply, wrong);
      } else {
        wrong.add("content must hold objects");
      }
    }
  }

  private static void element(JsonObject element, JsonObject reply, List<String> wrong) {
    String type = string(element, "contentType");
    switch (type) {
      case "QuickReply" -> {
        JsonObject quickReply = child(element, "quickReply", wrong);
        need(quickReply, "text", "quickReply", wrong);
        need(quickReply, "payload", "quickReply", wrong);
        need(reply, "text", "a reply with quick replies", wrong);
      }
      case "Card" -> card(child(element, "card", wrong), new HashSet<>(), wrong);
      case "Carousel" -> {
        Set<List<String>> pressed = new HashSet<>();
        JsonArray cards =
            child(element, "carousel", wrong).getValue("cards") instanceof JsonArray array
                ? array
                : new JsonArray();
        if (cards.isEmpty()) {
          wrong.add("a carousel needs cards");
        }
        cards.forEach(card -> card((JsonObject) card, pressed, wrong));
      }
      case "Attachment" -> {
        JsonObject attachment = child(element, "attachment", wrong);
        need(attachment, "mediaType", "attachment", wrong);
        need(attachment, "url", "attachment", wrong);
      }
      default -> {
        if (type.isEmpty()) {
          wrong.add("content needs a contentType");
        }
      }
    }
  }

  private static void card(JsonObject card, Set<List<String>> pressed, List<String> wrong) {
    need(card, "title", "card", wrong);
    JsonArray actions =
        card.getValue("actions") instanceof JsonArray array ? array : new JsonArray();
    if (actions.isEmpty()) {
      wrong.add("a card needs actions");
    }
    for (Object element : actions) {
      JsonObject action = (JsonObject) element;
      need(action, "text", "action", wrong);
      switch (string(action, "type")) {
        case "Link" -> need(action, "url", "Link action", wrong);
        case "Postback" -> {
          need(action, "payload", "Postback action", wrong);
          // The pair is how the vendor knows which button was pressed.
          if (!pressed.add(List.of(string(action, "text"), string(action, "payload")))) {
            wrong.add("two buttons have the same text and payload: " + string(action, "text"));
          }
        }
        default -> wrong.add("an action's type is '" + string(action, "type") + "'");
      }
    }
  }

  private static JsonObject child(JsonObject parent, String field, List<String> wrong) {
    if (parent.getValue(field) instanceof JsonObject child) {
      return child;
    }
    wrong.add("content needs " + field);
    return new JsonObject();
  }

  private static void need(JsonObject object, String field, String what, List<String> wrong) {
    if (string(object, field).isBlank()) {
      wrong.add(what + " needs " + field);
    }
  }

  private static String string(JsonObject object, String field) {
    return object.getValue(field) instanceof String text ? text : "";
  }
}
