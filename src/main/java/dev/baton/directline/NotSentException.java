package dev.baton.directline;

/** No connection: the request has surely not left. */
final class NotSentException extends DirectLineRetryException {
  NotSentException(Throwable cause) {
    super("No connection to Direct Line: " + cause.getMessage(), 0, null, null, cause);
  }
}
