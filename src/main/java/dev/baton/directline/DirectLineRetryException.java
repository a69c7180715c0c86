package dev.baton.directline;

import java.time.Duration;

/**
 * The request surely had no effect (throttled, service away, no connection): it may be repeated
 * later as it is.
 */
public class DirectLineRetryException extends DirectLineException {
  private final transient Duration retryAfter;

  public DirectLineRetryException(
      String message, int status, String code, Duration retryAfter, Throwable cause) {
    super(message, status, code, cause);
    this.retryAfter = retryAfter;
  }

  /** How long the service asked to wait; null when it did not say. */
  public Duration getRetryAfter() {
    return retryAfter;
  }
}
