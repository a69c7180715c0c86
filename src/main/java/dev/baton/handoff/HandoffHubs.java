package dev.baton.handoff;

import dev.baton.configuration.BotSettings;
import dev.baton.privacy.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which hubs are tried, and what is appended about the outcome. Used by {@code routes/handoff}. */
public final class HandoffHubs {
  private static final Logger LOG = LoggerFactory.getLogger(HandoffHubs.class);

  private final Map<String, BotHubs> bots = new HashMap<>();

  /**
   * @throws IllegalArgumentException when a rule's expression is no JSLT
   */
  public HandoffHubs(Map<String, BotSettings> bots) {
    bots.forEach((name, bot) -> this.bots.put(name, new BotHubs(bot)));
  }

  /**
   * Names of the bot's hubs that are meant for this request, in order of preference; empty for an
   * unknown bot.
   *
   * @param request the activity by which the bot asks for a human
   */
  public List<String> candidates(String bot, Map<String, Object> request, String locale) {
    BotHubs hubs = bots.get(bot);
    if (hubs == null) {
      return List.of();
    }
    List<String> meant = hubs.meantFor(request == null ? null : request.get("value"), locale);
    if (meant.isEmpty()) {
      LOG.warn("BTN-2009 No hub of bot {} is meant for this handoff, see its conditions", bot);
    } else {
      LOG.info("Hubs meant for this handoff: {}", meant);
    }
    return meant;
  }

  /** The input of the mapping with the variables that this hub gets in addition. */
  public Map<String, Object> withVariables(
      @Body Map<String, Object> input,
      @Variable("bot") String bot,
      @Variable("hub") String hub,
      @Variable("locale") String locale) {
    BotHubs hubs = bots.get(bot);
    if (hubs == null || !(input.get("activity") instanceof Map<?, ?> activity)) {
      return input;
    }
    Object value = activity.get("value");
    Object more = hubs.variables(hub, value, locale);
    if (more == value) {
      return input;
    }
    Map<String, Object> changed = new LinkedHashMap<>();
    activity.forEach((key, v) -> changed.put(String.valueOf(key), v));
    changed.put("value", more);
    Map<String, Object> copy = new LinkedHashMap<>(input);
    copy.put("activity", changed);
    return copy;
  }

  /** The one hub that the customer has chosen. */
  public List<String> only(String hub) {
    return List.of(hub);
  }

  /** The hubs that are left after the first. */
  public List<String> rest(List<String> hubs) {
    return new ArrayList<>(hubs.subList(1, hubs.size()));
  }

  /** Body of a hub's {@code availability}: with the variables that this hub gets in addition. */
  public Map<String, Object> question(
      Map<String, Object> request, String bot, String hub, String locale) {
    Map<String, Object> question = new LinkedHashMap<>();
    BotHubs hubs = bots.get(bot);
    Object given = request.get("value");
    Object value = hubs == null ? given : hubs.variables(hub, given, locale);
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
