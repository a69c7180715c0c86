package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What ServiceNow posted, read leniently. The echoed {@code message} is the customer's own and is
 * not read at all. Source: Virtual Agent Bot Integration API, response body.
 *
 * @param requestId of the last request of the customer; neither unique nor complete
 * @param sessionId {@code clientSessionId}, or what Baton put into {@code clientVariables}; null
 *     when neither is there
 * @param generation from {@code clientVariables}, or null
 * @param agentChat the conversation is with Agent Chat, though perhaps with no agent yet
 * @param completed the conversation is over
 * @param takeControl ServiceNow gave up
 * @param score confidence of the language understanding, or null; 0 means not understood
 * @param streamEnd the answer that was being streamed is complete
 * @param items of {@code body}, in order
 */
record Callback(
    String requestId,
    String sessionId,
    Integer generation,
    String userId,
    boolean agentChat,
    boolean completed,
    boolean takeControl,
    Double score,
    String interactionId,
    boolean streamEnd,
    List<Map<String, Object>> items) {

  /** Names in {@code clientVariables}. */
  static final String SESSION = "batonSession";

  static final String GENERATION = "batonGeneration";

  private static final Set<String> BUSY =
      Set.of("starttypingindicator", "startspinner", "dynamicloader");

  private static final Set<String> QUESTIONS =
      Set.of(
          "topicpickercontrol",
          "picker",
          "boolean",
          "inputtext",
          "fileupload",
          "date",
          "time",
          "datetime");

  static Callback of(Map<String, Object> json) {
    Fields fields = Fields.of(json);
    Fields variables = Fields.of(fields.raw("clientVariables"));
    String session = fields.text("clientSessionId");
    return new Callback(
        fields.text("requestId"),
        session == null ? variables.text(SESSION) : session,
        variables.number(GENERATION),
        fields.text("userId"),
        fields.flag("agentChat", false),
        fields.flag("completed", false),
        fields.flag("takeControl", false),
        decimal(fields.text("score")),
        fields.text("interactionId"),
        "END".equals(fields.word("streamState")),
        items(fields.raw("body")));
  }

  /** A list, a single object, or nothing. */
  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> items(Object body) {
    List<Map<String, Object>> items = new ArrayList<>();
    for (Object item :
        body instanceof List<?> list ? list : body == null ? List.of() : List.of(body)) {
      if (item instanceof Map<?, ?> map) {
        items.add((Map<String, Object>) map);
      } else if (item instanceof String text && !text.isBlank()) {
        items.add(Map.of("uiType", "OutputText", "value", text));
      }
    }
    return List.copyOf(items);
  }

  private static Double decimal(String text) {
    try {
      return text == null ? null : Double.valueOf(text.trim());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Whether the answer is the bot's "I do not understand", or its menu. */
  boolean isBotsMenu() {
    return (score != null && score == 0)
        || items.stream().anyMatch(item -> "topicpickercontrol".equals(uiType(item)));
  }

  /** Whether it only says that the bot is at work: its turn goes on. */
  boolean isOnlyBusy() {
    return !items.isEmpty()
        && items.stream()
            .allMatch(
                item ->
                    "actionmsg".equals(uiType(item))
                        && BUSY.contains(actionType(item))
                        && !"WAIT_TIME".equals(Fields.of(item).word("spinnerType")));
  }

  /** Whether the bot waits for an answer now, or only created the conversation. */
  boolean endsTurn() {
    return items.stream()
        .anyMatch(
            item ->
                QUESTIONS.contains(uiType(item))
                    || ("actionmsg".equals(uiType(item))
                        && "createconversation".equals(actionType(item))));
  }

  /** Whether it answers the request that opened the conversation, not a later one. */
  boolean answersOpening() {
    return requestId != null && sessionId != null && requestId.startsWith(sessionId + "-open-");
  }

  /** The control's type in lower case; empty when there is none. */
  static String uiType(Map<String, Object> item) {
    String type = Fields.of(item).text("uiType");
    return type == null ? "" : type.trim().toLowerCase(Locale.ROOT);
  }

  /** An {@code ActionMsg}'s type in lower case, whichever of its two spellings was sent. */
  static String actionType(Map<String, Object> item) {
    String type = Fields.of(item).text("actionType");
    String lower = type == null ? "" : type.trim().toLowerCase(Locale.ROOT);
    return lower.endsWith("actionmsg")
        ? lower.substring(0, lower.length() - "actionmsg".length())
        : lower;
  }

  /** Whether an item is this action; in lower case, without {@code ActionMsg}. */
  static boolean is(Map<String, Object> item, String action) {
    return "actionmsg".equals(uiType(item)) && action.equals(actionType(item));
  }
}
