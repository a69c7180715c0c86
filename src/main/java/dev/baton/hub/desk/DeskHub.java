package dev.baton.hub.desk;

import dev.baton.configuration.HubSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The hub operations of the desks, called by the templates in {@code hub-desk.camel.yaml} as bean
 * {@code deskHub}. The desk shows the journal, so what the journal holds needs no sending.
 */
public final class DeskHub {
  private static final String ALWAYS = "always";
  private static final String AGENTS = "agents";

  private final Map<String, String> availability = new HashMap<>();
  private final DeskFeed feed;

  DeskHub(Collection<HubSettings> desks, DeskFeed feed) {
    this.feed = feed;
    for (HubSettings desk : desks) {
      String mode = desk.properties().getOrDefault("availability", ALWAYS);
      if (!Set.of(ALWAYS, AGENTS).contains(mode)) {
        throw new IllegalArgumentException(
            "baton.hubs.%s.availability is '%s'; it can be 'always' or 'agents'"
                .formatted(desk.name(), mode));
      }
      availability.put(desk.name(), mode);
    }
  }

  /** Answer of {@code availability}. */
  public Map<String, Object> availability(String hub) {
    boolean needsAgents = AGENTS.equals(availability.get(hub));
    return needsAgents && !feed.hasAgents()
        ? Map.of("state", "UNAVAILABLE", "reason", "NO_AGENT")
        : Map.of("state", "AVAILABLE");
  }

  /** Answer of {@code open}: the handoff itself is the desk's conversation, however often asked. */
  public Map<String, Object> open(String handoffId) {
    return Map.of("conversationId", handoffId, "created", true);
  }

  /** Shows at the open desks that the customer types. */
  public void typing(String conversation, Map<String, Object> body) {
    Object on = body == null ? null : body.get("on");
    feed.typing(conversation, on == null || Boolean.parseBoolean(on.toString()));
  }

  /** Answer of {@code capabilities}. */
  public Map<String, Object> capabilities() {
    return Map.of("typing", true, "attachments", true);
  }
}
