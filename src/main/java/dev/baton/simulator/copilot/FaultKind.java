package dev.baton.simulator.copilot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What can be made to go wrong. Each is something that the real service was seen to do. */
public enum FaultKind {
  /** The answer comes late. Applies to every call. */
  SLOW("the answer comes late, see delay"),
  /** 429 with Retry-After; the call did nothing. Applies to every call. */
  THROTTLED("429 with Retry-After, the call did nothing", "429"),
  /** 500; the call did nothing. Applies to every call. */
  SERVER_ERROR("500, the call did nothing", "500"),
  /** 503; the call did nothing. Applies to every call. */
  UNAVAILABLE("503, the call did nothing", "503"),
  /** 502 to a post although the bot has the message and answers. */
  BAD_GATEWAY("502 to a post although the bot has the message and answers", "502"),
  /** 504 to a post although the bot has the message and answers. */
  GATEWAY_TIMEOUT("504 to a post although the bot has the message and answers", "504"),
  /** 204 without a body to a post: accepted, but no id. */
  NO_BODY("204 without a body to a post that was accepted", "204"),
  /** 403 TokenExpired; the token is refused from then on. Calls with the secret are spared. */
  TOKEN_EXPIRED("403 TokenExpired, for this token from then on", "403", "expired"),
  /** The connection breaks before the answer; the call has been carried out. Every call. */
  CONNECTION_RESET("the connection breaks after the call was carried out", "reset"),
  /** The WebSocket breaks instead of delivering the next activities. */
  SOCKET_DROP("the WebSocket breaks instead of delivering", "drop"),
  /** The whole history comes (again) before the next activities, by socket and by GET. */
  HISTORY_REPLAY("the whole history is sent again", "replay"),
  /** The watermark falls back to 0. */
  WATERMARK_RESET("the watermark falls back to 0", "watermark"),
  /** The watermark is a JSON number. */
  NUMERIC_WATERMARK("the watermark is a JSON number", "numeric"),
  /** The same activities come twice. */
  DUPLICATE("the same activities come twice", "twice"),
  /** Two sets (socket) or the activities of one set (GET) come in the wrong order. */
  OUT_OF_ORDER("activities come in the wrong order", "disorder"),
  /** The bot asks for a human twice, with two ids. */
  DUPLICATE_HANDOFF("the bot asks for a human twice, with two ids", "handoff");

  private final String description;
  private final List<String> aliases;

  FaultKind(String description, String... aliases) {
    this.description = description;
    this.aliases = List.of(aliases);
  }

  /** Name in commands and JSON, for example {@code bad-gateway}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One line for people. */
  public String description() {
    return description;
  }

  /** Shorter names that are understood too, such as {@code 502}. */
  public List<String> aliases() {
    return aliases;
  }

  static FaultKind of(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return Stream.of(values())
        .filter(kind -> kind.id().equals(wanted) || kind.aliases.contains(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new SimulatorException(
                    "BTN-4703",
                    "There is no fault '%s'; there are: %s"
                        .formatted(
                            name,
                            String.join(", ", Stream.of(values()).map(FaultKind::id).toList())),
                    null));
  }
}
