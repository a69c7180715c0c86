package dev.baton.journal;

/** There is no conversation with this id, or it was purged. */
public class UnknownConversationException extends RuntimeException {
  public UnknownConversationException(String conversation) {
    super("No conversation " + conversation);
  }
}
