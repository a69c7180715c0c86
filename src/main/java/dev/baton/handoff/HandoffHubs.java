package dev.baton.handoff;

import dev.baton.configuration.BotSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which hubs are tried, and what is appended about the outcome. Used by {@code routes/handoff}. */
public final class HandoffHubs {
  private final Map<String, BotSettings> bots;

  public HandoffHubs(Map<String, BotSettings> bots) {
    this.bots = bots;
  }

  /** Names of the bot's hubs in order of preference; empty for an unknown bot. */
  public List<String> candidates(String bot) {
    BotSettings settings = bots.get(bot);
    return settings == null ? List.of() : settings.hubs();
  }

  /** The hubs that are left after the first. */
  public List<String> rest(List<String> hubs) {
    return new ArrayList<>(hubs.subList(1, hubs.size()));
  }

  /** Body of a hub's {@code availability}. */
  public Map<String, Object> question(Map<String, Object> request, String locale) {
    Map<String, Object> question = new LinkedHashMap<>();
    Object value = request.get("value");
    if (value instanceof Map<?, ?> context) {
      put(question, "queue", either(context, "queue", "Queue"));
      put(question, "skill", either(context, "skill", "Skill"));
      question.put("context", context);
    }
    put(question, "locale", locale);
    return question;
  }

  /** Body of {@code handoff.opened}. */
  public Map<String, Object> opened(String handoffId, String hub, String hubConversationId) {
    return Map.of("handoffId", handoffId, "hub", hub, "hubConversationId", hubConversationId);
  }

  /** Body of {@code handoff.refused}. */
  public Map<String, Object> refused(String handoffId, String reason, String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("handoffId", handoffId);
    body.put("reason", reason);
    put(body, "message", message);
    return body;
  }

  private static Object either(Map<?, ?> map, String one, String other) {
    return map.get(one) != null ? map.get(one) : map.get(other);
  }

  private static void put(Map<String, Object> map, String key, Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
