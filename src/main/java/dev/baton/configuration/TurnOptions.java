package dev.baton.configuration;

import dev.baton.channel.turn.TurnRules;
import java.time.Duration;
import java.util.Set;

/** When a front end that answers turn by turn takes the bot's turn for complete. */
public final class TurnOptions {
  private static final String PREFIX = "baton.channels.<type>.<bot>.turn-";

  private TurnOptions() {}

  static void add(PrivacyOptions.Catalogue options) {
    duration(
        options, "settle", "20ms", "Wait after a definite sign of a turn's end, for stragglers");
    duration(options, "shortest", "25ms", "Shortest silence of the bot that ends a turn");
    duration(
        options, "quiet", "800ms", "Silence that ends a turn while the bot's pace is not known");
    duration(
        options, "longest", "3s", "Longest silence that is waited for, however slow the bot is");
    duration(options, "handoff", "250ms", "Wait for a text after a handoff that came without one");
    duration(options, "typing", "5s", "How long a typing signal keeps a turn open");
  }

  private static void duration(
      PrivacyOptions.Catalogue options, String key, String preset, String description) {
    options.add(PREFIX + key, OptionType.DURATION, preset, description);
  }

  /** The rules of a front end; the bot's handoff events end its turns. */
  public static TurnRules rules(ChannelSettings channel, BotSettings bot) {
    Duration typing = of(channel, "typing");
    Duration shortest = of(channel, "shortest");
    Duration quiet = longer(of(channel, "quiet"), shortest);
    return new TurnRules(
        of(channel, "settle"),
        shortest,
        quiet,
        longer(of(channel, "longest"), quiet),
        of(channel, "handoff"),
        typing,
        typing.multipliedBy(4),
        Set.copyOf(bot.handoffEvents()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Duration of(ChannelSettings channel, String key) {
    Option option = Options.named(PREFIX + key);
    String own = channel.properties().getOrDefault("turn-" + key, "");
    return (Duration) option.type().parse(own.isEmpty() ? option.preset() : own);
  }
}
