package dev.baton.operations;

import dev.baton.configuration.BotSettings;
import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The probes that follow from the configuration. */
public final class Probes {
  private Probes() {}

  /** One for each bot and for each hub that has an address. */
  public static List<Probe> of(Settings settings) {
    List<Probe> probes = new ArrayList<>();
    for (BotSettings bot : settings.bots().values()) {
      URI uri = bot.tokenEndpoint() != null ? bot.tokenEndpoint() : bot.url();
      probes.add(new ReachabilityProbe("bot-" + bot.name(), uri));
    }
    for (HubSettings hub : settings.hubs().values()) {
      String url = hub.properties().get("url");
      if (url == null && hub.type().equals("genesys")) {
        url = "https://api." + hub.properties().getOrDefault("region", "mypurecloud.com");
      }
      if (url != null && url.toLowerCase(Locale.ROOT).startsWith("http")) {
        probes.add(new ReachabilityProbe("hub-" + hub.name(), URI.create(url)));
      }
    }
    return probes;
  }
}
