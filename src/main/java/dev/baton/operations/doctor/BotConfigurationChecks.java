package dev.baton.operations.doctor;

import dev.baton.configuration.BotSettings;
import dev.baton.configuration.Settings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** What the configuration of a bot alone shows. */
final class BotConfigurationChecks {
  private static final String PRESET = "handoff.initiate";

  private BotConfigurationChecks() {}

  static Finding canvas(BotSettings bot, Settings settings) {
    String prefix = "baton.bots." + bot.name() + ".";
    Finding.About about = new Finding.About("BTN-4505", "bot " + bot.name(), "canvas");
    List<String> frontEnds =
        settings.channels().stream()
            .filter(channel -> channel.bot().equals(bot.name()))
            .map(channel -> channel.type())
            .toList();
    List<String> wrong = bot.allowedOrigins().stream().filter(o -> !isOrigin(o)).toList();
    if (!wrong.isEmpty()) {
      return about.fail(
          "not an origin: " + String.join(", ", wrong),
          "an origin is scheme, host and port only, and is compared as a whole",
          "name each page's origin, like https://www.example.com, in "
              + prefix
              + "allowed-origins");
    }
    if (bot.canvasSecrets().isEmpty() && bot.allowedOrigins().isEmpty() && frontEnds.isEmpty()) {
      return about.warn(
          "nobody can reach this bot through Baton",
          "no secret, no origin and no front end is configured",
          "set " + prefix + "canvas-secret or " + prefix + "allowed-origins");
    }
    return about.ok(
        "secrets: "
            + bot.canvasSecrets().size()
            + ", origins: "
            + (bot.allowedOrigins().isEmpty() ? "none" : String.join(", ", bot.allowedOrigins()))
            + (frontEnds.isEmpty() ? "" : ", front ends: " + String.join(", ", frontEnds)));
  }

  private static boolean isOrigin(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && List.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))
          && List.of("", "/").contains(uri.getRawPath())
          && uri.getRawQuery() == null
          && uri.getUserInfo() == null;
    } catch (IllegalArgumentException | NullPointerException e) {
      return false;
    }
  }

  static Finding hubs(BotSettings bot, Settings settings) {
    Finding.About about = new Finding.About("BTN-4506", "bot " + bot.name(), "hubs");
    String key = "baton.bots." + bot.name() + ".hubs";
    TreeSet<String> missing = new TreeSet<>(bot.hubs());
    missing.removeAll(settings.hubs().keySet());
    if (!missing.isEmpty()) {
      return about.fail(
          "there is no hub " + String.join(", ", missing),
          "a name is misspelt",
          "correct " + key + "; configured are " + String.join(", ", settings.hubs().keySet()));
    }
    return bot.hubs().isEmpty()
        ? about.warn(
            "none",
            "no hub is configured",
            "configure one with baton.hubs.<hub>.type; until then no handoff can succeed")
        : about.ok("in this order: " + String.join(", ", bot.hubs()));
  }

  static Finding handoffEvents(BotSettings bot) {
    Finding.About about = new Finding.About("BTN-4506", "bot " + bot.name(), "handoff events");
    List<String> padded =
        bot.handoffEvents().stream().filter(name -> !name.matches("\\S+")).toList();
    return padded.isEmpty()
        ? about.ok(
            String.join(", ", bot.handoffEvents())
                + (bot.handoffEvents().equals(List.of(PRESET))
                    ? " (the bot's topic needs \"Transfer conversation\")"
                    : ""))
        : about.warn(
            "a name holds blanks: '" + String.join("', '", padded) + "'",
            "names are compared exactly, so this one probably never matches",
            "correct baton.bots." + bot.name() + ".handoff-events");
  }
}
