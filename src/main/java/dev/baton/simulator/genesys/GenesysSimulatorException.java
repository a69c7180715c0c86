package dev.baton.simulator.genesys;

/** The simulator was asked for something that it cannot do; the message says what to change. */
public class GenesysSimulatorException extends RuntimeException {
  private final String code;

  GenesysSimulatorException(String code, String message) {
    this(code, message, null);
  }

  GenesysSimulatorException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** {@code BTN-478n}. */
  public String code() {
    return code;
  }
}
