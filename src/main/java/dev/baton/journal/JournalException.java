package dev.baton.journal;

/** The journal cannot do what was asked. The message names cause and remedy. */
public class JournalException extends RuntimeException {
  /** The data folder belongs to another running process. */
  static final String IN_USE = "BTN-6001";

  /** The store cannot be opened, or its schema cannot be brought up to date. */
  static final String CANNOT_OPEN = "BTN-6002";

  /** Not started, stopped, or the connection to the database is lost for now. */
  static final String UNAVAILABLE = "BTN-6003";

  /** Another node is the active one. */
  static final String STANDBY = "BTN-6004";

  /** More waits to be written than the journal takes on. */
  static final String OVERLOADED = "BTN-6005";

  /** The store failed while it read or wrote. */
  static final String STORE_FAILED = "BTN-6006";

  private final String code;

  JournalException(String code, String message, Throwable cause) {
    super(code + " " + message, cause);
    this.code = code;
  }

  /** Problem code, {@code BTN-6nnn}. */
  public String code() {
    return code;
  }

  /** Whether the same call may succeed a little later, so that a sender should try again. */
  public boolean isTemporary() {
    return !code.equals(IN_USE) && !code.equals(CANNOT_OPEN);
  }
}
