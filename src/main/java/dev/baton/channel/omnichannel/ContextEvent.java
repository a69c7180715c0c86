package dev.baton.channel.omnichannel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * The context that Omnichannel sends to a bot before the customer speaks: event {@code
 * startConversation} with the payload as {@code value} and once more as text, for voice a {@code
 * conversationUpdate} with it in the channel data. Source: Microsoft, "Context variables for a
 * bot".
 */
final class ContextEvent {
  private static final String VOICE = "vnd.microsoft.msdyn.oc.data";

  private ContextEvent() {}

  /** The payload's fields; empty when the activity is no context event. */
  static Optional<ObjectNode> of(JsonNode activity) {
    String type = activity.path("type").asText();
    if (type.equalsIgnoreCase("event")
        && ("startConversation".equalsIgnoreCase(activity.path("name").asText())
            || tags(activity).contains("OmnichannelContextMessage"))) {
      return Optional.of(payload(activity));
    }
    JsonNode voice = channelData(activity).path(VOICE);
    if (type.equalsIgnoreCase("conversationUpdate") && !voice.isMissingNode()) {
      return Optional.of(flat(parsed(voice)));
    }
    return Optional.empty();
  }

  private static ObjectNode payload(JsonNode activity) {
    JsonNode value = parsed(activity.path("value"));
    return flat(value.isObject() ? value : parsed(activity.path("text")));
  }

  /** Both spellings occur. */
  static JsonNode channelData(JsonNode activity) {
    JsonNode data = activity.path("channelData");
    return data.isMissingNode() ? activity.path("channeldata") : data;
  }

  static String tags(JsonNode activity) {
    return channelData(activity).path("tags").asText("");
  }

  private static JsonNode parsed(JsonNode value) {
    if (!value.isTextual()) {
      return value;
    }
    try {
      return Trees.JSON.readTree(value.asText());
    } catch (JsonProcessingException e) {
      return Trees.JSON.missingNode();
    }
  }

  /**
   * Bots work with plain variables: records that the customer was linked to become {@code
   * <name>_RecordId} and {@code <name>_Name}, other nested values their JSON.
   */
  private static ObjectNode flat(JsonNode payload) {
    ObjectNode flat = Trees.JSON.createObjectNode();
    for (Iterator<Map.Entry<String, JsonNode>> i = payload.fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> field = i.next();
      JsonNode value = field.getValue();
      JsonNode record = value.isArray() && value.size() == 1 ? value.get(0) : value;
      if (value.isValueNode()) {
        flat.set(field.getKey(), value);
      } else if (record.has("RecordId")) {
        flat.put(field.getKey() + "_RecordId", record.path("RecordId").asText());
        flat.put(field.getKey() + "_Name", record.path("PrimaryDisplayValue").asText());
      } else {
        flat.put(field.getKey(), value.toString());
      }
    }
    return flat;
  }

  /** The customer's name as far as a linked contact tells it, or null. */
  static String customerName(ObjectNode context) {
    for (Iterator<String> i = context.fieldNames(); i.hasNext(); ) {
      String name = i.next();
      if (name.startsWith("msdyn_contact_") && name.endsWith("_Name")) {
        return context.get(name).asText();
      }
    }
    return context.path("msdyn_CustomerName").asText(null);
  }
}
