package dev.baton.simulator.omnichannel;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What the Messaging API demands of an activity. Source: Microsoft, "Send messages". */
final class ActivityRules {
  private static final int LONGEST_TEXT = 6_000;
  private static final int LONGEST_FROM = 256;

  /**
   * @param code of the Messaging API
   */
  record Refusal(int code, String detail) {}

  private ActivityRules() {}

  /** Why the activity is refused, or null. */
  static Refusal refusal(JsonObject activity) {
    try {
      return switch (activity.getString("type", "")) {
        case "message" -> message(activity);
        case "typing" ->
            isEmpty(activity.getJsonObject("from"), "name")
                ? new Refusal(30012, "typing needs from.name and conversation.id")
                : conversation(activity);
        case "endOfConversation" -> conversation(activity);
        case "event" -> event(activity);
        default -> new Refusal(30003, "The operation is not supported");
      };
    } catch (ClassCastException e) {
      return new Refusal(30012, "The request body is malformed");
    }
  }

  private static Refusal conversation(JsonObject activity) {
    return isEmpty(activity.getJsonObject("conversation"), "id")
        ? new Refusal(30012, "conversation.id is missing")
        : null;
  }

  private static Refusal message(JsonObject activity) {
    String text = activity.getString("text");
    if (text == null && activity.getJsonArray("attachments", new JsonArray()).isEmpty()) {
      return new Refusal(30016, "Neither text nor attachments");
    }
    if (text != null && text.length() > LONGEST_TEXT) {
      return new Refusal(30011, "The text is too long");
    }
    JsonObject from = activity.getJsonObject("from", new JsonObject());
    boolean fits =
        from.getString("id", "").length() <= LONGEST_FROM
            && from.getString("name", "").length() <= LONGEST_FROM;
    return fits ? null : new Refusal(30012, "from.id and from.name have at most 256 characters");
  }

  private static Refusal event(JsonObject activity) {
    if ("MessageRead".equals(activity.getString("name"))) {
      return isEmpty(activity.getJsonObject("value"), "messageId")
          ? new Refusal(30012, "MessageRead needs value.messageId")
          : null;
    }
    JsonObject data = activity.getJsonObject("channelData", new JsonObject());
    boolean custom =
        Boolean.TRUE.equals(data.getBoolean("customEvent"))
            && !isEmpty(activity, "name")
            && !isEmpty(data, "customEventName")
            && isJson(data.getString("customEventValue"));
    return custom ? null : new Refusal(30003, "The event is not supported");
  }

  private static boolean isJson(String text) {
    try {
      return text != null && Json.decodeValue(text) != null;
    } catch (DecodeException e) {
      return false;
    }
  }

  private static boolean isEmpty(JsonObject object, String name) {
    return object == null || object.getString(name, "").isEmpty();
  }
}
