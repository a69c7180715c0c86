package dev.baton.configuration;

import dev.baton.channel.turn.TurnRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code baton.channels.servicenow.<bot>.*}: the relay through which ServiceNow's Bot Interconnect
 * reads what a bot says.
 *
 * @param root Direct Line's root with its path, such as {@code
 *     https://europe.directline.botframework.com/v3/directline}
 * @param secret the bot's Direct Line secret, or null
 * @param accepted secrets that callers may present beside it
 * @param header a header that may carry the secret, beside {@code authorization} and {@code
 *     dlsecret}; lower case
 * @param passThrough whether the caller's secret is used as it is
 * @param defaultWait upper bound of a call that does not say its own
 * @param longestWait limit on a caller's own
 * @param concurrent most calls at the same time, 0 for no limit
 * @param exclude {@code own}, {@code trace}: what is left out of answers
 * @param polling whether streams are not to be used
 */
public record RelaySettings(
    String bot,
    String root,
    Secret secret,
    List<Secret> accepted,
    String header,
    boolean passThrough,
    Duration defaultWait,
    Duration longestWait,
    int concurrent,
    Set<String> exclude,
    boolean polling,
    TurnRules turns) {

  /** Reads the keys of a front end of type {@code servicenow}; they have been checked before. */
  public static RelaySettings of(ChannelSettings channel, BotSettings bot) {
    Duration longest = (Duration) RelayOptions.value(channel, "longest-wait");
    Duration wait = (Duration) RelayOptions.value(channel, "wait");
    return new RelaySettings(
        bot.name(),
        root(bot),
        bot.secret(),
        channel.secrets(),
        channel.header(),
        (Boolean) RelayOptions.value(channel, "pass-through-secret"),
        wait.compareTo(longest) > 0 ? longest : wait,
        longest,
        (Integer) RelayOptions.value(channel, "concurrent"),
        excluded(channel),
        bot.stream().equals("polling"),
        TurnOptions.rules(channel, bot));
  }

  private static Set<String> excluded(ChannelSettings channel) {
    return ((List<?>) RelayOptions.value(channel, "exclude"))
        .stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
  }

  private static String root(BotSettings bot) {
    return bot.url().toString().replaceFirst("/+$", "") + bot.apiPath();
  }

  @Override
  public String toString() {
    return "RelaySettings[" + bot + "]";
  }
}
