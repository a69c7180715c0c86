package dev.baton.directline;

import java.util.LinkedHashMap;
import java.util.Map;

/** The mark in {@code channelData} that tells our own activities from others. */
final class Marks {
  private Marks() {}

  /** A copy of the activity that carries the mark. A channelData that is no object stays as is. */
  static Map<String, Object> put(Map<String, Object> activity, String name, String mark) {
    Map<String, Object> marked = new LinkedHashMap<>(activity);
    Object present = activity.get("channelData");
    if (present == null || present instanceof Map) {
      Map<String, Object> data = new LinkedHashMap<>(Json.child(activity, "channelData"));
      data.put(name, mark);
      marked.put("channelData", data);
    }
    return marked;
  }

  static String of(Map<String, Object> activity, String name) {
    return Json.text(Json.child(activity, "channelData"), name);
  }

  /**
   * Whether a client posted this and not the bot. A bot may copy our channelData into its answer,
   * hence the look at the role.
   */
  static boolean isOurs(Map<String, Object> activity, String name, String userId) {
    Map<String, Object> from = Json.child(activity, "from");
    String role = Json.text(from, "role");
    if ("bot".equalsIgnoreCase(role) || "agent".equalsIgnoreCase(role)) {
      return false;
    }
    String fromId = Json.text(from, "id");
    return of(activity, name) != null
        || "user".equalsIgnoreCase(role)
        || (fromId != null && fromId.equals(userId));
  }
}
