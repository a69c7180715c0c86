package dev.baton.configuration;

import java.util.Map;

/**
 * {@code baton.bots.<bot>.hubs.<hub>.*}: what one hub is to one bot.
 *
 * @param when JSLT expression that says which handoffs the hub is meant for; null means all
 * @param rank the lower, the sooner it is tried; null means by its place in the bot's list
 * @param names how customers know it: language tag to name, {@code ""} to the name in any other
 *     language
 * @param context variables that the hub gets in addition: name to JSLT expression
 */
public record HubRule(
    String when, Integer rank, Map<String, String> names, Map<String, String> context) {

  /** A hub that takes every handoff in its place. */
  public static final HubRule NONE = new HubRule(null, null, Map.of(), Map.of());

  public HubRule {
    names = Map.copyOf(names);
    context = Map.copyOf(context);
  }
}
