package dev.baton.channel.genesys.widget;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Why the widget shows nothing; the message says what helps. */
final class WidgetProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Kind kind;

  enum Kind {
    NO_LINK(401, "BTN-1200", "No link"),
    WRONG_SIGNATURE(403, "BTN-1201", "Wrong signature"),
    EXPIRED(401, "BTN-1202", "Link expired"),
    NOT_HERE(404, "BTN-1203", "No such handoff"),
    NO_WIDGET(404, "BTN-1204", "No widget"),
    TOKEN_REFUSED(401, "BTN-1205", "Token refused"),
    NOT_THE_AGENT(403, "BTN-1206", "Not the agent"),
    GENESYS_FAILED(502, "BTN-1207", "Genesys Cloud did not answer"),
    BAD_REQUEST(400, "BTN-1208", "Bad request"),
    TOO_MANY(503, "BTN-1209", "Too much at once");

    final int status;
    final String code;
    final String title;

    Kind(int status, String code, String title) {
      this.status = status;
      this.code = code;
      this.title = title;
    }
  }

  WidgetProblem(Kind kind, String detail) {
    super(detail, null, false, false);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "about:blank")
        .put("title", kind.title)
        .put("status", kind.status)
        .put("code", kind.code)
        .put("detail", getMessage());
  }
}
