package dev.baton.channel.turn;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * What turn detection needs to know of one activity of the bot.
 *
 * @param kind what it means for the turn
 * @param replyToId id of the activity that it answers, or null
 * @param hint what the bot says about further input; {@link Hint#NONE} when it says nothing
 * @param suggests whether it offers suggested actions
 * @param timestamp the service's time of it, or null
 */
public record TurnActivity(
    Kind kind, String replyToId, Hint hint, boolean suggests, Instant timestamp) {

  /** What an activity means for the turn. */
  public enum Kind {
    /** Something that the customer gets to see. */
    CONTENT,
    TYPING,
    /** One of the configured events, such as {@code handoff.initiate}. */
    FINAL_EVENT,
    /** {@code endOfConversation}. */
    END,
    /** Anything else, such as other events and traces: the bot is at work. */
    OTHER
  }

  /** {@code inputHint} in both of its spellings. */
  public enum Hint {
    EXPECTING,
    IGNORING,
    NONE
  }

  /** Reads an activity leniently: unknown fields and values are no error. */
  public static TurnActivity of(Map<?, ?> activity, TurnRules rules) {
    String type = text(activity, "type");
    Kind kind =
        switch (type == null ? "" : type) {
          case "message" -> isShown(activity) ? Kind.CONTENT : Kind.OTHER;
          case "typing" -> Kind.TYPING;
          case "endOfConversation" -> Kind.END;
          case "event" ->
              rules.finalEvents().contains(String.valueOf(activity.get("name")))
                  ? Kind.FINAL_EVENT
                  : Kind.OTHER;
          default -> Kind.OTHER;
        };
    boolean suggests =
        activity.get("suggestedActions") instanceof Map<?, ?> suggested
            && isFilled(suggested.get("actions"));
    return new TurnActivity(
        kind,
        text(activity, "replyToId"),
        hint(text(activity, "inputHint")),
        suggests,
        time(text(activity, "timestamp")));
  }

  private static boolean isShown(Map<?, ?> message) {
    String text = text(message, "text");
    return text != null && !text.isBlank()
        || isFilled(message.get("attachments"))
        || message.get("suggestedActions") instanceof Map<?, ?> suggested
            && isFilled(suggested.get("actions"));
  }

  private static boolean isFilled(Object list) {
    return list instanceof Collection<?> items && !items.isEmpty();
  }

  private static Hint hint(String value) {
    return switch (value == null ? "" : value.toLowerCase(Locale.ROOT)) {
      case "expectinginput", "expecting" -> Hint.EXPECTING;
      case "ignoringinput", "ignoring" -> Hint.IGNORING;
      default -> Hint.NONE;
    };
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String value ? value : null;
  }

  private static Instant time(String value) {
    try {
      return value == null ? null : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      return null; // a turn can be judged without it
    }
  }
}
