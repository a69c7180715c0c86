package dev.baton.hub;

import java.time.Instant;

/**
 * An event that came before its conversation was known.
 *
 * @param id unique among parked events, ordered by arrival
 * @param hub configured name of the hub
 * @param handoffId as the event names it, or null
 * @param hubConversationId as the event names it, or null
 * @param json the event as it came, with an {@code eventId}
 * @param until when waiting for its conversation ends
 */
public record ParkedHubEvent(
    String id,
    String hub,
    String handoffId,
    String hubConversationId,
    String json,
    Instant until) {}
