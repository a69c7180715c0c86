package dev.baton.tokens;

/** The keys that sign tokens cannot be fetched now: the token may be right all the same. */
public final class KeysUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
