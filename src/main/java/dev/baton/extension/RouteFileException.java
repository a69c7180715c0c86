package dev.baton.extension;

/** Why a route file is refused. The message names file, line and reason. */
public final class RouteFileException extends Exception {
  /** Another file defines the same route. */
  static final String TAKEN = "BTN-4306";

  private final String code;

  RouteFileException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Problem code; see docs/errors.md. */
  public String code() {
    return code;
  }
}
