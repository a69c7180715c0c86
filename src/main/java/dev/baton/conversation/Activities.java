package dev.baton.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Makes the activities that leave the core. The activities given are never changed. */
final class Activities {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * The member of {@code channelData} where Baton says who speaks and what the activity was before.
   */
  static final String MARK = "baton";

  private Activities() {}

  /** {@code <conversation>|<7 digits>}, the form that Direct Line clients know. */
  static String streamId(String conversation, long number) {
    return String.format(Locale.ROOT, "%s|%07d", conversation, number);
  }

  /** What the customer sent, as the customer's own stream shows it. */
  static ObjectNode echo(Conversation c, ObjectNode activity) {
    ObjectNode echo = activity.deepCopy();
    ObjectNode from =
        echo.path("from").isObject() ? (ObjectNode) echo.get("from") : echo.putObject("from");
    if (!from.hasNonNull("id")) {
      from.put("id", c.customer().id());
    }
    from.put("role", "user");
    mark(echo, "customer", null);
    return echo;
  }

  /** What the bot said, as the customer's stream shows it. */
  static ObjectNode fromBot(ObjectNode activity) {
    ObjectNode copy = activity.deepCopy();
    // It names an activity of the bot's side; clients hold back answers to activities that they do
    // not know.
    copy.remove("replyToId");
    copy.remove("recipient");
    copy.remove("serviceUrl");
    ObjectNode from =
        copy.path("from").isObject() ? (ObjectNode) copy.get("from") : copy.putObject("from");
    if (!from.hasNonNull("id")) {
      from.put("id", "bot");
    }
    from.put("role", "bot");
    strict(copy);
    mark(copy, "bot", activity.path("id").asText(null));
    String replyTo = activity.path("replyToId").asText(null);
    if (replyTo != null && copy.at("/channelData/" + MARK) instanceof ObjectNode mark) {
      mark.put("replyTo", replyTo);
    }
    return copy;
  }

  /**
   * Bots and hubs leave out whom suggested actions are for, and write nulls into attachments. Most
   * clients do not mind; Microsoft's validator (npm {@code @microsoft/agents-activity}) does.
   */
  private static void strict(ObjectNode activity) {
    if (activity.path("suggestedActions") instanceof ObjectNode suggested
        && !suggested.path("to").isArray()) {
      suggested.putArray("to"); // everybody
    }
    for (JsonNode attachment : activity.path("attachments")) {
      if (attachment instanceof ObjectNode object) {
        object.properties().removeIf(member -> member.getValue().isNull());
      }
    }
  }

  /** The bot's request for a human, for a channel that brings its own. */
  static ObjectNode escalation(ObjectNode activity, String handoffId) {
    ObjectNode copy = fromBot(activity);
    ObjectNode data =
        copy.path("channelData") instanceof ObjectNode known
            ? known
            : copy.putObject("channelData");
    ObjectNode mark = data.path(MARK) instanceof ObjectNode known ? known : data.putObject(MARK);
    mark.put("speaker", "bot").put("handoff", handoffId);
    return copy;
  }

  /** What the hub or its agent said. */
  static ObjectNode fromHub(String hub, Event.HubSaid said) {
    ObjectNode activity = message(said.text());
    if ("markdown".equalsIgnoreCase(said.format())) {
      activity.put("textFormat", "markdown");
    }
    if (said.attachments() != null
        && said.attachments().isArray()
        && !said.attachments().isEmpty()) {
      activity.set("attachments", said.attachments().deepCopy());
    }
    if (said.suggestedActions() != null
        && said.suggestedActions().path("actions").elements().hasNext()) {
      activity.set("suggestedActions", said.suggestedActions().deepCopy());
    }
    strict(activity);
    Agent agent = said.agent();
    ObjectNode from = activity.putObject("from");
    from.put(
        "id",
        agent != null && agent.id() != null
            ? "agent-" + agent.id()
            : hub == null ? "hub" : "hub-" + hub);
    if (agent != null && agent.name() != null) {
      from.put("name", agent.name());
    }
    from.put("role", "bot");
    mark(activity, agent == null ? "system" : "agent", said.messageId());
    return activity;
  }

