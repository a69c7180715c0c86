package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Turns legs that begin and end into events of {@code v2.detail.events.conversation.…}. */
final class DetailEvents implements GenesysConversations.LegListener {
  /** In events an agent is a user. */
  private static final Map<String, String> NAMES =
      Map.of("agent", "user", "acd", "acd", "customer", "customer", "workflow", "flow");

  private final GenesysNotifications notifications;

  DetailEvents(GenesysNotifications notifications) {
    this.notifications = notifications;
  }

  @Override
  public void leg(
      GenesysConversation conversation, GenesysParticipant leg, String what, Instant at) {
    JsonObject body =
        new JsonObject()
            .put("eventTime", at.toEpochMilli())
            .put("conversationId", conversation.id())
            .put("participantId", leg.id())
            .put("sessionId", leg.sessionId())
            .put("mediaType", "MESSAGE")
            .put("messageType", "OPEN")
            .put("provider", "PureCloud Messaging")
            .put("direction", "INBOUND")
            .put("addressFrom", conversation.customerId())
            .put("divisionId", "d0000000-0000-4000-8000-000000000001");
    if (leg.userId() != null) {
      body.put("userId", leg.userId());
    }
    if (leg.queue() != null) {
      body.put("queueId", GenesysParticipant.queueId(leg.queue()));
    }
    if (what.equals("end")) {
      body.put("disconnectType", leg.disconnect().name());
      body.put(
          "interactingDurationMs",
          leg.connected() == null ? 0 : Duration.between(leg.connected(), at).toMillis());
    }
    notifications.publish(
        "v2.detail.events.conversation.%s.%s.%s"
            .formatted(conversation.id(), NAMES.get(leg.purpose()), what),
        body);
  }
}
