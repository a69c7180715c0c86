package dev.baton.conversation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Something that happened in a conversation. Events are what routes append to the journal; as JSON
 * they carry their name in {@code event}. Activities are Bot Framework activities. Names: {@code
 * <who>.<what>}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @Type(value = Event.CustomerStarted.class, name = "customer.started"),
  @Type(value = Event.CustomerSaid.class, name = "customer.said"),
  @Type(value = Event.CustomerLeft.class, name = "customer.left"),
  @Type(value = Event.BotSaid.class, name = "bot.said"),
  @Type(value = Event.BotEnded.class, name = "bot.ended"),
  @Type(value = Event.HandoffRequested.class, name = "handoff.requested"),
  @Type(value = Event.HandoffOffered.class, name = "handoff.offered"),
  @Type(value = Event.HandoffOpened.class, name = "handoff.opened"),
  @Type(value = Event.HandoffRefused.class, name = "handoff.refused"),
  @Type(value = Event.HubQueued.class, name = "hub.queued"),
  @Type(value = Event.HubAccepted.class, name = "hub.accepted"),
  @Type(value = Event.HubSaid.class, name = "hub.message"),
  @Type(value = Event.HubTransferring.class, name = "hub.transferring"),
  @Type(value = Event.HubAgentLeft.class, name = "hub.agentLeft"),
  @Type(value = Event.HubReceipt.class, name = "hub.receipt"),
  @Type(value = Event.HubRejected.class, name = "hub.rejected"),
  @Type(value = Event.HubEnded.class, name = "hub.ended"),
  @Type(value = Event.HubFailed.class, name = "hub.error"),
  @Type(value = Event.DeliveryFailed.class, name = "delivery.failed"),
  @Type(value = Event.TimerFired.class, name = "timer.fired"),
  @Type(value = Event.AdministratorEnded.class, name = "administrator.ended")
})
public sealed interface Event {

  /** First contact. {@code context} is given to the bot ({@code pvaSetContext}); may be null. */
  record CustomerStarted(
      String bot, String channel, Customer customer, String locale, ObjectNode context)
      implements Event {}

  /** The customer sent an activity that is neither typing nor the end. */
  record CustomerSaid(ObjectNode activity) implements Event {}

  /** The customer left or closed the conversation. {@code activity} may be null. */
  record CustomerLeft(ObjectNode activity) implements Event {}

  /** The bot sent an activity that is neither typing, a handoff nor the end. */
  record BotSaid(ObjectNode activity) implements Event {}

  /** The bot ended the conversation. */
  record BotEnded(ObjectNode activity) implements Event {}

  /**
   * The bot asked for a human. {@code activity} is the whole event with its value and attachments.
   */
  record HandoffRequested(ObjectNode activity) implements Event {}

  /**
   * Several hubs could take the handoff, or the customer shall be asked in any case. {@code
   * describe}: whether to ask what the agent should be told; {@code description}: what the bot says
   * about it, may be null.
   */
  record HandoffOffered(
      String handoffId, List<Offer.Choice> choices, boolean describe, String description)
      implements Event {}

  /**
   * A hub has opened a conversation for the handoff. {@code report} says what was taken out of it
   * on the way, in names and counts; null when nothing was.
   */
  record HandoffOpened(String handoffId, String hub, String hubConversationId, ObjectNode report)
      implements Event {
    /** With nothing taken out. */
    public HandoffOpened(String handoffId, String hub, String hubConversationId) {
      this(handoffId, hub, hubConversationId, null);
    }
  }

  /**
   * No hub could take the handoff. {@code reason}: CLOSED, NO_AGENT, REFUSED, UNREACHABLE, NO_HUB.
   */
  record HandoffRefused(String handoffId, String reason, String message) implements Event {}

  /**
   * Waiting in the hub's queue; {@code position}, {@code waitSeconds} and {@code text} may be null.
   */
  record HubQueued(String handoffId, Integer position, Integer waitSeconds, String text)
      implements Event {}

  /** An agent accepted. {@code hub} and {@code hubConversationId} are given when known. */
  record HubAccepted(String handoffId, Agent agent) implements Event {}

  /**
   * The agent (or the hub itself, when {@code agent} is null) wrote. {@code format}: {@code plain}
   * or {@code markdown}; {@code attachments} in activity form, null or an array; {@code
   * suggestedActions} in activity form, null or an object with {@code actions}.
   */
  record HubSaid(
      String handoffId,
      String messageId,
      String text,
      String format,
      JsonNode attachments,
      JsonNode suggestedActions,
      Agent agent)
      implements Event {

    public HubSaid {
      attachments = attachments == null || attachments.isNull() ? null : attachments;
      suggestedActions =
          suggestedActions == null || suggestedActions.isNull() ? null : suggestedActions;
    }

    /** Without suggested actions. */
    public HubSaid(
        String handoffId,
        String messageId,
        String text,
        String format,
        JsonNode attachments,
        Agent agent) {
      this(handoffId, messageId, text, format, attachments, null, agent);
    }

    HubSaid by(Agent speaker) {
      return new HubSaid(
          handoffId, messageId, text, format, attachments, suggestedActions, speaker);
    }
  }

  /** The hub moves the conversation to another agent or queue; {@code to} may be null. */
  record HubTransferring(String handoffId, String to) implements Event {}

  /** The agent left, the handoff goes on: the hub looks for the next agent. */
  record HubAgentLeft(String handoffId, Agent agent) implements Event {}

  /** {@code kind} {@code read} or {@code delivered}, up to and including message {@code upTo}. */
  record HubReceipt(String handoffId, String kind, String upTo) implements Event {}

  /** The hub turned the handoff down. {@code reason}: NO_AGENT, CLOSED, REFUSED. */
  record HubRejected(String handoffId, String reason, String message) implements Event {}

  /**
   * The hub's conversation is over. {@code by}: AGENT, CUSTOMER, SYSTEM. {@code survey}: a link, or
   * null.
   */
  record HubEnded(String handoffId, String by, String reason, String survey) implements Event {}

  /** The hub reports a fault; not retryable ones end the handoff. */
  record HubFailed(String handoffId, String code, boolean retryable, String message)
      implements Event {}

  /**
   * A lane entry became a dead letter. {@code operation} and {@code body} are the entry's. {@code
   * reason}: UNREACHABLE (tried until the limit), REFUSED (the receiver will never take it), GONE
   * (the receiver's conversation is over).
   */
  record DeliveryFailed(
      Lane lane, String operation, long seq, ObjectNode body, String reason, String cause)
      implements Event {}

  /** A time-out of the conversation's {@link Conversation#timers()} is due. */
  record TimerFired(Timer timer) implements Event {}

  /** An administrator ended the conversation. */
  record AdministratorEnded(String reason) implements Event {}
}
