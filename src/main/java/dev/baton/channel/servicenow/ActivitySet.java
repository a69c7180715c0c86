package dev.baton.channel.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What Direct Line gave since the caller's watermark, put together from one or more reads. */
final class ActivitySet {
  private static final int REMEMBERED = 100;

  private final ObjectNode root = RelayJson.newObject();
  private final List<JsonNode> activities = new ArrayList<>();
  private final Set<String> ids = new LinkedHashSet<>();
  private final String customer;
  private String watermark;

  /**
   * @param watermark where the caller stands, or null
   * @param delivered ids that it has: Direct Line repeats history at times
   * @param customer id of the customer when it is known, or null
   */
  ActivitySet(String watermark, List<String> delivered, String customer) {
    this.watermark = watermark;
    this.customer = customer;
    ids.addAll(delivered);
    if (watermark != null) {
      root.put("watermark", watermark);
    }
  }

  /** Adds a set that Direct Line gave. @return the activities that are new */
  List<JsonNode> add(ObjectNode set) {
    List<JsonNode> fresh = new ArrayList<>();
    for (JsonNode activity : set.path("activities")) {
      String id = activity.path("id").asText("");
      if (id.isEmpty() || ids.add(id)) {
        fresh.add(activity);
      }
    }
    activities.addAll(fresh);
    set.properties()
        .forEach(
            member -> {
              // A set without watermark leaves the one before valid.
              if (!member.getKey().equals("activities")
                  && !(member.getKey().equals("watermark") && isNone(member.getValue()))) {
                root.set(member.getKey(), member.getValue());
              }
            });
    if (!isNone(set.path("watermark"))) {
      watermark = set.path("watermark").asText();
    }
    return fresh;
  }

  private static boolean isNone(JsonNode watermark) {
    return watermark.asText("").isEmpty() || watermark.isNull();
  }

  /** Where the next read begins; null for the start. */
  String watermark() {
    return watermark;
  }

  /** The latest ids that the caller will have. */
  List<String> delivered() {
    List<String> all = new ArrayList<>(ids);
    return List.copyOf(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
  }

  boolean holds(String id) {
    return ids.contains(id);
  }

  /** The answer, with the members in Direct Line's order. */
  ObjectNode toJson(Set<String> exclude) {
    Sides sides = new Sides(customer);
    ObjectNode answer = RelayJson.newObject();
    ArrayNode kept = answer.putArray("activities");
    activities.stream()
        .filter(activity -> !isExcluded(activity, exclude, sides))
        .forEach(kept::add);
    answer.setAll(root);
    return answer;
  }

  private static boolean isExcluded(JsonNode activity, Set<String> exclude, Sides sides) {
    return sides.isOwn(activity) && exclude.contains("own")
        || exclude.contains("trace") && activity.path("type").asText().equals("trace");
  }
}
