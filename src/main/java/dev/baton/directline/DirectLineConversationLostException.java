package dev.baton.directline;

/**
 * The conversation cannot be continued: ended by the bot, unknown to the service, or its token is
 * beyond renewal. The operation {@code start} opens a new one under the same key.
 */
public class DirectLineConversationLostException extends DirectLineException {
  public DirectLineConversationLostException(
      String message, int status, String code, Throwable cause) {
    super(message, status, code, cause);
  }

  static DirectLineConversationLostException ended() {
    return new DirectLineConversationLostException(
        "The conversation has ended; the operation start opens a new one", 0, null, null);
  }
}
