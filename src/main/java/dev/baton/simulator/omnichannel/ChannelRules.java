package dev.baton.simulator.omnichannel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a custom channel demands of the customer's activities. Source: Microsoft, "Bring your own
 * custom channel" and its sample.
 */
final class ChannelRules {
  private static final int LARGEST = 28 * 1024;

  private ChannelRules() {}

  static boolean isTooLarge(ObjectNode activity) {
    return activity.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST;
  }

  /** Why an activity is refused, or null. */
  static String refusal(ObjectNode activity) {
    if (isTooLarge(activity)) {
      return "An activity has at most 28 KB.";
    }
    if (!activity.path("type").asText().equals("message")) {
      return null;
    }
    JsonNode data = activity.path("channelData");
    if (data.path("channeltype").asText().isEmpty()) {
      return "channelData.channeltype is missing.";
    }
    for (String name : List.of("conversationcontext", "customercontext")) {
      JsonNode context = data.path(name);
      if (!context.isObject() && !context.isMissingNode()) {
        return "channelData." + name + " must be an object.";
      }
      for (JsonNode value : context) {
        if (!value.isTextual()) {
          return "Values of channelData." + name + " must be texts.";
        }
      }
    }
    return null;
  }
}
