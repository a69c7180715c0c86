package dev.baton.handoff;

import dev.baton.configuration.BotSettings;
import dev.baton.privacy.Report;
import dev.baton.routing.HubCondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which hubs are tried, and what is appended about the outcome. Used by {@code routes/handoff}. */
public final class HandoffHubs {
  private static final Logger LOG = LoggerFactory.getLogger(HandoffHubs.class);

  private final Map<String, BotSettings> bots;
  private final Map<String, Map<String, HubCondition>> conditions = new HashMap<>();

  /**
   * @throws IllegalArgumentException when a hub's condition is no JSLT
   */
  public HandoffHubs(Map<String, BotSettings> bots) {
    this.bots = bots;
    bots.forEach(
        (name, bot) -> {
          Map<String, HubCondition> own = new HashMap<>();
          bot.hubConditions().forEach((hub, text) -> own.put(hub, HubCondition.of(text)));
          conditions.put(name, own);
        });
  }

  /**
   * Names of the bot's hubs that are meant for this request, in order of preference; empty for an
   * unknown bot.
   *
   * @param request the activity by which the bot asks for a human
   */
  public List<String> candidates(String bot, Map<String, Object> request, String locale) {
    BotSettings settings = bots.get(bot);
    if (settings == null) {
      return List.of();
    }
    Map<String, String> words = new HashMap<>();
    words.put("bot", bot);
    words.put("locale", locale);
    Object value = request == null ? null : request.get("value");
    List<String> meant =
        settings.hubs().stream()
            .filter(
                hub -> {
                  HubCondition condition = conditions.get(bot).get(hub);
                  return condition == null || condition.holds(value, words);
                })
            .toList();
    if (meant.isEmpty()) {
      LOG.warn("BTN-2009 No hub of bot {} is meant for this handoff, see its conditions", bot);
    } else if (meant.size() < settings.hubs().size()) {
      LOG.info("Hubs meant for this handoff: {} of {}", meant, settings.hubs());
    }
    return meant;
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

  /**
   * Body of {@code handoff.opened}.
   *
   * @param report what was taken out of the handoff on its way; null when the hub's routes replace
   *     those that report
   */
  public Map<String, Object> opened(
      String handoffId, String hub, String hubConversationId, Report report) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("handoffId", handoffId);
    body.put("hub", hub);
    body.put("hubConversationId", hubConversationId);
    if (report != null && !report.isEmpty()) {
      body.put("report", report.asMap());
    }
    return body;
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
