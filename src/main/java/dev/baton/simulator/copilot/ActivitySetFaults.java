package dev.baton.simulator.copilot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Faults in what a client receives, whether by GET or by WebSocket. */
final class ActivitySetFaults {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Faults faults;
  private final Function<String, List<ObjectNode>> history;

  /**
   * @param history the whole stream of a conversation
   */
  ActivitySetFaults(Faults faults, Function<String, List<ObjectNode>> history) {
    this.faults = faults;
    this.history = history;
  }

  /**
   * The activity set as the client gets it; the text itself when nothing strikes. Sets without
   * activities stay as they are, because a fault in them would be noticed by nobody.
   */
  String applyTo(String text, Call call) {
    ObjectNode set = parse(text);
    if (set == null || set.path("activities").isEmpty()) {
      return text;
    }
    boolean changed = false;
    String conversation = call.conversation();
    if (strikes(FaultKind.HISTORY_REPLAY, call)) {
      set.putArray("activities").addAll(history.apply(conversation));
      changed = true;
    }
    if (strikes(FaultKind.DUPLICATE, call)) {
      ArrayNode activities = (ArrayNode) set.path("activities");
      activities.addAll(activities.deepCopy());
      changed = true;
    }
    if (call.name().equals("get")
        && set.path("activities").size() > 1
        && strikes(FaultKind.OUT_OF_ORDER, call)) {
      reverse(set);
      changed = true;
    }
    if (strikes(FaultKind.WATERMARK_RESET, call)) {
      set.put("watermark", "0");
      changed = true;
    }
    if (set.path("watermark").asText().matches("\\d+")
        && strikes(FaultKind.NUMERIC_WATERMARK, call)) {
      set.put("watermark", Long.parseLong(set.path("watermark").asText()));
      changed = true;
    }
    return changed ? set.toString() : text;
  }

  /** Whether the text carries activities that are kept, not just typing or a keep-alive. */
  static boolean carriesActivities(String text) {
    ObjectNode set = parse(text);
    if (set == null) {
      return false;
    }
    for (var activity : set.path("activities")) {
      if (activity.has("id")) {
        return true;
      }
    }
    return false;
  }

  boolean strikes(FaultKind kind, Call call) {
    return faults.strikes(kind, call.conversation(), call.name()).isPresent();
  }

  private static void reverse(ObjectNode set) {
    List<JsonNode> activities = new ArrayList<>();
    set.path("activities").forEach(activities::add);
    Collections.reverse(activities);
    set.putArray("activities").addAll(activities);
  }

  private static ObjectNode parse(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode object ? object : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
