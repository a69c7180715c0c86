package dev.baton.conversation;

/** The time-outs of a conversation. Each ends in a defined state, and the customer is told why. */
public enum Timer {
  /** No agent accepted in time. */
  ASSIGNMENT,
  /** The customer said nothing while a human had the conversation. */
  CUSTOMER_IDLE,
  /** The agent did not answer the customer. */
  AGENT_IDLE,
  /** The bot did not answer the customer. */
  BOT_SILENT,
  /** Nobody said anything for so long that the conversation ends. */
  CONVERSATION_IDLE,
  /** The channel's own humans took over, and the rest of the bot's turn has had its time. */
  SETTLE
}
