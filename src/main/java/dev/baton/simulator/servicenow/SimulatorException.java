package dev.baton.simulator.servicenow;

/** The simulator was asked for something that it cannot do; the message says what to change. */
public class SimulatorException extends RuntimeException {
  private final String code;

  SimulatorException(String code, String message) {
    this(code, message, null);
  }

  SimulatorException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** {@code BTN-47nn}. */
  public String code() {
    return code;
  }
}
