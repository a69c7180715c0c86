package dev.baton.directline.server;

/** The errors of the Direct Line service; {@code docs/errors.md} explains each. */
enum Problem {
  MALFORMED_JSON(400, "BadSyntax", "BTN-1001", "Malformed JSON"),
  MISSING_PROPERTY(400, "MissingProperty", "BTN-1002", "Required property missing"),
  BAD_WATERMARK(400, "BadArgument", "BTN-1003", "Invalid watermark"),
  BAD_ATTACHMENT(400, "BadArgument", "BTN-1004", "Attachment refused"),
  BAD_UPLOAD(400, "BadArgument", "BTN-1005", "Invalid upload"),
  BAD_ARGUMENT(400, "BadArgument", "BTN-1006", "Invalid value"),
  NO_CREDENTIAL(401, "BadArgument", "BTN-1010", "Missing token or secret"),
  BAD_CREDENTIAL(403, "BadArgument", "BTN-1011", "Invalid token or secret"),
  TOKEN_EXPIRED(403, "TokenExpired", "BTN-1012", "Token expired"),
  FOREIGN_CONVERSATION(403, "BadArgument", "BTN-1013", "Token not valid for this conversation"),
  SECRET_NEEDED(403, "BadArgument", "BTN-1014", "Secret needed"),
  TOKEN_NEEDED(403, "BadArgument", "BTN-1015", "Token needed"),
  USER_NOT_IN_TOKEN(403, "BadArgument", "BTN-1016", "User id not held by the token"),
  ORIGIN_REFUSED(403, "BadArgument", "BTN-1017", "Origin not allowed"),
  UNKNOWN_PATH(404, "BadArgument", "BTN-1020", "No such operation"),
  UNKNOWN_CONVERSATION(404, "BadArgument", "BTN-1021", "Unknown conversation"),
  UNKNOWN_ATTACHMENT(404, "BadArgument", "BTN-1022", "Unknown attachment"),
  WRONG_METHOD(405, "BadArgument", "BTN-1023", "Method not allowed"),
  BODY_TOO_SLOW(408, "BadArgument", "BTN-1030", "Request body too slow"),
  TOO_LARGE(413, "MessageSizeTooBig", "BTN-1031", "Too large"),
  WRONG_TYPE(415, "BadArgument", "BTN-1032", "Unsupported media type"),
  UPGRADE_NEEDED(426, "BadArgument", "BTN-1033", "WebSocket expected"),
  TOO_MANY(429, "TooManyRequests", "BTN-1034", "Too many tokens"),
  INTERNAL(500, "ServiceError", "BTN-1050", "Internal error"),
  STOPPING(503, "ServiceError", "BTN-1051", "Shutting down");

  final int status;
  final String code;
  final String number;
  final String title;

  Problem(int status, String code, String number, String title) {
    this.status = status;
    this.code = code;
    this.number = number;
    this.title = title;
  }

  /**
   * @param detail cause and remedy, safe to show to a client
   */
  DirectLineException with(String detail) {
    return new DirectLineException(status, code, number, detail);
  }

  /** The title for a problem number; numbers of other parts have none here. */
  static String titleOf(DirectLineException e) {
    for (Problem problem : values()) {
      if (problem.number.equals(e.problem())) {
        return problem.title;
      }
    }
    return e.code();
  }
}
