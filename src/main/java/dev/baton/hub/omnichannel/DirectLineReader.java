package dev.baton.hub.omnichannel;

import dev.baton.conversation.Agent;
import dev.baton.hub.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what comes from Omnichannel over Direct Line into the hub contract's words. Only activities
 * of the bot handle count. Who writes is not said there, so a message that is no automated text
 * counts as the agent's.
 */
final class DirectLineReader {
  private static final Logger LOG = LoggerFactory.getLogger(DirectLineReader.class);

  private DirectLineReader() {}

  /**
   * @param handoffId that the Direct Line conversation was opened for
   * @param conversation Direct Line's id
   * @param agent whom the handoff has; {@link Agent#UNKNOWN} when nobody is named yet, null when it
   *     is over
   */
  static List<Map<String, Object>> events(
      DirectLineWay way, String handoffId, String conversation, Agent agent, Map<?, ?> body) {
    Fields activity = Fields.of(body);
    String from = Fields.of(activity.raw("from")).text("id");
    if (from == null || !from.equalsIgnoreCase(way.botHandle())) {
      LOG.debug("Hub {}: an activity that is not of {}", way.hub(), way.botHandle());
      return List.of();
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("handoffId", handoffId);
    event.put("conversationId", conversation);
    if (activity.text("id") != null) {
      event.put("eventId", conversation + ":" + activity.text("id"));
    }
    String type = activity.word("type");
    switch (type == null ? "" : type) {
      case "TYPING" -> event.put("type", "typing");
      case "ENDOFCONVERSATION" -> {
        event.put("type", "ended");
        event.put("by", "AGENT");
      }
      case "MESSAGE" -> {
        return message(way, event, agent, activity);
      }
      default -> {
        LOG.info("Hub {}: an activity of type {} means nothing to a customer", way.hub(), type);
        return List.of();
      }
    }
    return List.of(event);
  }

  private static List<Map<String, Object>> message(
      DirectLineWay way, Map<String, Object> event, Agent agent, Fields activity) {
    String text = activity.text("text");
    boolean files = activity.raw("attachments") instanceof List<?> list && !list.isEmpty();
    if (text == null && !files) {
      return List.of();
    }
    Optional<AutomatedTexts.Match> automated = way.speaks().of(text);
    if (automated.isPresent() && automated.get().meaning() != AutomatedTexts.Meaning.OTHER) {
      return List.of(automated(event, automated.get()));
    }
    event.put("type", "message");
    if (automated.isEmpty() && agent != null) {
      event.put("agent", agent(way, agent));
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", activity.text("id"));
    message.put("text", text);
    message.put("format", "PLAIN".equals(activity.word("textFormat")) ? "plain" : "markdown");
    message.put("attachments", activity.raw("attachments"));
    message.put("suggestedActions", activity.raw("suggestedActions"));
    event.put("message", message);
    return List.of(event);
  }

  private static Map<String, Object> automated(
      Map<String, Object> event, AutomatedTexts.Match match) {
    switch (match.meaning()) {
      case ACCEPTED -> {
        event.put("type", "accepted");
        event.put("agent", match.agent() == null ? Map.of() : Map.of("name", match.agent()));
      }
      case LEFT -> event.put("type", "agentLeft");
      case ENDED -> {
        event.put("type", "ended");
        event.put("by", "AGENT");
      }
      default -> {
        event.put("type", "rejected");
        event.put("reason", "CLOSED");
      }
    }
    return event;
  }

  /** The one whom an automated text named, or whoever is behind the bot handle. */
  private static Map<String, Object> agent(DirectLineWay way, Agent agent) {
    Map<String, Object> known = new LinkedHashMap<>();
    if (agent.id() != null) {
      known.put("id", agent.id());
    }
    if (agent.name() != null) {
      known.put("name", agent.name());
    }
    if (known.isEmpty()) {
      known.put("id", way.botHandle());
    }
    return known;
  }
}
