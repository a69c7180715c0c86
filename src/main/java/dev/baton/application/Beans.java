package dev.baton.application;

import dev.baton.activity.OutboundUrls;
import dev.baton.activity.SafeText;
import dev.baton.channel.directline.CustomerStreams;
import dev.baton.channel.directline.Signals;
import dev.baton.channel.genesys.GenesysBeans;
import dev.baton.channel.genesys.widget.GenesysWidget;
import dev.baton.channel.omnichannel.OmnichannelBeans;
import dev.baton.channel.turn.BotPosts;
import dev.baton.configuration.BotSettings;
import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.directline.DirectLineConfiguration;
import dev.baton.directline.DirectLineStream;
import dev.baton.handoff.BotResume;
import dev.baton.handoff.DeliveryErrors;
import dev.baton.handoff.HandoffContext;
import dev.baton.handoff.HandoffHubs;
import dev.baton.handoff.HandoffOffer;
import dev.baton.handoff.HandoffPrivacy;
import dev.baton.handoff.HandoffRequest;
import dev.baton.handoff.HandoffTranscript;
import dev.baton.handoff.HubGate;
import dev.baton.handoff.TranscriptAggregation;
import dev.baton.handoff.TranscriptDownload;
import dev.baton.hub.CustomerMessage;
import dev.baton.hub.HubBeans;
import dev.baton.hub.HubTexts;
import dev.baton.hub.omnichannel.OmnichannelHubBeans;
import dev.baton.hub.servicenow.ServiceNowBeans;
import dev.baton.hub.servicenow.custom.ServiceNowCustomBeans;
import dev.baton.journal.SqlJournal;
import dev.baton.operations.Traces;
import dev.baton.pacing.DeliveryPace;
import dev.baton.privacy.PrivacyRules;
import dev.baton.texts.BundledTexts;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Binds what the shipped routes refer to. */
final class Beans {
  private Beans() {}

  static void bind(
      CamelContext camel,
      Settings settings,
      SqlJournal journal,
      CustomerStreams streams,
      OutboundUrls urls)
      throws Exception {
    Registry registry = camel.getRegistry();
    settings
        .bots()
        .values()
        .forEach(bot -> registry.bind("directline-" + bot.name(), of(bot, journal)));
    registry.bind("handoffHubs", new HandoffHubs(settings.bots()));
    registry.bind(
        "handoffRequest", new HandoffRequest(journal, settings.server().publicUrl().toString()));
    registry.bind("handoffContext", new HandoffContext());
    registry.bind("handoffPrivacy", privacy(camel, settings));
    registry.bind("deliveryPace", pace(settings));
    registry.bind("handoffOffer", new HandoffOffer(settings.bots()));
    registry.bind("hubGate", new HubGate(journal, settings.hubs(), Clock.systemUTC()));
    registry.bind(
        "handoffTranscript",
        new HandoffTranscript(journal, new TranscriptDownload(url -> urls.check(url).isAllowed())));
    registry.bind("transcriptAggregation", new TranscriptAggregation());
    registry.bind("deliveryErrors", new DeliveryErrors());
    BotPosts posts = new BotPosts();
    registry.bind("botPosts", posts);
    GenesysWidget widget = GenesysWidget.of(settings, Clock.systemUTC());
    registry.bind("genesysWidget", widget);
    GenesysBeans.bind(
        camel,
        registry.findSingleByType(Vertx.class),
        settings,
        journal,
        streams,
        posts,
        urls,
        new BundledTexts(settings.texts(), settings.defaultLocale()),
        widget);
    OmnichannelBeans.bind(camel, settings, journal, urls);
    registry.bind("botResume", new BotResume(journal));
    registry.bind("customerMessage", new CustomerMessage());
    registry.bind("signals", new Signals(journal, streams));
    HubBeans.bind(
        camel,
        journal,
        new HubTexts(SafeText::clean, url -> !urls.check(url).isRefused()),
        new DocumentParking(journal.documents()));
    OmnichannelHubBeans.bind(camel, settings.hubs().values(), journal, settings.timeouts().grace());
    OmnichannelHubBeans.overDirectLine(settings.hubs().values())
        .forEach((name, hub) -> registry.bind("directline-" + name, of(hub, journal)));
    ServiceNowBeans.bind(camel, settings.hubs().values(), journal, urls);
    GenesysHubs.bind(camel, settings, journal, streams, urls);
    ServiceNowCustomBeans.bind(camel);
  }

  private static DeliveryPace pace(Settings settings) {
    Map<String, Integer> hubs = new HashMap<>();
    settings
        .hubs()
        .forEach(
            (name, hub) -> {
              String pace = hub.properties().get("pace");
              if (pace != null && !pace.isBlank()) {
                hubs.put(name, Integer.parseInt(pace.strip()));
              }
            });
    Map<String, Integer> bots = new HashMap<>();
    settings
        .bots()
        .forEach(
            (name, bot) -> {
              if (bot.pace() > 0) {
                bots.put(name, bot.pace());
              }
            });
    return new DeliveryPace(hubs, bots, Clock.systemUTC());
  }

  private static HandoffPrivacy privacy(CamelContext camel, Settings settings) {
    Map<String, Map<String, String>> own = new HashMap<>();
    settings.hubs().forEach((name, hub) -> own.put(name, hub.properties()));
    return new HandoffPrivacy(camel, PrivacyRules.of(settings.properties()), own);
  }

  /** A hub that stands behind Direct Line: no bot, so nothing is sent to it but what is said. */
  private static DirectLineConfiguration of(HubSettings hub, SqlJournal journal) {
    Map<String, String> keys = hub.properties();
    DirectLineConfiguration configuration = new DirectLineConfiguration();
    if (keys.get("url") != null) {
      configuration.setUrl(keys.get("url").replaceAll("/+$", ""));
    }
    configuration.setSecret(keys.get("direct-line-secret"));
    configuration.setStream(
        DirectLineStream.valueOf(keys.getOrDefault("stream", "auto").toUpperCase(Locale.ROOT)));
    configuration.setSendContext(false);
    configuration.setClosedByBot(false);
    configuration.setSessionStore(new DocumentSessions(journal.documents()));
    return configuration;
  }

  private static DirectLineConfiguration of(BotSettings bot, SqlJournal journal) {
    DirectLineConfiguration configuration = new DirectLineConfiguration();
    configuration.setUrl(bot.url().toString());
    configuration.setApiPath(bot.apiPath());
    if (bot.secret() != null) {
      configuration.setSecret(bot.secret().reveal());
    }
    if (bot.tokenEndpoint() != null) {
      configuration.setTokenEndpoint(bot.tokenEndpoint().toString());
    }
    configuration.setStream(DirectLineStream.valueOf(bot.stream().toUpperCase(Locale.ROOT)));
    configuration.setStartEvent(bot.startEvent());
    configuration.setRequestHeaders(Traces.shared()::headers);
    configuration.setSessionStore(new DocumentSessions(journal.documents()));
    return configuration;
  }
}
