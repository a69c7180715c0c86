package dev.baton.directline;

/**
 * The service refused a request, or something is wrong with it: repeating the same cannot help.
 * Subclasses say otherwise. The message never holds a credential.
 */
public class DirectLineException extends RuntimeException {
  private final int status;
  private final String code;

  public DirectLineException(String message, Throwable cause) {
    this(message, 0, null, cause);
  }

  /**
   * @param status HTTP status, 0 when there was no answer
   * @param code Direct Line's error code, or null
   */
  public DirectLineException(String message, int status, String code, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.code = code;
  }

  /** HTTP status of the answer; 0 when there was none. */
  public int getStatus() {
    return status;
  }

  /** Direct Line's error code, for example {@code BadArgument}; null when none was given. */
  public String getCode() {
    return code;
  }
}
