package dev.baton.handoff;

import dev.baton.configuration.BotSettings;
import dev.baton.configuration.HubRule;
import dev.baton.routing.HubExpression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One bot's hubs: in which order, for which handoffs, under which name, with which variables. */
final class BotHubs {
  private final BotSettings bot;
  private final List<String> inOrder;
  private final Map<String, HubExpression> conditions = new HashMap<>();
  private final Map<String, Map<String, HubExpression>> variables = new HashMap<>();

  /**
   * @throws IllegalArgumentException when an expression is no JSLT
   */
  BotHubs(BotSettings bot) {
    this.bot = bot;
    this.inOrder = inOrder(bot);
    bot.hubRules()
        .forEach(
            (hub, rule) -> {
              if (rule.when() != null) {
                conditions.put(hub, HubExpression.of(rule.when()));
              }
              Map<String, HubExpression> own = new LinkedHashMap<>();
              rule.context().forEach((name, text) -> own.put(name, HubExpression.of(text)));
              variables.put(hub, own);
            });
  }

  private static List<String> inOrder(BotSettings bot) {
    List<String> hubs = new ArrayList<>(bot.hubs());
    Map<String, Integer> ranks = new HashMap<>();
    for (int i = 0; i < hubs.size(); i++) {
      Integer own = bot.hubRules().getOrDefault(hubs.get(i), HubRule.NONE).rank();
      ranks.put(hubs.get(i), own == null ? i + 1 : own);
    }
    hubs.sort(Comparator.comparing(ranks::get)); // stable: equal ranks keep the list's order
    return List.copyOf(hubs);
  }

  /** The hubs that are meant for a request with these variables, the preferred one first. */
  List<String> meantFor(Object value, String locale) {
    return inOrder.stream()
        .filter(hub -> !conditions.containsKey(hub) || holds(hub, value, locale))
        .toList();
  }

  private boolean holds(String hub, Object value, String locale) {
    return conditions.get(hub).holds(value, words(locale));
  }

  /**
   * The variables with those that the hub gets in addition. One that is null there is left out.
   *
   * @return a copy, or the value itself when nothing is added or it holds no variables
   */
  Object variables(String hub, Object value, String locale) {
    Map<String, HubExpression> own = variables.getOrDefault(hub, Map.of());
    if (own.isEmpty() || (value != null && !(value instanceof Map<?, ?>))) {
      return value;
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> known) {
      known.forEach((name, v) -> copy.put(String.valueOf(name), v));
    }
    own.forEach(
        (name, expression) -> {
          Object result = expression.value(value, words(locale));
          if (result == null) {
            copy.remove(name);
          } else {
            copy.put(name, result);
          }
        });
    return copy;
  }

  private Map<String, String> words(String locale) {
    Map<String, String> words = new HashMap<>();
    words.put("bot", bot.name());
    words.put("locale", locale);
    return words;
  }

  /** How the customer knows the hub: {@code de-AT}, then {@code de}, then any language. */
  String name(String hub, String locale) {
    Map<String, String> names = new HashMap<>();
    bot.hubRules()
        .getOrDefault(hub, HubRule.NONE)
        .names()
        .forEach((tag, name) -> names.put(tag.toLowerCase(Locale.ROOT), name));
    String tag = locale == null ? "" : locale.toLowerCase(Locale.ROOT).replace('_', '-');
    while (!names.containsKey(tag) && !tag.isEmpty()) {
      tag = tag.contains("-") ? tag.substring(0, tag.lastIndexOf('-')) : "";
    }
    return names.getOrDefault(tag, hub);
  }
}
