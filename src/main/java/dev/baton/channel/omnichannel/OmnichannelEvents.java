package dev.baton.channel.omnichannel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.journal.DocumentStore;
import dev.baton.journal.Journal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;

/**
 * Bean {@code omnichannelEvents}: what an activity of the Bot Connector is for the journal. The
 * conversation begins with the context event, or with the first message where none came.
 */
public final class OmnichannelEvents {
  static final String CHANNEL = "omnichannel";
  static final String REFERENCES = "omnichannel-reference";

  private final Journal journal;
  private final DocumentStore documents;

  OmnichannelEvents(Journal journal, DocumentStore documents) {
    this.journal = journal;
    this.documents = documents;
  }

  /**
   * Events in order, each {@code {event, conversation, sourceId, body}}; none for what a bot need
   * not know. Where replies go is durable before it returns.
   */
  public List<Map<String, Object>> of(@Body JsonNode activity, String bot) {
    Reference reference = Reference.of(activity);
    String conversation = conversation(bot, reference.conversation());
    boolean known = journal.find(conversation).isPresent();
    List<Map<String, Object>> events = new ArrayList<>();
    Optional<ObjectNode> context = ContextEvent.of(activity);
    if (context.isPresent()) {
      remember(conversation, reference);
      if (known) {
        events.add(event("customer.said", conversation, activity, contextActivity(context.get())));
      } else {
        events.add(started(bot, conversation, activity, context.get()));
      }
      return events;
    }
    switch (activity.path("type").asText().toLowerCase(java.util.Locale.ROOT)) {
      case "message" -> {
        if (isHidden(activity)) {
          return List.of();
        }
        remember(conversation, reference);
        if (!known) {
          events.add(started(bot, conversation, activity, null));
        }
        events.add(event("customer.said", conversation, activity, message(activity)));
      }
      case "endofconversation" -> {
        if (known) {
          events.add(event("customer.left", conversation, activity, end()));
        }
      }
      default -> {
        return List.of(); // typing, members, reactions: nothing that a bot here can answer
      }
    }
    return events;
  }

  /** The same on every node and after every restart. */
  static String conversation(String bot, String connectorId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((bot + "\n" + connectorId).getBytes(StandardCharsets.UTF_8));
      return "oc" + HexFormat.of().formatHex(hash).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private void remember(String conversation, Reference reference) {
    String json = reference.json();
    if (!documents.get(REFERENCES, conversation).filter(json::equals).isPresent()) {
      documents.put(REFERENCES, conversation, conversation, json).join();
    }
  }

  /** What representatives say among themselves, and the platform's own. */
  private static boolean isHidden(JsonNode activity) {
    String tags = ContextEvent.tags(activity);
    return tags.contains("Hidden") || tags.contains("FromAgent");
  }

  private static Map<String, Object> started(
      String bot, String conversation, JsonNode activity, ObjectNode context) {
    ObjectNode body = Trees.JSON.createObjectNode();
    body.put("bot", bot).put("channel", CHANNEL);
    String name = context == null ? null : ContextEvent.customerName(context);
    ObjectNode customer = body.putObject("customer");
    customer.put("id", activity.at("/from/id").asText(conversation));
    customer.put("name", name != null ? name : activity.at("/from/name").asText(null));
    String locale = activity.path("locale").asText(context == null ? null : locale(context));
    body.put("locale", locale);
    if (context != null) {
      body.set("context", context);
    }
    return event("customer.started", conversation, "start", body);
  }

  private static String locale(ObjectNode context) {
    return context.path("msdyn_locale").asText(context.path("va_CustomerLocale").asText(null));
  }

  private static ObjectNode contextActivity(ObjectNode context) {
    ObjectNode event = Trees.JSON.createObjectNode();
    event.put("type", "event").put("name", "omnichannelSetContext").set("value", context);
    return event;
  }

  private static ObjectNode message(JsonNode activity) {
    ObjectNode message = Trees.JSON.createObjectNode().put("type", "message");
    for (String name : new String[] {"text", "textFormat", "locale", "attachments", "value"}) {
      if (activity.hasNonNull(name)) {
        message.set(name, activity.get(name));
      }
    }
    if (!message.has("text") && !message.has("attachments")) {
      message.put("text", fileNames(activity)); // their content is only for the bot's own token
    }
    return message;
  }

  private static String fileNames(JsonNode activity) {
    JsonNode files = ContextEvent.channelData(activity).path("amsMetadata");
    JsonNode list = files.isTextual() ? parse(files.asText()) : files;
    List<String> names = new ArrayList<>();
    list.forEach(file -> names.add("[" + file.path("fileName").asText("file") + "]"));
    return String.join(" ", names);
  }

  private static JsonNode parse(String json) {
    try {
      return Trees.JSON.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return Trees.JSON.createArrayNode();
    }
  }

  private static ObjectNode end() {
    return Trees.JSON.createObjectNode().put("type", "endOfConversation");
  }

  private static Map<String, Object> event(
      String event, String conversation, JsonNode activity, ObjectNode body) {
    String id = activity.path("id").asText(null);
    return event(event, conversation, id == null ? null : "omnichannel:" + id, body);
  }

  private static Map<String, Object> event(
      String event, String conversation, String sourceId, ObjectNode body) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("event", event);
    result.put("conversation", conversation);
    result.put("sourceId", sourceId);
    result.put("body", Trees.map(body));
    return result;
  }
}
