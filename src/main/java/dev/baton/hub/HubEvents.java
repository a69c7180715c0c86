package dev.baton.hub;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Bean {@code hubEvents}: reads what a hub tells, in its contract's words but leniently, into the
 * journal's words.
 */
public final class HubEvents {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final Set<String> REASONS = Set.of("NO_AGENT", "CLOSED", "REFUSED");
  private static final Set<String> PARTIES = Set.of("AGENT", "CUSTOMER", "SYSTEM");
  private static final int MAX_ID = 200;

  private final HubTexts texts;
  private final RecentEvents recent;

  public HubEvents(HubTexts texts) {
    this(texts, new RecentEvents(Duration.ofSeconds(60), Clock.systemUTC()));
  }

  HubEvents(HubTexts texts, RecentEvents recent) {
    this.texts = texts;
    this.recent = recent;
  }

  /**
   * Replaces the body, one event as Map or JSON text, by the body of the journal's event, still
   * without {@code handoffId}, and sets the variables {@code hubEvent} (branch of the route),
   * {@code hubEventNote} (why it is ignored), {@code hubEventHandoff}, {@code hubEventConversation}
   * (the hub's id), {@code hubEventRaw} (the event as it came) and {@code sourceId}.
   */
  public void read(Exchange exchange) throws IOException {
    String hub = exchange.getVariable("hub", String.class);
    Map<String, Object> event = event(exchange);
    Fields fields = Fields.of(event);
    HubEventType type = HubEventType.of(fields.text("type"));
    String eventId = eventId(fields, event);
    exchange.setVariable("hubEventRaw", raw(event, eventId));
    exchange.setVariable("hubEventHandoff", fields.text("handoffId"));
    exchange.setVariable("hubEventConversation", fields.text("conversationId"));
    exchange.setVariable("sourceId", "hub:" + hub + ":" + eventId);
    Map<String, Object> body = new LinkedHashMap<>();
    String note = note(fields, type);
    if (note == null) {
      note = fill(body, hub, type, fields);
    }
    exchange.setVariable("hubEvent", note == null ? type.branch() : HubEventType.IGNORED.id());
    exchange.setVariable("hubEventNote", note);
    exchange.getMessage().setBody(body);
  }

  private static String note(Fields fields, HubEventType type) {
    if (type == HubEventType.IGNORED) {
      return "its type is not one that Baton knows";
    }
    if (fields.text("handoffId") == null && fields.text("conversationId") == null) {
      return "it names neither conversationId nor handoffId";
    }
    return null;
  }

  private Map<String, Object> event(Exchange exchange) throws IOException {
    Object body = exchange.getMessage().getBody();
    if (body instanceof Map<?, ?> map) {
      Map<String, Object> event = new LinkedHashMap<>();
      map.forEach((key, value) -> event.put(String.valueOf(key), value));
      return event;
    }
    try {
      Map<String, Object> event =
          JSON.readValue(exchange.getMessage().getBody(String.class), OBJECT);
      return event == null ? Map.of() : event;
    } catch (IOException | IllegalArgumentException e) {
      throw new HubProblem(
          400, "BTN-2003", "Malformed event", "An event is a JSON object; this is none.");
    }
  }

  private String eventId(Fields fields, Map<String, Object> event) throws IOException {
    String id = fields.text("eventId");
    if (id == null) {
      boolean dated = fields.text("occurredAt") != null;
      return recent.idOf(JSON.writeValueAsString(event), dated);
    }
    return id.length() <= MAX_ID ? id : RecentEvents.hash(id);
  }

  private static Map<String, Object> raw(Map<String, Object> event, String eventId) {
    Map<String, Object> raw = new LinkedHashMap<>(event);
    raw.keySet().removeIf("eventId"::equalsIgnoreCase);
    raw.put("eventId", eventId);
    return raw;
  }

