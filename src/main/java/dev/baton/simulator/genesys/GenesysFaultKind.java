package dev.baton.simulator.genesys;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What the simulated Genesys Cloud can do wrong. */
public enum GenesysFaultKind {
  SLOW("slow", "the call is carried out and answered late (delay)"),
  THROTTLED("throttled", "429 with Retry-After (retryAfter); the call did nothing"),
  SERVER_ERROR("server-error", "500; the call did nothing"),
  UNAVAILABLE("unavailable", "503; the call did nothing"),
  BAD_GATEWAY("bad-gateway", "502, although the call was carried out"),
  GATEWAY_TIMEOUT("gateway-timeout", "504, although the call was carried out"),
  CONNECTION_RESET("connection-reset", "the connection breaks after the call was carried out"),
  CONNECTION_REFUSED("connection-refused", "the connection breaks before the call is read"),
  TOKEN_EXPIRED("token-expired", "401 for that token from then on"),
  FORBIDDEN("forbidden", "403: a permission is missing; the call did nothing"),
  NOT_FOUND("not-found", "404; the call did nothing"),
  NO_CONVERSATION_ID("no-conversation-id", "prefetchConversationId is not honoured"),
  WEBHOOK_TWICE("webhook-twice", "a message is posted to the webhook twice, with the same id"),
  WEBHOOK_LATE("webhook-late", "a message is posted only after the next one"),
  WEBHOOK_LOST("webhook-lost", "a message is never posted to the webhook"),
  WEBHOOK_WRONG_KEY("webhook-wrong-key", "the webhook is signed with another key"),
  WEBHOOK_HEX("webhook-hex", "the signature is in hexadecimal in place of Base64"),
  WEBHOOK_UNSIGNED("webhook-unsigned", "the webhook carries no signature"),
  SOCKET_DROP("socket-drop", "the socket breaks in place of an event; the event is lost"),
  EVENT_LOST("event-lost", "an event of a topic is not sent"),
  EVENT_TWICE("event-twice", "an event of a topic is sent twice"),
  NO_HEARTBEAT("no-heartbeat", "a heartbeat, or the answer to a ping, is left out"),
  CHANNEL_GONE("channel-gone", "the channel is forgotten when its socket is opened");

  private final String id;
  private final String description;

  GenesysFaultKind(String id, String description) {
    this.id = id;
    this.description = description;
  }

  /** As written in orders. */
  public String id() {
    return id;
  }

  public String description() {
    return description;
  }

  /**
   * @throws GenesysSimulatorException when there is no such kind
   */
  public static GenesysFaultKind of(String id) {
    return Arrays.stream(values())
        .filter(kind -> kind.id.equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(
            () ->
                new GenesysSimulatorException(
                    "BTN-4782",
                    "There is no fault '%s'; there are %s"
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(GenesysFaultKind::id)
                                .collect(Collectors.joining(", ")))));
  }
}
