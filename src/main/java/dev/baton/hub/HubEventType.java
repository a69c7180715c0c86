package dev.baton.hub;

import java.util.Arrays;
import java.util.Locale;

/** What a hub can tell. The name is what the routes compare with. */
enum HubEventType {
  QUEUED("queued"),
  ACCEPTED("accepted"),
  MESSAGE("message"),
  TYPING("typing"),
  TRANSFERRING("transferring"),
  AGENT_LEFT("agentLeft"),
  READ("read"),
  DELIVERED("delivered"),
  REJECTED("rejected"),
  ENDED("ended"),
  ERROR("error"),
  /** Acknowledged, without effect. */
  IGNORED("ignored");

  private final String id;

  HubEventType(String id) {
    this.id = id;
  }

  /** The branch of the route; both receipts share one. */
  String branch() {
    return this == READ || this == DELIVERED ? "receipt" : id;
  }

  String id() {
    return id;
  }

  /** Finds a type whatever its letter case and separators: {@code AGENT_LEFT} is one of them. */
  static HubEventType of(String text) {
    String letters = text == null ? "" : text.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(type -> type.id.toLowerCase(Locale.ROOT).equals(letters))
        .findFirst()
        .orElse(IGNORED);
  }
}
