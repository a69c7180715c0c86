package dev.baton.journal;

/** Exchange variables that the {@code journal:} component reads and sets. */
final class JournalConstants {
  static final String CONVERSATION = "conversation";
  static final String SOURCE_ID = "sourceId";

  static final String DUPLICATE = "duplicate";
  static final String RESULT = "result";
  static final String OWNER = "owner";

  static final String DELIVERY_ID = "deliveryId";
  static final String OPERATION = "operation";
  static final String SEQ = "seq";
  static final String ATTEMPT = "attempt";
  static final String BOT = "bot";
  static final String CHANNEL = "channel";
  static final String LOCALE = "locale";
  static final String HANDOFF_ID = "handoffId";
  static final String HUB = "hub";
  static final String HUB_CONVERSATION_ID = "hubConversationId";
  static final String REMOTE_ID = "remoteId";

  private JournalConstants() {}
}
