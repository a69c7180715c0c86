package dev.baton.journal;

import java.time.Duration;

/**
 * Tells a lane how to go on after a failed delivery. Any other exception is retried with the lane's
 * back-off.
 */
public class DeliveryException extends RuntimeException {
  private final boolean permanent;
  private final transient Duration retryAfter;

  private DeliveryException(
      String message, Throwable cause, boolean permanent, Duration retryAfter) {
    super(message, cause);
    this.permanent = permanent;
    this.retryAfter = retryAfter;
  }

  /** Trying again cannot help: the entry becomes a dead letter at once. */
  public static DeliveryException permanent(String message, Throwable cause) {
    return new DeliveryException(message, cause, true, null);
  }

  /** The receiver asked to wait ({@code Retry-After}). */
  public static DeliveryException retryAfter(String message, Duration wait) {
    return new DeliveryException(message, null, false, wait);
  }

  public boolean isPermanent() {
    return permanent;
  }

  /** How long to wait before the next attempt, or null for the lane's back-off. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
