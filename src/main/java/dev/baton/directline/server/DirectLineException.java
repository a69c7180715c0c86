package dev.baton.directline.server;

/** An answer of the Direct Line service other than success. */
public class DirectLineException extends RuntimeException {
  private final int status;
  private final String code;
  private final String problem;

  /**
   * @param status HTTP status
   * @param code Direct Line's error code, for example {@code BadArgument}, {@code TokenExpired}
   * @param problem Baton's problem code, {@code BTN-nnnn}
   * @param message cause and remedy, safe to show to a client
   */
  public DirectLineException(int status, String code, String problem, String message) {
    super(message);
    this.status = status;
    this.code = code;
    this.problem = problem;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String problem() {
    return problem;
  }
}
