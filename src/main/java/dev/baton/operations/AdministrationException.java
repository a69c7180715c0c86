package dev.baton.operations;

/** An administrator's request that could not be done; the message says why. */
public class AdministrationException extends RuntimeException {
  private final String code;

  /**
   * @param code {@code BTN-nnnn}, see docs/errors.md
   */
  public AdministrationException(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
