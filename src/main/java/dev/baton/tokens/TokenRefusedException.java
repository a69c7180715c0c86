package dev.baton.tokens;

/** A bearer token is not what it has to be. The message says why, never what the token holds. */
public final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  TokenRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
