package dev.baton.conversation;

import java.util.Locale;

/**
 * The texts that Baton itself says to a customer. Every one can be changed or silenced in
 * configuration.
 */
public enum TextKey {
  /** Asks which human the customer would like; the choices follow. */
  OFFER,
  /** One choice: {@code hub} and perhaps {@code minutes} of waiting. */
  OFFER_HUB,
  /** The choice to stay with the bot. */
  OFFER_STAY,
  /** The customer stays with the bot. */
  OFFER_DECLINED,
  /** The customer did not choose in time. */
  OFFER_TIMEOUT,
  /** Asks whether the agent may be told what follows. */
  DESCRIBE,
  /** Asks what the agent should be told. */
  DESCRIBE_NEW,
  /** The answer that what was shown may be sent. */
  DESCRIBE_SEND,
  /** A hub has the conversation in its queue. */
  QUEUED,
  /** As {@link #QUEUED}, with {@code position} and perhaps {@code minutes}. */
  QUEUE_POSITION,
  /** An agent accepted; {@code agent} is the name. */
  AGENT_JOINED,
  /** An agent accepted whose name is not known. */
  AGENT_JOINED_UNNAMED,
  /** The agent left, the next one is looked for. */
  AGENT_LEFT,
  /** The hub moves the conversation. */
  TRANSFERRING,
  /** The human part is over; the bot is back. */
  COMPLETED,
  /** A survey's {@code link}. */
  SURVEY,
  /** No agent is available. */
  NO_AGENT,
  /** Outside the hub's hours. */
  CLOSED,
  /** The hub refused. */
  REFUSED,
  /** The hub cannot be reached, or it broke. */
  UNREACHABLE,
  /** No agent accepted in time. */
  ASSIGNMENT_TIMEOUT,
  /** The customer was silent for too long while a human had the conversation. */
  CUSTOMER_IDLE,
  /** The agent was silent for too long. */
  AGENT_IDLE,
  /** The customer cancelled waiting. */
  CANCELLED,
  /** The agent could not be given this message. */
  NOT_DELIVERED,
  /** The bot did not answer yet. */
  BOT_SILENT,
  /** The bot could not be given this message. */
  BOT_UNAVAILABLE,
  /** The conversation ends because nobody said anything. */
  CONVERSATION_IDLE,
  /** An administrator ended the conversation. */
  ADMINISTRATOR_ENDED;

  /** The key in message bundles and in {@code baton.texts.<key>}: lower case with dashes. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
