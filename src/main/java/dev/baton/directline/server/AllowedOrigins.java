package dev.baton.directline.server;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which web pages, by origin, may use a bot from a browser. */
@FunctionalInterface
public interface AllowedOrigins {

  /**
   * Whether pages of the origin may use the bot.
   *
   * @param bot configured name of the bot, or null when it is not known yet: then whether any bot
   *     allows the origin
   * @param origin {@code scheme://host[:port]} as a browser sends it
   */
  boolean allows(String bot, String origin);

  /** No page of another origin may. */
  static AllowedOrigins none() {
    return (bot, origin) -> false;
  }

  /**
   * A fixed list of origins per bot.
   *
   * @throws IllegalArgumentException for {@code *}: a page must be named
   */
  static AllowedOrigins of(Map<String, ? extends Collection<String>> originsByBot) {
    Map<String, Set<String>> byBot =
        originsByBot.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    e ->
                        e.getValue().stream()
                            .map(AllowedOrigins::normal)
                            .collect(Collectors.toUnmodifiableSet())));
    return (bot, origin) -> {
      String wanted = origin.toLowerCase(Locale.ROOT);
      return bot == null
          ? byBot.values().stream().anyMatch(origins -> origins.contains(wanted))
          : byBot.getOrDefault(bot, Set.of()).contains(wanted);
    };
  }

  private static String normal(String origin) {
    String text = origin.strip().toLowerCase(Locale.ROOT);
    if (text.contains("*")) {
      throw new IllegalArgumentException(
          "Allowed origin '" + origin + "': name each origin, for example https://shop.example");
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
