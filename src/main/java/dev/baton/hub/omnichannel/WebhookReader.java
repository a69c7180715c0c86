package dev.baton.hub.omnichannel;

import dev.baton.hub.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one activity of Omnichannel's webhook into the hub contract's words. The documentation
 * contradicts itself in type, case and spelling, so what counts is a known name, wherever it
 * stands.
 */
final class WebhookReader {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookReader.class);

  private final LifecycleRepeats repeats;

  WebhookReader(LifecycleRepeats repeats) {
    this.repeats = repeats;
  }

  /**
   * @param conversation the id in the webhook's path
   * @param body the activity
   * @return events of {@code direct:hub-event}; empty for what customers need not know
   */
  List<Map<String, Object>> events(String conversation, Map<?, ?> body) {
    Fields activity = Fields.of(body);
    String text = activity.text("text");
    String name = activity.text("name");
    Optional<String> inText = Lifecycle.nameIn(text);
    Optional<Lifecycle> lifecycle =
        Lifecycle.named(name).or(() -> inText.flatMap(Lifecycle::named));
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("conversationId", conversation);
    String id = activity.text("id") != null ? activity.text("id") : activity.text("messageId");
    if (lifecycle.isPresent()) {
      String word = name != null && Lifecycle.named(name).isPresent() ? name : inText.orElseThrow();
      event.put(
          "eventId",
          id != null ? conversation + ":" + id + ":" + word : repeats.idOf(conversation, word));
      return lifecycle(event, lifecycle.get(), word, activity);
    }
    String type = activity.word("type");
    if ("TYPING".equals(type)) {
      event.put("type", "typing");
      return List.of(event);
    }
    if ("ENDOFCONVERSATION".equals(type)) {
      if (id != null) {
        event.put("eventId", conversation + ":" + id);
      }
      event.put("type", "ended");
      event.put("by", "SYSTEM");
      return List.of(event);
    }
    if (inText.isPresent() || !"MESSAGE".equals(type)) {
      LOG.info(
          "Omnichannel event {} of conversation {} means nothing to a customer",
          name != null ? name : inText.orElse(type),
          conversation);
      return List.of();
    }
    return message(event, conversation, id, activity);
  }

  private static List<Map<String, Object>> lifecycle(
      Map<String, Object> event, Lifecycle lifecycle, String name, Fields activity) {
    Map<String, Object> agent = agent(activity);
    switch (lifecycle) {
      case ASSIGNED, TRANSFER_FAILED, INTERNAL -> {
        LOG.debug("Omnichannel event {}", name);
        return List.of();
      }
      case ACCEPTED -> {
        event.put("type", "accepted");
        event.put("agent", agent);
      }
      case TRANSFERRING -> event.put("type", "transferring");
      case AGENT_LEFT -> {
        event.put("type", "agentLeft");
        event.put("agent", agent);
      }
      case ENDED -> {
        event.put("type", "ended");
        event.put("by", "AGENT");
        event.put("reason", name);
      }
      case CUSTOMER_LEFT -> {
        event.put("type", "ended");
        event.put("by", "CUSTOMER");
        event.put("reason", name);
      }
      case CLOSED -> {
        event.put("type", "rejected");
        event.put("reason", "CLOSED");
      }
    }
    return List.of(event);
  }

  private static List<Map<String, Object>> message(
      Map<String, Object> event, String conversation, String id, Fields activity) {
    String text = activity.text("text");
    List<Map<String, Object>> attachments = attachments(activity.raw("attachments"));
    if (text == null && attachments.isEmpty()) {
      return List.of();
    }
    if (id != null) {
      event.put("eventId", conversation + ":" + id);
    }
    event.put("type", "message");
    if (!isAutomated(activity)) {
      event.put("agent", agent(activity));
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", id);
    message.put("text", text);
    message.put("format", "PLAIN".equals(activity.word("textFormat")) ? "plain" : "markdown");
    message.put("attachments", attachments);
    event.put("message", message);
    return List.of(event);
  }

  /** What the platform says by itself, not an agent. */
  private static boolean isAutomated(Fields activity) {
    Fields data = Fields.of(activity.raw("channelData"));
    Fields own = Fields.of(data.raw("messagingapi-oc"));
    return "AUTOMATEDMESSAGE".equals(own.word("type")) || data.flag("isAutomatedMessage", false);
  }

  private static Map<String, Object> agent(Fields activity) {
    Fields from = Fields.of(activity.raw("from"));
    Map<String, Object> agent = new LinkedHashMap<>();
    if (from.text("id") != null) {
      agent.put("id", from.text("id"));
    }
    if (from.text("name") != null) {
      agent.put("name", from.text("name"));
    }
    return agent;
  }

  /** Explicit nulls occur, and are left out. */
  private static List<Map<String, Object>> attachments(Object value) {
    List<Map<String, Object>> result = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) {
        Fields attachment = Fields.of(item);
        Map<String, Object> copy = new LinkedHashMap<>();
        for (String name : List.of("contentType", "contentUrl", "name", "thumbnailUrl")) {
          if (attachment.text(name) != null) {
            copy.put(name, attachment.text(name));
          }
        }
        if (attachment.raw("content") != null) {
          copy.put("content", attachment.raw("content"));
        }
        if (!copy.isEmpty()) {
          result.add(copy);
        }
      }
    }
    return result;
  }
}
