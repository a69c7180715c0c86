package dev.baton.conversation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * One attempt to bring a human in.
 *
 * @param id idempotency key, {@code <conversation id>:<number>}
 * @param eventId id of the bot's activity that asked for it
 * @param replyToId {@code replyToId} of that activity, or null; tells which later bot messages
 *     belong to the same turn
 * @param phase how far it got
 * @param hub configured name of the hub, null until one has opened
 * @param hubConversationId the hub's own id, null until known
 * @param agent the agent who has the conversation, null when none
 * @param everAccepted whether any agent ever accepted; {@code handoff.status accepted} is sent only
 *     once
 * @param requestedAt when the bot asked
 * @param endedAt when it ended in whatever way, or null
 * @param offer what the customer may choose from or has chosen, null when they were not asked
 */
public record Handoff(
    String id,
    String eventId,
    String replyToId,
    Phase phase,
    String hub,
    String hubConversationId,
    Agent agent,
    boolean everAccepted,
    Instant requestedAt,
    Instant endedAt,
    Offer offer) {

  /** A handoff for which the customer was not asked to choose. */
  public Handoff(
      String id,
      String eventId,
      String replyToId,
      Phase phase,
      String hub,
      String hubConversationId,
      Agent agent,
      boolean everAccepted,
      Instant requestedAt,
      Instant endedAt) {
    this(
        id,
        eventId,
        replyToId,
        phase,
        hub,
        hubConversationId,
        agent,
        everAccepted,
        requestedAt,
        endedAt,
        null);
  }

  public enum Phase {
    /** Asked for; no hub has opened a conversation yet. */
    REQUESTED,
    /** The customer is asked which hub they would like. */
    OFFERED,
    /** The customer has chosen, and is asked what the agent should be told. */
    DESCRIBING,
    /** A hub has the conversation in its queue. */
    QUEUED,
    /** An agent has it. */
    ACCEPTED,
    /** A human had it and it is over. */
    COMPLETED,
    /** The hub or the customer turned it down before any agent came. */
    REJECTED,
    /** It could not be done, or it broke. */
    FAILED,
    /** The channel that the customer is in took it to its own humans. Baton's part is over. */
    ESCALATED
  }

  Handoff opened(String atHub, String withId) {
    Phase next = phase == Phase.ACCEPTED ? phase : Phase.QUEUED;
    return with(next, atHub, withId, agent, everAccepted, endedAt);
  }

  Handoff offering(Phase next, Offer now) {
    return new Handoff(
        id,
        eventId,
        replyToId,
        next,
        hub,
        hubConversationId,
        agent,
        everAccepted,
        requestedAt,
        endedAt,
        now);
  }

  Handoff accepted(Agent by) {
    return with(Phase.ACCEPTED, hub, hubConversationId, by, true, endedAt);
  }

  /** Its agent left; the hub looks for the next one. */
  Handoff queuedAgain() {
    return with(Phase.QUEUED, hub, hubConversationId, null, everAccepted, endedAt);
  }

  Handoff ended(Phase how, Instant at) {
    return with(how, hub, hubConversationId, agent, everAccepted, at);
  }

  private Handoff with(
      Phase next, String atHub, String withId, Agent by, boolean ever, Instant ended) {
    return new Handoff(
        id, eventId, replyToId, next, atHub, withId, by, ever, requestedAt, ended, offer);
  }

  @JsonIgnore
  public boolean isOpen() {
    return switch (phase) {
      case REQUESTED, OFFERED, DESCRIBING, QUEUED, ACCEPTED -> true;
      case COMPLETED, REJECTED, FAILED, ESCALATED -> false;
    };
  }
}
