package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * From an activity of the bot to messages of Genesys. Nothing that can be shown is left out: what
 * is too much for one message goes into another.
 *
 * @param limits how much fits into one message
 * @param readyMade whether a text that is JSON is taken for messages of Genesys
 * @param allowed whether a link or file may be shown to the customer
 */
record ReplyMessages(Limits limits, boolean readyMade, Predicate<String> allowed) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Genesys wants a text with quick replies; this stands where the bot gave none. */
  private static final String NO_TEXT = "…";

  /** How much fits into one message. */
  record Limits(int quickReplies, int cards, int actions) {}

  /** The messages, in order; none for what the customer does not see. */
  List<ObjectNode> of(JsonNode activity) {
    if (!activity.path("type").asText().equals("message")) {
      return List.of();
    }
    String text = text(activity);
    if (readyMade && text != null) {
      Optional<List<ObjectNode>> made = ReadyMade.read(text);
      if (made.isPresent()) {
        return made.get();
      }
    }
    JsonNode attachments = activity.path("attachments");
    JsonNode suggested = activity.path("suggestedActions").path("actions");
    List<ObjectNode> messages = new ArrayList<>();
    boolean textWithReplies = attachments.isEmpty() && !suggested.isEmpty();
    if (text != null && !textWithReplies) {
      messages.add(plain(text));
    }
    new Attachments(this, messages)
        .add(attachments, activity.path("attachmentLayout").asText().equals("carousel"));
    quickReplies(suggested, textWithReplies ? text : null, messages);
    return messages;
  }

  private void quickReplies(JsonNode suggested, String text, List<ObjectNode> messages) {
    Map<String, ObjectNode> replies = new LinkedHashMap<>();
    ArrayNode links = JSON.arrayNode();
    for (JsonNode action : suggested) {
      if (CardActions.isLink(action)) {
        links.add(action);
        continue;
      }
      String payload = CardActions.value(action);
      String title = CardActions.title(action, payload);
      if (title != null && payload != null) {
        ObjectNode reply = JSON.objectNode().put("text", clean(title)).put("payload", payload);
        String image = CardActions.text(action.path("image"));
        if (image != null && allowed.test(image)) {
          reply.put("image", image);
        }
        replies.putIfAbsent(title + '\n' + payload, reply.put("action", "Message"));
      }
    }
    List<ObjectNode> all = List.copyOf(replies.values());
    for (int from = 0; from < all.size(); from += limits.quickReplies()) {
      ObjectNode message = structured(from == 0 && text != null ? text : NO_TEXT);
      for (ObjectNode reply :
          all.subList(from, Math.min(all.size(), from + limits.quickReplies()))) {
        content(message, "QuickReply", "quickReply", reply);
      }
      messages.add(message);
    }
    if (all.isEmpty() && text != null) {
      messages.add(plain(text));
    }
    if (!links.isEmpty()) {
      ObjectNode hero = JSON.objectNode().put("title", NO_TEXT);
      hero.set("buttons", links);
      new Attachments(this, messages).card(hero);
    }
  }

  static ObjectNode plain(String text) {
    return JSON.objectNode().put("type", "Text").put("text", text);
  }

  /** A structured message; {@code text} may be null. */
  static ObjectNode structured(String text) {
    ObjectNode message = JSON.objectNode().put("type", "Structured");
    if (text != null) {
      message.put("text", text);
    }
    message.putArray("content");
    return message;
  }

  static void content(ObjectNode message, String type, String field, JsonNode value) {
    ObjectNode element = ((ArrayNode) message.get("content")).addObject();
    element.put("contentType", type).set(field, value);
  }

  private static String text(JsonNode activity) {
    String text = CardActions.text(activity.path("text"));
    return text == null ? null : clean(text);
  }

  static String clean(String text) {
    return SafeText.clean(text);
  }
}
