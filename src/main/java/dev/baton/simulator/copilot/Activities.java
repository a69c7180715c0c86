package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The bot's activities as Copilot Studio writes them, without what the channel adds. */
final class Activities {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Activities() {}

  static ObjectNode of(String type, Script script, String replyTo) {
    ObjectNode activity = JSON.objectNode().put("type", type);
    activity
        .putObject("from")
        .put("id", script.botId())
        .put("name", script.botName())
        .put("role", "bot");
    if (replyTo != null) {
      activity.put("replyToId", replyTo);
    }
    return activity;
  }

  static ObjectNode message(Script script, String replyTo, String text) {
    ObjectNode message = of("message", script, replyTo);
    message.put("textFormat", "markdown").put("text", text).put("inputHint", "acceptingInput");
    message.putArray("attachments");
    message.putArray("entities");
    return message;
  }

  static void suggest(ObjectNode message, JsonNode titles) {
    var actions = message.putObject("suggestedActions").putArray("actions");
    titles.forEach(
        title ->
            actions
                .addObject()
                .put("type", "imBack")
                .put("title", title.asText())
                .put("value", title.asText()));
  }

  static ObjectNode card(Script script, String replyTo, JsonNode content) {
    ObjectNode message = message(script, replyTo, "");
    message.remove("text");
    message
        .putArray("attachments")
        .addObject()
        .put("contentType", "application/vnd.microsoft.card.adaptive")
        .set("content", content);
    return message;
  }
}