  /** Fills the body; returns why there is nothing to tell, or null. */
  private String fill(Map<String, Object> body, String hub, HubEventType type, Fields fields) {
    switch (type) {
      case QUEUED -> {
        body.put("position", fields.number("position"));
        body.put("waitSeconds", fields.number("waitSeconds"));
        body.put("text", texts.clean(fields.text("text")));
      }
      case ACCEPTED -> body.put("agent", agentOrUnknown(fields));
      case AGENT_LEFT -> body.put("agent", agentOrUnknown(fields));
      case MESSAGE -> {
        return message(body, hub, fields);
      }
      case TYPING -> {
        return typing(body, fields);
      }
      case TRANSFERRING -> body.put("to", texts.clean(fields.text("to")));
      case READ, DELIVERED -> {
        body.put("kind", type.id());
        body.put("upTo", fields.text("upTo"));
      }
      case REJECTED -> {
        String reason = fields.word("reason");
        body.put("reason", reason != null && REASONS.contains(reason) ? reason : "REFUSED");
        body.put("message", texts.clean(messageText(fields)));
      }
      case ENDED -> {
        String by = fields.word("by");
        body.put("by", by != null && PARTIES.contains(by) ? by : "SYSTEM");
        body.put("reason", texts.clean(fields.text("reason")));
        body.put("survey", texts.link(hub, fields.text("survey")));
      }
      case ERROR -> {
        body.put("code", texts.clean(fields.text("code")));
        body.put("retryable", fields.flag("retryable", false));
        body.put("message", texts.clean(messageText(fields)));
      }
      case IGNORED -> {
        return "its type is not one that Baton knows";
      }
    }
    return null;
  }

  private String message(Map<String, Object> body, String hub, Fields fields) {
    Fields message = Fields.of(fields.raw("message"));
    String format = message.text("format");
    List<String> leftOut = new ArrayList<>();
    List<Map<String, Object>> attachments =
        texts.attachments(hub, message.raw("attachments"), leftOut);
    StringBuilder text = new StringBuilder();
    String words = texts.message(messageText(fields), format);
    text.append(words == null ? "" : words);
    for (String name : leftOut) {
      text.append(text.isEmpty() ? "" : "\n")
          .append("[attachment left out: ")
          .append(name)
          .append(']');
    }
    if (text.isEmpty() && attachments.isEmpty()) {
      return "its message has neither text nor attachments";
    }
    body.put("messageId", message.text("id"));
    body.put("text", text.isEmpty() ? null : text.toString());
    body.put("format", HubTexts.format(format));
    body.put("attachments", attachments.isEmpty() ? null : attachments);
    body.put("suggestedActions", texts.suggestedActions(message.raw("suggestedActions")));
    body.put("agent", agent(fields));
    return null;
  }

  private String typing(Map<String, Object> body, Fields fields) {
    if (!fields.flag("on", true)) {
      return "typing has stopped, which the customer's side sees by itself";
    }
    body.put("type", "typing");
    Map<String, Object> agent = agent(fields);
    if (agent != null) {
      // The id that the agent's messages have: a canvas ends the signal with the next of them.
      agent.computeIfPresent("id", (key, id) -> "agent-" + id);
      body.put("from", agent);
    }
    return null;
  }

  private static String messageText(Fields fields) {
    Object message = fields.raw("message");
    return message instanceof Map ? Fields.of(message).text("text") : fields.text("message");
  }

  private Map<String, Object> agentOrUnknown(Fields fields) {
    Map<String, Object> agent = agent(fields);
    return agent == null ? new LinkedHashMap<>() : agent;
  }

  private Map<String, Object> agent(Fields fields) {
    Object value = fields.raw("agent");
    Map<String, Object> agent = new LinkedHashMap<>();
    if (value instanceof Map) {
      put(agent, "id", Fields.of(value).text("id"));
      put(agent, "name", texts.clean(Fields.of(value).text("name")));
    } else {
      put(agent, "name", texts.clean(fields.text("agent")));
    }
    return agent.isEmpty() ? null : agent;
  }

  private static void put(Map<String, Object> map, String key, Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
