package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * One leg of a simulated conversation.
 *
 * @param purpose {@code customer}, {@code workflow}, {@code acd} or {@code agent}
 * @param userId the agent's, else null
 * @param queue its name, for {@code acd} and {@code agent}
 * @param state {@code alerting}, {@code connected} or {@code disconnected}
 * @param connected null until it was
 * @param ended null until it was
 * @param disconnect null until it ended
 */
public record GenesysParticipant(
    String id,
    String sessionId,
    String purpose,
    String name,
    String userId,
    String queue,
    String state,
    Instant started,
    Instant connected,
    Instant ended,
    DisconnectType disconnect) {

  static GenesysParticipant connected(
      String purpose, String name, String userId, String queue, Instant now) {
    return new GenesysParticipant(
        UUID.randomUUID().toString(),
        UUID.randomUUID().toString(),
        purpose,
        name,
        userId,
        queue,
        "connected",
        now,
        now,
        null,
        null);
  }

  static GenesysParticipant alerting(GenesysAgent agent, String queue, Instant now) {
    return new GenesysParticipant(
        UUID.randomUUID().toString(),
        UUID.randomUUID().toString(),
        "agent",
        agent.name(),
        agent.id(),
        queue,
        "alerting",
        now,
        null,
        null,
        null);
  }

  GenesysParticipant connect(Instant now) {
    return new GenesysParticipant(
        id, sessionId, purpose, name, userId, queue, "connected", started, now, null, null);
  }

  GenesysParticipant disconnect(DisconnectType why, Instant now) {
    return new GenesysParticipant(
        id, sessionId, purpose, name, userId, queue, "disconnected", started, connected, now, why);
  }

  /** Whether its leg is still there. */
  public boolean isOpen() {
    return ended == null;
  }

  boolean isAgent() {
    return purpose.equals("agent");
  }

  /** As in {@code GET /api/v2/conversations/messages/{id}}. */
  JsonObject toMediaJson(JsonObject attributes, JsonArray messages) {
    JsonObject json =
        common()
            .put("state", state)
            .put("direction", "inbound")
            .put("held", false)
            .put("provider", "PureCloud Messaging")
            .put("type", "open")
            .put("messages", messages)
            .put("attributes", purpose.equals("customer") ? attributes : new JsonObject());
    if (disconnect != null) {
      json.put("disconnectType", disconnect.ofParticipant());
    }
    if (userId != null) {
      json.put("user", reference("users", userId));
    }
    if (queue != null) {
      json.put("queue", reference("routing/queues", queueId(queue)).put("name", queue));
    }
    return json;
  }

  /** As in {@code GET /api/v2/conversations/{id}}: the state stands in its messages leg. */
  JsonObject toJson(JsonObject attributes, JsonArray messages) {
    JsonObject leg =
        new JsonObject()
            .put("id", sessionId)
            .put("state", state)
            .put("direction", "inbound")
            .put("held", false)
            .put("type", "open")
            .put("provider", "PureCloud Messaging")
            .put("messages", messages);
    if (connected != null) {
      leg.put("connectedTime", connected.toString());
    }
    if (ended != null) {
      leg.put("disconnectedTime", ended.toString());
      leg.put("disconnectType", disconnect.ofParticipant());
    }
    JsonObject json =
        common()
            .put("attributes", purpose.equals("customer") ? attributes : new JsonObject())
            .put("messages", new JsonArray().add(leg));
    if (userId != null) {
      json.put("userId", userId);
    }
    if (queue != null) {
      json.put("queueId", queueId(queue)).put("queueName", queue);
    }
    return json;
  }

  private JsonObject common() {
    JsonObject json =
        new JsonObject()
            .put("id", id)
            .put("name", name)
            .put("purpose", purpose)
            .put("startTime", started.toString())
            .put("wrapupRequired", false);
    if (connected != null) {
      json.put("connectedTime", connected.toString());
    }
    if (ended != null) {
      json.put("endTime", ended.toString());
    }
    return json;
  }

  static String queueId(String queue) {
    return UUID.nameUUIDFromBytes(queue.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static JsonObject reference(String kind, String id) {
    return new JsonObject().put("id", id).put("selfUri", "/api/v2/" + kind + "/" + id);
  }
}
