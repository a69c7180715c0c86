package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A conversation that came in by Open Messaging. Safe for use by several threads. */
public final class GenesysConversation {
  private final String id = UUID.randomUUID().toString();
  private final String customerId;
  private final Instant started = Millis.now();
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<GenesysParticipant> participants = new ArrayList<>();
  private final List<GenesysMessage> messages = new ArrayList<>();
  private Instant ended;
  private Instant agentLeft;

  GenesysConversation(String customerId) {
    this.customerId = customerId;
  }

  /** Genesys's id. */
  public String id() {
    return id;
  }

  /** {@code channel.from.id} of the messages that came in. */
  public String customerId() {
    return customerId;
  }

  Instant started() {
    return started;
  }

  /** {@code channel.metadata.customAttributes} of all messages, later ones over earlier ones. */
  public synchronized Map<String, String> attributes() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  public synchronized List<GenesysParticipant> participants() {
    return List.copyOf(participants);
  }

  /** Both directions in the order in which they happened; typing is a message of type Event. */
  public synchronized List<GenesysMessage> messages() {
    return List.copyOf(messages);
  }

  /** What the customer wrote, without typing. */
  public List<String> inboundTexts() {
    return messages().stream()
        .filter(m -> m.inbound() && !m.type().equals("Event"))
        .map(GenesysMessage::text)
        .toList();
  }

  /** Whether the customer's leg is over. */
  public synchronized boolean ended() {
    return ended != null;
  }

  /** Status that receipts, or the webhook's failure, gave a message of an agent. */
  public Optional<String> statusOf(String messageId) {
    return messages().stream()
        .filter(m -> m.id().equals(messageId))
        .map(GenesysMessage::status)
        .findFirst();
  }

  /** {@code ended}, {@code agent}, {@code alerting} or {@code queue}. */
  public synchronized String state() {
    if (ended != null) {
      return "ended";
    }
    return find(p -> p.isAgent() && p.isOpen() && p.state().equals("connected"))
        .map(p -> "agent")
        .or(() -> find(p -> p.isAgent() && p.isOpen()).map(p -> "alerting"))
        .orElse("queue");
  }

  synchronized Optional<GenesysParticipant> find(Predicate<GenesysParticipant> which) {
    return participants.stream().filter(which).reduce((first, last) -> last);
  }

  synchronized void add(GenesysParticipant participant) {
    participants.add(participant);
    if (participant.isAgent()) {
      agentLeft = null;
    }
  }

  /** Replaces a participant by what the change makes of it. */
  synchronized GenesysParticipant change(
      GenesysParticipant before, UnaryOperator<GenesysParticipant> change) {
    for (int i = 0; i < participants.size(); i++) {
      if (participants.get(i).id().equals(before.id())) {
        GenesysParticipant after = change.apply(participants.get(i));
        participants.set(i, after);
        return after;
      }
    }
    throw new IllegalStateException("no participant " + before.id());
  }

  synchronized void put(JsonObject customAttributes) {
    customAttributes.forEach(field -> attributes.put(field.getKey(), "" + field.getValue()));
  }

  synchronized void add(GenesysMessage message) {
    messages.add(message);
  }

  synchronized boolean mark(String messageId, String status) {
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).id().equals(messageId)) {
        messages.set(i, messages.get(i).status(status));
        return true;
      }
    }
    return false;
  }

  synchronized void end(Instant now) {
    ended = now;
  }

  synchronized void agentLeft(Instant now) {
    agentLeft = now;
  }

  /** When the last agent left without another one coming, or null. */
  synchronized Instant agentLeft() {
    return agentLeft;
  }

  synchronized JsonObject toMediaJson() {
    JsonArray all = new JsonArray();
    JsonObject values = new JsonObject(new LinkedHashMap<>(attributes));
    participants.forEach(p -> all.add(p.toMediaJson(values, details(p))));
    return new JsonObject()
        .put("id", id)
        .put("participants", all)
        .put("otherMediaUris", new JsonArray())
        .put("selfUri", "/api/v2/conversations/messages/" + id);
  }

  synchronized JsonObject toJson() {
    JsonArray all = new JsonArray();
    JsonObject values = new JsonObject(new LinkedHashMap<>(attributes));
    participants.forEach(p -> all.add(p.toJson(values, details(p))));
    JsonObject json =
        new JsonObject()
            .put("id", id)
            .put("startTime", started.toString())
            .put("participants", all)
            .put("selfUri", "/api/v2/conversations/" + id);
    return ended == null ? json : json.put("endTime", ended.toString());
  }

  private JsonArray details(GenesysParticipant participant) {
    JsonArray details = new JsonArray();
    for (GenesysMessage message : messages) {
      boolean customers = participant.purpose().equals("customer");
      if (!message.type().equals("Event") && message.inbound() == customers) {
        details.add(
            new JsonObject()
                .put("messageId", message.id())
                .put(
                    "messageURI",
                    "/api/v2/conversations/messages/" + id + "/messages/" + message.id())
                .put("messageStatus", message.inbound() ? "received" : "sent")
                .put("messageTime", message.at().toString()));
      }
    }
    return details;
  }
}
