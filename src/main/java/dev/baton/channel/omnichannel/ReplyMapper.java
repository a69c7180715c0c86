package dev.baton.channel.omnichannel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.privacy.Masking;
import dev.baton.privacy.Report;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of the customer's stream what a bot inside Omnichannel says: words for the customer are
 * {@code bridged}, a handoff becomes the command {@code Escalate}, the bot's end {@code
 * EndConversation}. Source: Microsoft, "Escalate and end conversations using a bot".
 */
final class ReplyMapper {
  private static final Logger LOG = LoggerFactory.getLogger(ReplyMapper.class);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> KEPT =
      List.of(
          "text",
          "textFormat",
          "speak",
          "inputHint",
          "locale",
          "attachments",
          "attachmentLayout",
          "suggestedActions",
          "summary");

  private final EscalationContext context;
  private final Masking masking;

  ReplyMapper(EscalationContext context, Masking masking) {
    this.context = context;
    this.masking = masking;
  }

  /** What Omnichannel is told for one activity of the stream; empty for what is not for it. */
  Optional<ObjectNode> map(JsonNode activity) {
    JsonNode mark = activity.at("/channelData/baton");
    if ("customer".equals(mark.path("speaker").asText())) {
      return Optional.empty(); // Omnichannel knows what its customer said
    }
    if (mark.has("handoff")) {
      return Optional.of(escalate(activity));
    }
    return switch (activity.path("type").asText()) {
      case "message" -> message(activity);
      case "endOfConversation" -> Optional.of(command("EndConversation", JSON.objectNode(), null));
      default -> Optional.empty();
    };
  }

  private static Optional<ObjectNode> message(JsonNode activity) {
    ObjectNode message = JSON.objectNode().put("type", "message");
    for (String name : KEPT) {
      if (activity.hasNonNull(name)) {
        message.set(name, activity.get(name).deepCopy());
      }
    }
    if (!message.has("text") && !message.has("attachments")) {
      return Optional.empty();
    }
    message.putObject("channelData").put("deliveryMode", "bridged");
    return Optional.of(message);
  }

  private ObjectNode escalate(JsonNode activity) {
    JsonNode value = activity.path("value");
    Report report = new Report();
    JsonNode clean =
        value.isObject()
            ? Trees.tree(masking.variables(Trees.map(value), report))
            : JSON.objectNode();
    EscalationContext.Result result = context.of(clean);
    if (!result.leftOut().isEmpty() || !report.isEmpty()) {
      LOG.info(
          "Escalation in {}: left out {}, withheld {}",
          activity.at("/conversation/id").asText(),
          result.leftOut(),
          report.asMap());
    }
    String summary =
        value.isTextual()
            ? masking.text(value.asText(), report)
            : clean.path("va_AgentMessage").asText(clean.path("summary").asText(""));
    return command("Escalate", result.context(), summary);
  }

  /**
   * @param summary shown to the representative only, because the message is not bridged
   */
  private static ObjectNode command(String type, ObjectNode context, String summary) {
    ObjectNode command = JSON.objectNode().put("type", type);
    command.set("context", context);
    ObjectNode message = JSON.objectNode().put("type", "message");
    message.put("text", summary == null ? "" : summary);
    // A text that holds JSON, not an object.
    message.putObject("channelData").put("tags", command.toString());
    return message;
  }
}
