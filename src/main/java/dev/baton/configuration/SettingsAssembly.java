package dev.baton.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts the typed values together. */
final class SettingsAssembly {
  private static final String HANDOFF_EVENT = "handoff.initiate";

  private final Values values;

  SettingsAssembly(Values values) {
    this.values = values;
  }

  Settings settings() {
    return new Settings(
        server(),
        store(),
        bots(),
        hubs(),
        channels(),
        new Settings.Canvas(
            values.duration("baton.canvas.token-life"),
            values.secret("baton.canvas.token-secret"),
            values.number("baton.canvas.tokens-per-minute"),
            values.number("baton.canvas.upload-limit"),
            values.list("baton.canvas.upload-types")),
        new Settings.HandoffOptions(
            values.flag("baton.handoff.send-status"), values.list("baton.handoff.cancel-words")),
        timeouts(),
        new Settings.Lanes(
            values.duration("baton.lanes.bot.limit"),
            values.duration("baton.lanes.customer.limit"),
            values.duration("baton.lanes.first-delay"),
            values.duration("baton.lanes.longest-delay"),
            values.number("baton.lanes.concurrency")),
        Map.copyOf(values.under("baton.texts.")),
        values.text("baton.default-locale"),
        new Settings.Desk(
            values.flag("baton.desk.open"),
            agents(),
            values.secret("baton.desk.session-secret"),
            values.duration("baton.desk.session-life")),
        new Settings.OwnRoutes(
            Path.of(values.text("baton.routes.folder")), values.flag("baton.routes.reload")),
        values.list("baton.allow-private-urls"),
        values.text("baton.log.format"),
        values.text("baton.log.level"),
        values.flag("baton.demo"),
        values.all());
  }

  private Settings.Server server() {
    int port = values.number("baton.port");
    URI publicUrl = values.url("baton.public-url");
    String url = publicUrl == null ? "http://localhost:" + port : publicUrl.toString();
    return new Settings.Server(
        values.text("baton.host"),
        port,
        values.text("baton.management.host"),
        values.number("baton.management.port"),
        values.secret("baton.management.token"),
        URI.create(url.replaceAll("/+$", "")),
        values.number("baton.max-body"),
        values.duration("baton.shutdown-timeout"),
        values.flag("baton.health.strict"),
        values.duration("baton.health.interval"));
  }

  private Settings.Store store() {
    return new Settings.Store(
        Path.of(values.text("baton.data")),
        values.text("baton.store.url"),
        values.text("baton.store.user"),
        values.secret("baton.store.password"),
        values.number("baton.store.pool"),
        values.duration("baton.retention"));
  }

  private Settings.Timeouts timeouts() {
    return new Settings.Timeouts(
        values.duration("baton.timeouts.assignment"),
        values.duration("baton.timeouts.customer-idle"),
        values.duration("baton.timeouts.agent-idle"),
        values.duration("baton.timeouts.hub-unreachable"),
        values.duration("baton.timeouts.bot-silent"),
        values.duration("baton.timeouts.conversation-idle"),
        values.duration("baton.timeouts.grace"),
        values.duration("baton.timeouts.settle"));
  }

  private Map<String, BotSettings> bots() {
    Map<String, BotSettings> bots = new TreeMap<>();
    for (String bot : values.names("baton.bots.")) {
      bots.put(bot, bot(bot));
    }
    return java.util.Collections.unmodifiableMap(bots);
  }

  private BotSettings bot(String bot) {
    List<String> events = new ArrayList<>(values.list("baton.bots.<bot>.handoff-events", bot));
    if (!events.contains(HANDOFF_EVENT)) {
      events.add(0, HANDOFF_EVENT);
    }
    List<String> hubs = values.list("baton.bots.<bot>.hubs", bot);
    return new BotSettings(
        bot,
        values.url("baton.bots.<bot>.url", bot),
        values.secret("baton.bots.<bot>.secret", bot),
        values.url("baton.bots.<bot>.token-endpoint", bot),
        values.text("baton.bots.<bot>.stream", bot),
        List.copyOf(events),
        hubs.isEmpty() ? List.copyOf(values.names("baton.hubs.")) : hubs,
        hubRules(bot),
        values.text("baton.bots.<bot>.offer", bot),
        values.flag("baton.bots.<bot>.offer-describe", bot),
        values.number("baton.bots.<bot>.pace", bot),
        values.secrets("baton.bots.<bot>.canvas-secret", bot),
        values.list("baton.bots.<bot>.allowed-origins", bot),
        values.text("baton.bots.<bot>.api-path", bot),
        values.flag("baton.bots.<bot>.send-start-event", bot)
            ? values.text("baton.bots.<bot>.start-event", bot)
            : null);
  }

  private Map<String, HubRule> hubRules(String bot) {
    Map<String, HubRule> rules = new TreeMap<>();
    for (String hub : values.names("baton.bots." + bot + ".hubs.")) {
      String prefix = "baton.bots." + bot + ".hubs." + hub + ".";
      Map<String, String> names = new TreeMap<>(values.under(prefix + "name."));
      String any = values.text("baton.bots.<bot>.hubs.<hub>.name", bot, hub);
      if (any != null) {
        names.put("", any);
      }
      rules.put(
          hub,
          new HubRule(
              values.text("baton.bots.<bot>.hubs.<hub>.when", bot, hub),
              (Integer) values.get("baton.bots.<bot>.hubs.<hub>.rank", bot, hub),
              names,
              values.under(prefix + "context.")));
    }
    return java.util.Collections.unmodifiableMap(rules);
  }

  private Map<String, HubSettings> hubs() {
    Map<String, HubSettings> hubs = new TreeMap<>();
    for (String hub : values.names("baton.hubs.")) {
      String type = values.text("baton.hubs.<hub>.type", hub).toLowerCase(Locale.ROOT);
      Map<String, String> own = values.under("baton.hubs." + hub + ".");
      hubs.put(hub, new HubSettings(hub, type, Map.copyOf(own)));
    }
    return java.util.Collections.unmodifiableMap(hubs);
  }

  private List<ChannelSettings> channels() {
    List<ChannelSettings> channels = new ArrayList<>();
    for (String type : values.names("baton.channels.")) {
      for (String bot : values.names("baton.channels." + type + ".")) {
        channels.add(
            new ChannelSettings(
                type,
                bot,
                values.secrets("baton.channels.<type>.<bot>.secrets", type, bot),
                values
                    .text("baton.channels.<type>.<bot>.header", type, bot)
                    .toLowerCase(Locale.ROOT),
                Map.copyOf(values.under("baton.channels." + type + "." + bot + "."))));
      }
    }
    return List.copyOf(channels);
  }

  private Map<String, Settings.DeskAgent> agents() {
    Map<String, Settings.DeskAgent> agents = new TreeMap<>();
    for (String user : new TreeSet<>(values.names("baton.desk.agents."))) {
      String name = values.text("baton.desk.agents.<user>.name", user);
      agents.put(
          user,
          new Settings.DeskAgent(
              user,
              name == null ? user : name,
              values.secret("baton.desk.agents.<user>.password", user)));
    }
    return java.util.Collections.unmodifiableMap(agents);
  }
}
