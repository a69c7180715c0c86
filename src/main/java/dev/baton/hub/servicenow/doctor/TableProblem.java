package dev.baton.hub.servicenow.doctor;

/** Why a table could not be read. The message is safe to show. */
final class TableProblem extends Exception {
  private static final long serialVersionUID = 1;

  enum Kind {
    /** 401. */
    UNAUTHORIZED,
    /** 401 because a second factor is required. */
    SECOND_FACTOR,
    /** No token was given for the configured client. */
    NO_TOKEN,
    /** 403: access control. */
    FORBIDDEN,
    /** There is no such table. */
    NO_TABLE,
    /** The table has no such column. */
    NO_COLUMN,
    /** 429. */
    LIMITED,
    /** Something other than JSON: a developer instance that sleeps, or a login page. */
    NOT_JSON,
    /** No answer. */
    UNREACHABLE,
    /** Anything else. */
    FAILED
  }

  private final Kind kind;

  TableProblem(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
