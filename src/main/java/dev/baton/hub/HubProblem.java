package dev.baton.hub;

/** Why a hub's webhook call is refused. The message is safe to show to the caller. */
public class HubProblem extends RuntimeException {
  private final int status;
  private final String code;
  private final String title;

  /**
   * @param status HTTP status
   * @param code problem code, {@code BTN-2nnn}; see docs/errors.md
   * @param title short, the same for every occurrence
   * @param detail cause and remedy of this occurrence; never holds a secret
   */
  public HubProblem(int status, String code, String title, String detail) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String title() {
    return title;
  }
}
