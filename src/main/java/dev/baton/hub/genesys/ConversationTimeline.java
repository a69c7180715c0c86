package dev.baton.hub.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What has happened in a conversation, read from its participants as {@code GET
 * /api/v2/conversations/messages/{id}} tells them. Every leg stays there after it has ended, so
 * nothing is missed however seldom it is read, and every event has an id that is the same at every
 * reading, so that repeats are dropped.
 */
final class ConversationTimeline {
  /**
   * One event in the words of the hub contract.
   *
   * @param id the same at every reading
   * @param at when it happened, or null
   */
  record Event(String id, Instant at, Map<String, Object> body) {}

  /**
   * @param id user id, or that of the leg
   * @param name may be null
   */
  record Agent(String id, String name) {
    Map<String, Object> body() {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("id", id);
      if (name != null) {
        body.put("name", name);
      }
      return body;
    }
  }

  private record Leg(
      String id,
      String purpose,
      String name,
      String user,
      String queue,
      String state,
      Instant connected,
      Instant ended,
      String disconnect,
      Map<String, String> attributes) {

    boolean isAgent() {
      return purpose.equals("agent") || purpose.equals("user");
    }

    boolean isCustomer() {
      return purpose.equals("customer") || purpose.equals("external");
    }

    boolean isLive() {
      return ended == null && !state.equals("disconnected") && !state.equals("terminated");
    }

    boolean wasThere() {
      return isAgent() && (connected != null || state.equals("connected"));
    }

    /** Whether it is an agent's and was connected at that time. */
    boolean hadItAt(Instant at) {
      return wasThere()
          && at != null
          && connected != null
          && !connected.isAfter(at)
          && (isLive() || (ended != null && ended.isAfter(at)));
    }

    boolean movedOn() {
      return disconnect.contains("transfer");
    }

    Agent agent() {
      return new Agent(user == null ? id : user, name);
    }
  }

  private final List<Leg> legs;
  private final String reasonAttribute;

  private ConversationTimeline(List<Leg> legs, String reasonAttribute) {
    this.legs = legs;
    this.reasonAttribute = reasonAttribute;
  }

  /**
   * @param conversation the answer of the platform; members may be missing
   * @param reasonAttribute participant data in which a flow says why it turned the customer away
   */
  static ConversationTimeline of(JsonNode conversation, String reasonAttribute) {
    List<Leg> legs = new ArrayList<>();
    conversation.path("participants").forEach(node -> legs.add(leg(node)));
    return new ConversationTimeline(legs, reasonAttribute);
  }

