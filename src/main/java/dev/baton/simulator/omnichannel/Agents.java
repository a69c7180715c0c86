package dev.baton.simulator.omnichannel;

import dev.baton.simulator.omnichannel.OmnichannelConversation.State;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What representatives do. Each method returns the webhook's last status. */
public final class Agents {
  private final OmnichannelSimulator omnichannel;

  Agents(OmnichannelSimulator omnichannel) {
    this.omnichannel = omnichannel;
  }

  /** Is chosen, and accepts. */
  public Future<Integer> accept(OmnichannelConversation conversation, String name) {
    conversation.agent(name);
    conversation.state(State.ACTIVE);
    return lifecycle(conversation, "AgentAssigned")
        .compose(status -> lifecycle(conversation, "AgentAccepted"));
  }

  /** A message of the agent; the id of the last one when it is to be told again. */
  public Future<Integer> say(OmnichannelConversation conversation, String text) {
    return omnichannel.tell(conversation, message(conversation, text));
  }

  /** A message that is told several times, as it happens when answers are slow. */
  public Future<Integer> say(OmnichannelConversation conversation, String text, int times) {
    JsonObject message = message(conversation, text);
    Future<Integer> told = omnichannel.tell(conversation, message);
    for (int i = 1; i < times; i++) {
      told = told.compose(status -> omnichannel.tell(conversation, message));
    }
    return told;
  }

  /** A file. */
  public Future<Integer> sends(
      OmnichannelConversation conversation, String contentType, String url, String name) {
    JsonObject message = message(conversation, null);
    message.remove("text");
    message.put(
        "attachments",
        new JsonArray()
            .add(
                new JsonObject()
                    .put("contentType", contentType)
                    .put("contentUrl", url)
                    .putNull("content")
                    .put("name", name)
                    .putNull("thumbnailUrl")));
    return omnichannel.tell(conversation, message);
  }

  /** What the platform says by itself, such as the link to a survey. */
  public Future<Integer> automated(OmnichannelConversation conversation, String text) {
    JsonObject message = message(conversation, text);
    message.remove("from");
    message.put(
        "channelData",
        new JsonObject().put("messagingapi-oc", new JsonObject().put("type", "AutomatedMessage")));
    return omnichannel.tell(conversation, message);
  }

  public Future<Integer> types(OmnichannelConversation conversation) {
    return omnichannel.tell(
        conversation,
        new JsonObject()
            .put("type", "typing")
            .put("channelId", "MessagingApi")
            .put("conversation", new JsonObject().put("id", conversation.id()))
            .put("recipient", new JsonObject().put("id", conversation.customerId())));
  }

  /** To another representative. */
  public Future<Integer> transfer(OmnichannelConversation conversation, String to) {
    return lifecycle(conversation, "TransferToAgentInitiated")
        .compose(
            status -> {
              conversation.agent(to);
              return lifecycle(conversation, "TransferAgentAcceptSession");
            });
  }

  /** Closes the window: the conversation waits, it is not over. */
  public Future<Integer> leave(OmnichannelConversation conversation) {
    conversation.state(State.WAITING);
    return lifecycle(conversation, "AgentEndSession");
  }

  /** Ends the conversation. */
  public Future<Integer> end(OmnichannelConversation conversation) {
    conversation.state(State.CLOSED);
    return lifecycle(conversation, "PrimaryAgentEndConversation")
        .compose(status -> lifecycle(conversation, "ConversationClose"));
  }

  /** Nobody works now. */
  public Future<Integer> outOfHours(OmnichannelConversation conversation) {
    conversation.state(State.CLOSED);
    return lifecycle(conversation, "OutOfOperatingHoursDueToNonWorkingHours");
  }

  /** Any event by name. */
  public Future<Integer> lifecycle(OmnichannelConversation conversation, String name) {
    JsonObject event =
        new JsonObject()
            .put("id", Long.toString(omnichannel.clock.incrementAndGet()))
            .put("channelId", OmnichannelSimulator.CHANNEL_ID)
            .put("conversation", new JsonObject().put("id", conversation.id()));
    if (conversation.agent() != null) {
      event.put("from", from(conversation));
    }
    switch (omnichannel.options.names()) {
      case MESSAGE ->
          event
              .put("type", "message")
              .put("name", name)
              .put("text", "EventName: **_" + name + "_**");
      case EVENT -> event.put("type", "event").put("name", name);
      case TEXT -> event.put("type", "message").put("text", "EventName: **_" + name + "_**");
    }
    return omnichannel.tell(conversation, event);
  }

  private JsonObject message(OmnichannelConversation conversation, String text) {
    return new JsonObject()
        .put("type", "message")
        .put("id", Long.toString(omnichannel.clock.incrementAndGet()))
        .put("channelId", OmnichannelSimulator.CHANNEL_ID)
        .put("from", from(conversation))
        .put("conversation", new JsonObject().put("id", conversation.id()))
        .put("textFormat", "markdown")
        .put("text", text);
  }

  private static JsonObject from(OmnichannelConversation conversation) {
    String name = conversation.agent() == null ? "Representative" : conversation.agent();
    return new JsonObject().put("id", "id-" + name).put("name", name);
  }
}
