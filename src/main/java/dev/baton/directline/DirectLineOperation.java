package dev.baton.directline;

/** What the producer does. */
public enum DirectLineOperation {
  /** Starts the conversation of the key, or uses the one that it has. */
  START,
  /** Posts one activity. */
  POST,
  /** Posts a file. */
  UPLOAD,
  /** Posts {@code endOfConversation} and forgets the conversation. */
  END
}
