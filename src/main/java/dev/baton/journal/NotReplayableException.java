package dev.baton.journal;

/** A dead letter that must not be delivered any more; the message says why. */
public class NotReplayableException extends RuntimeException {
  public NotReplayableException(String message) {
    super(message);
  }
}
