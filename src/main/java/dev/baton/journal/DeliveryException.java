package dev.baton.journal;

import java.time.Duration;

/**
 * Tells a lane how to go on after a failed delivery. Any other exception is retried with the lane's
 * back-off.
 */
public class DeliveryException extends RuntimeException {
  /** Why it is given up; see {@link dev.baton.conversation.Event.DeliveryFailed}. */
  public enum Reason {
    /** Trying again may help. */
    UNREACHABLE,
    /** The receiver will never take this entry, but takes others. */
    REFUSED,
    /** The receiver's conversation is over. */
    GONE
  }

  private final Reason reason;
  private final transient Duration retryAfter;
  private final boolean turn;

  private DeliveryException(
      String message, Throwable cause, Reason reason, Duration retryAfter, boolean turn) {
    super(message, cause);
    this.reason = reason;
    this.retryAfter = retryAfter;
    this.turn = turn;
  }

  /** Trying again cannot help: the entry becomes a dead letter at once. */
  public static DeliveryException permanent(String message, Throwable cause) {
    return new DeliveryException(message, cause, Reason.REFUSED, null, false);
  }

  /** The receiver's conversation is over: the entry becomes a dead letter at once. */
  public static DeliveryException gone(String message, Throwable cause) {
    return new DeliveryException(message, cause, Reason.GONE, null, false);
  }

  /** The receiver asked to wait ({@code Retry-After}). */
  public static DeliveryException retryAfter(String message, Duration wait) {
    return new DeliveryException(message, null, Reason.UNREACHABLE, wait, false);
  }

  /**
   * It is not this delivery's turn yet, because only so many may be made in a minute. This is no
   * failure: it counts neither as an attempt nor towards the lane's limit.
   */
  public static DeliveryException notYet(Duration wait) {
    return new DeliveryException("Its turn has not come", null, Reason.UNREACHABLE, wait, true);
  }

  /** Whether nothing went wrong, and only its turn has not come. */
  public boolean isNotYet() {
    return turn;
  }

  public boolean isPermanent() {
    return reason != Reason.UNREACHABLE;
  }

  public Reason reason() {
    return reason;
  }

  /** How long to wait before the next attempt, or null for the lane's back-off. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
