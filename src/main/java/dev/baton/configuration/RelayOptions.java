package dev.baton.configuration;

import static dev.baton.configuration.OptionType.BOOLEAN;
import static dev.baton.configuration.OptionType.DURATION;
import static dev.baton.configuration.OptionType.INTEGER;
import static dev.baton.configuration.OptionType.LIST;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Keys of the front end {@code servicenow}: the relay for Bot Interconnect. */
final class RelayOptions {
  static final String TYPE = "servicenow";
  static final Duration MOST = Duration.ofSeconds(220);
  private static final String PREFIX = "baton.channels.servicenow.<bot>.";
  private static final Set<String> PARTS = Set.of("own", "trace");

  private RelayOptions() {}

  static void add(PrivacyOptions.Catalogue options) {
    options.add(
        PREFIX + "pass-through-secret",
        BOOLEAN,
        "false",
        "Whether any secret is accepted and used towards Direct Line, which then decides; otherwise"
            + " only this bot's secret and the front end's own");
    options.add(
        PREFIX + "wait",
        DURATION,
        "20s",
        "How long the relay waits for the bot at most when the caller does not say (waittime)");
    options.add(
        PREFIX + "longest-wait",
        DURATION,
        "100s",
        "What a caller's waittime is limited to; less than 220s, as proxies and ServiceNow cut"
            + " longer requests");
    options.add(
        PREFIX + "concurrent",
        INTEGER,
        "500",
        "Most calls that wait at the same time; 0: no limit");
    options.add(
        PREFIX + "exclude",
        LIST,
        null,
        "What is left out of answers: own (the user's activities), trace; callers may ask for it"
            + " with the header exclude");
  }

  static void check(Values values, ChannelSettings channel, BotSettings bot) {
    String prefix = "baton.channels." + TYPE + "." + channel.bot() + ".";
    boolean passThrough =
        Boolean.parseBoolean(channel.properties().getOrDefault("pass-through-secret", "false"));
    if (bot != null && bot.secret() == null && !passThrough) {
      values.error(
          "BTN-4003",
          "baton.bots." + bot.name() + ".secret",
          "missing; the relay reads with the bot's Direct Line secret, or set "
              + prefix
              + "pass-through-secret=true");
    }
    Object most = values.get(PREFIX + "longest-wait", channel.bot());
    if (most instanceof Duration longest && longest.compareTo(MOST) > 0) {
      values.error("BTN-4002", prefix + "longest-wait", "expected at most 220s");
    }
    for (Object part : (List<?>) values.get(PREFIX + "exclude", channel.bot())) {
      if (!PARTS.contains(String.valueOf(part))) {
        values.error("BTN-4002", prefix + "exclude", "expected own, trace or both, not " + part);
      }
    }
  }

  static Object value(ChannelSettings channel, String key) {
    Option option = Options.named(PREFIX + key);
    String own = channel.properties().getOrDefault(key, "");
    if (!own.isEmpty()) {
      return option.type().parse(own);
    }
    return option.preset() == null ? option.type().absent() : option.type().parse(option.preset());
  }
}
