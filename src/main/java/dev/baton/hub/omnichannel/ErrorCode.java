package dev.baton.hub.omnichannel;

import java.util.Optional;

/**
 * The codes that the Messaging API puts into the bodies of its errors, and what follows. Source:
 * Microsoft, "Error handling" of the Messaging API.
 */
enum ErrorCode {
  ORGANISATION_INVALID(30001, Then.SETUP),
  CHANNEL_INVALID(30002, Then.SETUP),
  NOT_SUPPORTED(30003, Then.SETUP),
  CHANNEL_MISSING(30004, Then.SETUP),
  CONVERSATION_INVALID(30005, Then.GONE),
  TIMESTAMP_INVALID(30006, Then.REFUSED),
  CONVERSATION_PAGE_SIZE(30007, Then.REFUSED),
  MESSAGE_PAGE_SIZE(30008, Then.REFUSED),
  CONTINUATION_TOKEN(30009, Then.REFUSED),
  TOO_MANY_CONTEXT_ENTRIES(30010, Then.FEWER_ENTRIES),
  TEXT_TOO_LONG(30011, Then.REFUSED),
  BODY_MALFORMED(30012, Then.REFUSED),
  CONVERSATION_MISSING(30013, Then.GONE),
  NO_WORKSTREAM(30014, Then.SETUP),
  SERIALISATION(30015, Then.AGAIN),
  NEITHER_TEXT_NOR_ATTACHMENT(30016, Then.REFUSED);

  /** What the core does next. */
  enum Then {
    /** The set-up is wrong: the handoff fails at once, trying again cannot help. */
    SETUP,
    /** The conversation is over. */
    GONE,
    /** This one request will never be taken; others will. */
    REFUSED,
    /** The least important entries go, and it is asked once more. */
    FEWER_ENTRIES,
    /** Tried again with back-off. */
    AGAIN
  }

  private final int code;
  private final Then then;

  ErrorCode(int code, Then then) {
    this.code = code;
    this.then = then;
  }

  int code() {
    return code;
  }

  Then then() {
    return then;
  }

  static Optional<ErrorCode> of(Integer code) {
    for (ErrorCode known : values()) {
      if (code != null && known.code == code) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }
}
