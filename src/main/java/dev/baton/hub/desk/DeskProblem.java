package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a client of the desk did that cannot be done, with its remedy, as RFC 9457 problem JSON. */
final class DeskProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The problems of the desk; {@code docs/errors.md} lists them with causes. */
  enum Kind {
    NOT_LOGGED_IN(3001, 401, "Not logged in"),
    WRONG_CREDENTIALS(3002, 401, "Wrong user name or password"),
    CLOSED(3003, 403, "The desk is closed"),
    LOOPBACK_ONLY(3004, 403, "The open desk answers on this machine only"),
    CROSS_ORIGIN(3005, 403, "Request from another site"),
    TOO_MANY_ATTEMPTS(3006, 429, "Too many failed logins"),
    NO_CONVERSATION(3007, 404, "No such conversation at this desk"),
    NO_RESOURCE(3008, 404, "No such resource"),
    BAD_REQUEST(3009, 400, "The request cannot be understood"),
    TOO_LARGE(3010, 413, "The request is too large"),
    CONTENT_TYPE(3011, 415, "Only application/json is understood"),
    TAKEN(3012, 409, "Another agent has the conversation"),
    NOT_ACCEPTED(3013, 409, "The conversation waits for an agent"),
    ENDED(3014, 409, "The conversation at the desk is over"),
    NOT_RECORDED(3015, 503, "The journal could not record it"),
    TOO_MANY_STREAMS(3016, 503, "Too many event streams"),
    INTERNAL(3017, 500, "Internal error"),
    METHOD(3018, 405, "Method not allowed");

    final int code;
    final int status;
    final String title;

    Kind(int code, int status, String title) {
      this.code = code;
      this.status = status;
      this.title = title;
    }
  }

  private final Kind kind;
  private final long retryAfterSeconds;

  DeskProblem(Kind kind, String detail) {
    this(kind, detail, 0, null);
  }

  DeskProblem(Kind kind, String detail, long retryAfterSeconds, Throwable cause) {
    super(detail, cause);
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  Kind kind() {
    return kind;
  }

  /** Seconds for {@code Retry-After}, or 0 for none. */
  long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  ObjectNode toJson() {
    String code = "BTN-" + kind.code;
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "urn:baton:problem:" + code)
        .put("title", kind.title)
        .put("status", kind.status)
        .put("detail", getMessage())
        .put("code", code);
  }
}
