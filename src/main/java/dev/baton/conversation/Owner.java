package dev.baton.conversation;

/** Who answers the customer now. Exactly one owner at any time. */
public enum Owner {
  /** The bot answers. */
  BOT,
  /** A human was asked for; no agent has accepted yet. The bot is silent. */
  PENDING,
  /** A human agent answers. The bot is silent. */
  AGENT,
  /** Nobody: the conversation is over. */
  ENDED
}
