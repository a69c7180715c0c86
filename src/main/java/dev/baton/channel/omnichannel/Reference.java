package dev.baton.channel.omnichannel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where replies of one conversation go.
 *
 * @param serviceUrl without a slash at the end; taken from a verified activity only
 * @param conversation the Bot Connector's conversation id
 * @param channel its channel id
 * @param bot account that the bot has there; as JSON
 * @param customer account of the customer; as JSON
 */
record Reference(
    String serviceUrl, String conversation, String channel, JsonNode bot, JsonNode customer) {

  static Reference of(JsonNode activity) {
    return new Reference(
        activity.path("serviceUrl").asText("").replaceAll("/+$", ""),
        activity.at("/conversation/id").asText(),
        activity.path("channelId").asText(null),
        account(activity.path("recipient")),
        account(activity.path("from")));
  }

  /** Only what belongs to an account; roles may be numbers here. */
  private static JsonNode account(JsonNode account) {
    ObjectNode copy = Trees.JSON.createObjectNode();
    for (String name : new String[] {"id", "name"}) {
      if (account.hasNonNull(name)) {
        copy.put(name, account.get(name).asText());
      }
    }
    return copy;
  }

  String json() {
    return Trees.JSON.valueToTree(this).toString();
  }

  static Reference read(String json) {
    try {
      return Trees.JSON.readValue(json, Reference.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A reference cannot be read", e);
    }
  }

  /** The activity as it is sent: with who says it to whom, where. */
  ObjectNode address(ObjectNode activity) {
    activity.set("from", bot);
    activity.set("recipient", customer);
    activity.putObject("conversation").put("id", conversation);
    if (channel != null) {
      activity.put("channelId", channel);
    }
    return activity;
  }
}
