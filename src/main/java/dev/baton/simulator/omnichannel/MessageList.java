package dev.baton.simulator.omnichannel;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What the Messaging API tells of a conversation for diagnosis. */
final class MessageList {
  private MessageList() {}

  /** Both sides' messages; typing and custom events are not kept by the vendor either. */
  static List<JsonObject> of(OmnichannelConversation conversation) {
    return conversation.lines().stream()
        .map(line -> line.getJsonObject("activity"))
        .filter(activity -> "message".equals(activity.getString("type")))
        .map(activity -> activity.copy().put("messageId", activity.getString("id")))
        .toList();
  }

  static JsonArray context(OmnichannelConversation conversation) {
    JsonArray context = new JsonArray();
    conversation
        .request()
        .getJsonObject("conversationcontext", new JsonObject())
        .forEach(
            item ->
                context.add(
                    new JsonObject()
                        .put("name", item.getKey())
                        .put("value", ((JsonObject) item.getValue()).getString("value"))));
    return context;
  }
}
