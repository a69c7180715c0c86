package dev.baton.hub.servicenow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The hub events that follow from one callback, in order, in the words of the hub contract. */
final class SessionEvents {
  private final Session session;
  private final List<Map<String, Object>> events = new ArrayList<>();

  SessionEvents(Session session) {
    this.session = session;
  }

  List<Map<String, Object>> list() {
    return List.copyOf(events);
  }

  void queued(String text) {
    Map<String, Object> event = add("queued", session.eventId("q"));
    put(event, "text", text);
  }

  /** The agent is the session's. */
  void accepted() {
    session.acceptPending = false;
    session.announced = true;
    Map<String, Object> event = add("accepted", session.eventId("a"));
    put(event, "agent", agent());
  }

  void agentLeft() {
    Map<String, Object> event = add("agentLeft", session.eventId("l"));
    put(event, "agent", agent());
    session.announced = false;
    session.acceptPending = false;
    session.agentId = null;
    session.agentName = null;
  }

  void typing(boolean on) {
    Map<String, Object> event = add("typing", session.eventId("t"));
    event.put("on", on);
    put(event, "agent", session.phase == Session.Phase.CONNECTED ? agent() : null);
  }

  void message(String eventId, Map<String, Object> message, boolean byAgent) {
    add(messageEvent(session, eventId, message, byAgent ? agent() : null));
  }

  static Map<String, Object> messageEvent(
      Session session, String eventId, Map<String, Object> message, Map<String, Object> agent) {
    Map<String, Object> event = event(session, "message", eventId);
    event.put("message", message);
    put(event, "agent", agent);
    return event;
  }

  void add(Map<String, Object> event) {
    events.add(event);
  }

  /** The human part is over, or never began. Nothing follows. */
  void over(String by, String reason) {
    if (session.connectedOnce()) {
      Map<String, Object> event = add("ended", session.id + ":end");
      event.put("by", by);
      put(event, "reason", reason);
    } else {
      rejected("NO_AGENT", reason);
    }
    finish();
  }

  void rejected(String reason, String message) {
    Map<String, Object> event = add("rejected", session.id + ":end");
    event.put("reason", reason);
    put(event, "message", message);
    finish();
  }

  /** A fault that ends the handoff. */
  void failed(String code, String message) {
    Map<String, Object> event = add("error", session.id + ":end");
    event.put("code", code);
    event.put("retryable", false);
    session.mustEnd = true;
    event.put("message", message);
    finish();
  }

  private void finish() {
    session.phase = Session.Phase.ENDED;
    session.held.clear();
    session.streams.clear();
    session.options.clear();
  }

  private Map<String, Object> agent() {
    Map<String, Object> agent = new LinkedHashMap<>();
    put(agent, "id", session.agentId);
    put(agent, "name", session.agentName);
    return agent.isEmpty() ? null : agent;
  }

  private Map<String, Object> add(String type, String eventId) {
    Map<String, Object> event = event(session, type, eventId);
    events.add(event);
    return event;
  }

  private static Map<String, Object> event(Session session, String type, String eventId) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventId", eventId);
    event.put("type", type);
    event.put("conversationId", session.id);
    event.put("handoffId", session.handoffId);
    return event;
  }

  private static void put(Map<String, Object> map, String key, Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
