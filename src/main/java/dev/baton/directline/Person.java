package dev.baton.directline;

import java.util.Map;

/** On whose behalf a conversation is started. Every part may be null. */
record Person(String id, String name, String locale) {

  /** The sender of an activity. */
  static Person of(Map<String, Object> activity) {
    Map<String, Object> from = Json.child(activity, "from");
    return new Person(
        Json.text(from, "id"), Json.text(from, "name"), Json.text(activity, "locale"));
  }

  /** The user and the locale in the body of a start. */
  static Person ofStart(Map<String, Object> body) {
    Map<String, Object> user = Json.child(body, "user");
    return new Person(Json.text(user, "id"), Json.text(user, "name"), Json.text(body, "locale"));
  }
}
