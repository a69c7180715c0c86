package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The event by which Copilot Studio asks for a human, in the shape of the vendor's published
 * sample: automatic {@code va_} variables beside the author's, the transcript as an attachment that
 * ends before the present turn's answers, and what it relates to.
 */
final class HandoffInitiation {
  private static final String SERVICE = "https://directline.botframework.com/";

  private HandoffInitiation() {}

  /**
   * @param step the script's {@code handoff} step, its placeholders filled
   * @param cause the user's activity that led to the handoff
   * @param history everything in the conversation's stream so far
   */
  static ObjectNode of(
      Script script,
      Memory memory,
      String conversation,
      JsonNode step,
      JsonNode cause,
      List<ObjectNode> history) {
    String causeId = cause.path("id").asText();
    ObjectNode event = Activities.of("event", script, causeId);
    event.put("name", "handoff.initiate");
    event.putArray("entities");
    event.set("value", value(script, memory, conversation, step));
    event
        .putArray("attachments")
        .addObject()
        .put("contentType", "application/json")
        .put("name", "Transcript")
        .putObject("content")
        .set("activities", transcript(script, causeId, cause, history));
    ObjectNode relatesTo = event.putObject("relatesTo").put("activityId", causeId);
    relatesTo.set("user", user(cause));
    relatesTo.set("bot", bot(script));
    relatesTo.putObject("conversation").put("id", conversation);
    relatesTo.put("channelId", "directline").put("serviceUrl", SERVICE);
    return event;
  }

  private static ObjectNode value(
      Script script, Memory memory, String conversation, JsonNode step) {
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    value.put("va_Scope", "bot");
    value.put(
        "va_LastTopic",
        memory.topics.isEmpty() ? "Escalate" : memory.topics.get(memory.topics.size() - 1));
    ArrayNode topics = value.putArray("va_Topics");
    memory.topics.stream().distinct().forEach(topics::add);
    value.put(
        "va_LastPhrase",
        memory.phrases.isEmpty() ? "" : memory.phrases.get(memory.phrases.size() - 1));
    memory.phrases.forEach(value.putArray("va_Phrases")::add);
    value.put("va_ConversationId", conversation);
    value.put("va_AgentMessage", step.path("message").asText());
    value.put("va_BotId", script.botId());
    value.put("va_BotName", script.botName());
    value.put("va_Language", script.language());
    memory.variables.forEach(value::set);
    for (var variable : step.path("variables").properties()) {
      // A variable that was never set does not travel, as in the real bot.
      if (!variable.getValue().asText().isEmpty()) {
        value.set(variable.getKey(), variable.getValue());
      }
    }
    return value;
  }

  private static ArrayNode transcript(
      Script script, String causeId, JsonNode cause, List<ObjectNode> history) {
    ArrayNode lines = JsonNodeFactory.instance.arrayNode();
    for (ObjectNode activity : history) {
      if (activity.path("type").asText().equals("message")) {
        ObjectNode line = activity.deepCopy().put("serviceUrl", SERVICE);
        boolean fromBot = line.path("from").path("role").asText().equals("bot");
        line.set("recipient", fromBot ? user(cause) : bot(script));
        if (!fromBot && line.path("from") instanceof ObjectNode from) {
          from.put("role", "user");
        }
        lines.add(line);
      }
      if (activity.path("id").asText().equals(causeId)) {
        break;
      }
    }
    return lines;
  }

  private static ObjectNode user(JsonNode cause) {
    ObjectNode user =
        cause.path("from") instanceof ObjectNode from
            ? from.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    return user.put("role", "user");
  }

  private static ObjectNode bot(Script script) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", script.botId())
        .put("name", script.botName())
        .put("role", "bot");
  }
}