  /** Everything that happened, in order. */
  List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (Leg leg : legs) {
      if (leg.purpose().equals("acd")) {
        events.add(event("queued:" + leg.id(), leg.connected(), "queued", Map.of()));
      } else if (leg.wasThere()) {
        events.add(
            event(
                "accepted:" + leg.id(),
                leg.connected(),
                "accepted",
                Map.of("agent", leg.agent().body())));
        if (!leg.isLive()) {
          gone(leg, events);
        }
      }
    }
    events.sort(Comparator.comparing(Event::at, Comparator.nullsFirst(Comparator.naturalOrder())));
    if (isOver()) {
      events.add(end());
    }
    return events;
  }

  private void gone(Leg leg, List<Event> events) {
    boolean handedOver =
        legs.stream().anyMatch(other -> !other.equals(leg) && other.hadItAt(leg.ended()));
    if (handedOver) {
      return; // the other agent has been announced
    }
    if (leg.movedOn()) {
      String to = next(leg);
      events.add(
          event(
              "transferring:" + leg.id(),
              leg.ended(),
              "transferring",
              to == null ? Map.of() : Map.of("to", to)));
    }
    boolean waits =
        legs.stream().anyMatch(other -> other.purpose().equals("acd") && other.isLive());
    if (waits && agent() == null) {
      events.add(
          event("left:" + leg.id(), leg.ended(), "agentLeft", Map.of("agent", leg.agent().body())));
    }
  }

  /** Who has it after a leg ended: the first leg that was live then or came later. */
  private String next(Leg left) {
    for (Leg leg : legs.subList(legs.indexOf(left) + 1, legs.size())) {
      if (leg.purpose().equals("acd") || leg.isAgent()) {
        return leg.purpose().equals("acd") ? leg.queue() : leg.name();
      }
    }
    return null;
  }

  /**
   * Whether it is over: the customer's leg has ended, or nobody is left, the last was an agent and
   * did not hand it on. An agent's leg alone proves nothing, it ends by a transfer too.
   */
  boolean isOver() {
    if (legs.stream().anyMatch(Leg::isCustomer)
        && legs.stream().filter(Leg::isCustomer).noneMatch(Leg::isLive)) {
      return true;
    }
    if (legs.stream().anyMatch(leg -> !leg.isCustomer() && leg.isLive())) {
      return false;
    }
    return legs.stream()
        .filter(leg -> !leg.isCustomer())
        .reduce((a, b) -> ends(a).isAfter(ends(b)) ? a : b)
        .filter(last -> last.isAgent() && !last.movedOn())
        .isPresent();
  }

  private static Instant ends(Leg leg) {
    return leg.ended() == null ? Instant.MIN : leg.ended();
  }

  /** When it was over, or null when that is not known. */
  Instant endedAt() {
    return legs.stream()
        .map(Leg::ended)
        .filter(at -> at != null)
        .max(Instant::compareTo)
        .orElse(null);
  }

  private Event end() {
    String id = "ended:" + legs.stream().findFirst().map(Leg::id).orElse("?");
    if (legs.stream().noneMatch(Leg::wasThere)) {
      String reason =
          legs.stream()
              .map(leg -> leg.attributes().get(reasonAttribute))
              .filter(value -> value != null && !value.isBlank())
              .findFirst()
              .orElse("NO_AGENT");
      return event(id, endedAt(), "rejected", Map.of("reason", reason.toUpperCase(Locale.ROOT)));
    }
    Leg last = lastAgentLeg().orElseThrow();
    String why = last.disconnect().isEmpty() ? "unknown" : last.disconnect();
    return event(id, endedAt(), "ended", Map.of("by", by(last), "reason", why));
  }

  /** Whose leg names itself the origin: the platform calls that {@code client}. */
  private String by(Leg agent) {
    if (agent.disconnect().equals("client") || agent.disconnect().equals("endpoint")) {
      return "AGENT";
    }
    boolean customer =
        legs.stream().anyMatch(leg -> leg.isCustomer() && leg.disconnect().equals("client"));
    return customer ? "CUSTOMER" : "SYSTEM";
  }

  /** The agent who has the conversation now, the latest when there are several; or null. */
  Agent agent() {
    return legs.stream()
        .filter(leg -> leg.wasThere() && leg.isLive())
        .reduce((a, b) -> b)
        .map(Leg::agent)
        .orElse(null);
  }

  /** The agent who had it last, also when that is over; or null. */
  Agent lastAgent() {
    return lastAgentLeg().map(Leg::agent).orElse(null);
  }

  private Optional<Leg> lastAgentLeg() {
    return legs.stream().filter(Leg::wasThere).reduce((a, b) -> ends(a).isAfter(ends(b)) ? a : b);
  }

  /** Whether something is about to change: an agent is being asked, or a transfer is under way. */
  boolean isMoving() {
    boolean alerting =
        legs.stream().anyMatch(leg -> leg.isAgent() && leg.isLive() && !leg.wasThere());
    boolean between = legs.stream().noneMatch(leg -> !leg.isCustomer() && leg.isLive());
    return !isOver() && (alerting || between);
  }

  /** Id of the customer's leg while it lives, or null. */
  String customer() {
    return legs.stream()
        .filter(leg -> leg.isCustomer() && leg.isLive())
        .map(Leg::id)
        .findFirst()
        .orElse(null);
  }

  private static Event event(String id, Instant at, String type, Map<String, Object> fields) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("eventId", id);
    body.put("type", type);
    if (at != null) {
      body.put("occurredAt", at.toString());
    }
    body.putAll(fields);
    return new Event(id, at, body);
  }

  private static Leg leg(JsonNode node) {
    Map<String, String> attributes = new LinkedHashMap<>();
    node.path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    String user = text(node.path("user"), "id");
    String queue = text(node.path("queue"), "name");
    return new Leg(
        node.path("id").asText(""),
        word(node, "purpose"),
        text(node, "name"),
        user == null ? text(node, "userId") : user,
        queue == null ? text(node, "queueName") : queue,
        word(node, "state"),
        time(node, "connectedTime"),
        time(node, "endTime"),
        word(node, "disconnectType").replace('_', '.'),
        attributes);
  }

  private static String word(JsonNode node, String name) {
    return node.path(name).asText("").trim().toLowerCase(Locale.ROOT);
  }

  private static String text(JsonNode node, String name) {
    String text = node.path(name).asText("");
    return text.isBlank() ? null : text;
  }

  private static Instant time(JsonNode node, String name) {
    String text = text(node, name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