  /** What Baton itself says. */
  static ObjectNode system(TextKey key, String text, String locale) {
    ObjectNode activity = message(text);
    if (locale != null) {
      activity.put("locale", locale);
    }
    activity.putObject("from").put("id", "baton").put("role", "bot");
    mark(activity, "system", key.key());
    return activity;
  }

  /** What Baton asks, with answers that a canvas may show as buttons. */
  static ObjectNode question(TextKey key, String text, String locale, List<String> answers) {
    ObjectNode activity = system(key, text, locale);
    activity.put("textFormat", "markdown").put("inputHint", "expectingInput");
    if (!answers.isEmpty()) {
      ArrayNode actions = activity.putObject("suggestedActions").putArray("actions");
      answers.forEach(
          answer ->
              actions.addObject().put("type", "imBack").put("title", answer).put("value", answer));
      strict(activity);
    }
    return activity;
  }

  static ObjectNode endOfConversation(String code) {
    ObjectNode activity = JSON.objectNode().put("type", "endOfConversation").put("code", code);
    activity.putObject("from").put("id", "baton").put("role", "bot");
    return activity;
  }

  /** What the customer sent, as it is posted to the bot. */
  static ObjectNode toBot(Conversation c, ObjectNode activity, String streamId) {
    ObjectNode copy = activity.deepCopy();
    copy.remove("id");
    copy.remove("timestamp");
    copy.remove("conversation");
    copy.set("from", customer(c));
    if (!copy.hasNonNull("locale") && c.locale() != null) {
      copy.put("locale", c.locale());
    }
    JsonNode data = copy.get("channelData");
    if (streamId != null && (data == null || data.isNull() || data.isObject())) {
      ObjectNode object =
          data != null && data.isObject() ? (ObjectNode) data : copy.putObject("channelData");
      object.putObject(MARK).put("id", streamId);
    }
    return copy;
  }

  static ObjectNode botStart(Conversation c, ObjectNode context, boolean fresh) {
    ObjectNode body = JSON.objectNode();
    ObjectNode user = body.putObject("user").put("id", c.customer().id());
    if (c.customer().name() != null) {
      user.put("name", c.customer().name());
    }
    if (c.locale() != null) {
      body.put("locale", c.locale());
    }
    if (context != null) {
      body.set("context", context.deepCopy());
    }
    if (fresh) {
      body.put("fresh", true);
    }
    return body;
  }

  /**
   * {@code handoff.status}; source: Bot Framework, "Transition conversations from bot to human".
   */
  static ObjectNode status(Conversation c, String state, String message) {
    ObjectNode activity = JSON.objectNode().put("type", "event").put("name", "handoff.status");
    activity.set("from", customer(c));
    ObjectNode value = activity.putObject("value").put("state", state);
    if (message != null) {
      value.put("message", message);
    }
    return activity;
  }

  static ObjectNode botEnd(Conversation c) {
    ObjectNode activity = JSON.objectNode().put("type", "endOfConversation");
    activity.set("from", customer(c));
    return activity;
  }

  /** Gives an activity its place in the customer's stream. */
  static ObjectNode placed(Conversation c, ObjectNode activity, long number, Instant now) {
    activity.put("id", streamId(c.id(), number));
    activity.put("timestamp", Timestamps.text(now));
    activity.put("channelId", "directline");
    activity.putObject("conversation").put("id", c.id());
    return activity;
  }

  private static ObjectNode customer(Conversation c) {
    ObjectNode from = JSON.objectNode().put("id", c.customer().id());
    if (c.customer().name() != null) {
      from.put("name", c.customer().name());
    }
    return from.put("role", "user");
  }

  private static ObjectNode message(String text) {
    ObjectNode activity = JSON.objectNode().put("type", "message");
    if (text != null) {
      activity.put("text", text);
    }
    return activity.put("textFormat", "plain");
  }

  private static void mark(ObjectNode activity, String speaker, String source) {
    JsonNode data = activity.get("channelData");
    if (data != null && !data.isNull() && !data.isObject()) {
      return; // the sender's own form must pass unchanged
    }
    ObjectNode object =
        data instanceof ObjectNode known ? known : activity.putObject("channelData");
    ObjectNode mark = object.putObject(MARK).put("speaker", speaker);
    if (source != null) {
      mark.put("source", source);
    }
  }
}
