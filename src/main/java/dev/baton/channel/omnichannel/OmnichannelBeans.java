package dev.baton.channel.omnichannel;

import dev.baton.activity.OutboundUrls;
import dev.baton.configuration.ChannelSettings;
import dev.baton.configuration.Settings;
import dev.baton.journal.SqlJournal;
import dev.baton.privacy.PrivacyRules;
import dev.baton.tokens.BearerVerifier;
import dev.baton.tokens.ClientCredentials;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/** Binds what {@code routes/channel-omnichannel} refers to. */
public final class OmnichannelBeans {
  private OmnichannelBeans() {}

  /** Binds {@code omnichannelEntrance}, {@code omnichannelEvents}, {@code omnichannelReplies}. */
  public static void bind(
      CamelContext camel, Settings settings, SqlJournal journal, OutboundUrls urls) {
    Clock clock = Clock.systemUTC();
    PrivacyRules privacy = PrivacyRules.of(settings.properties());
    Map<String, OmnichannelBot> bots = new HashMap<>();
    Map<String, BearerVerifier> verifiers = new HashMap<>();
    Map<String, ReplyMapper> mappers = new HashMap<>();
    Map<String, ClientCredentials> tokens = new HashMap<>();
    for (ChannelSettings channel : settings.channels()) {
      if (!channel.type().equals(OmnichannelEvents.CHANNEL)) {
        continue;
      }
      OmnichannelBot bot = OmnichannelBot.of(channel);
      bots.put(bot.bot(), bot);
      verifiers.put(
          bot.bot(),
          new BearerVerifier(
              bot.openIdConfiguration(), bot.issuers(), List.of(bot.appId()), clock));
      mappers.put(
          bot.bot(),
          new ReplyMapper(
              new EscalationContext(bot.numbers(), bot.shown(), bot.first()),
              privacy.of(channel.properties())));
      tokens.put(
          bot.bot(),
          new ClientCredentials(
              bot.tokenUrl(), bot.appId(), bot.appPassword(), Map.of("scope", bot.scope()), clock));
    }
    var registry = camel.getRegistry();
    registry.bind("omnichannelEntrance", new OmnichannelEntrance(bots, verifiers, urls));
    registry.bind("omnichannelEvents", new OmnichannelEvents(journal, journal.documents()));
    registry.bind(
        "omnichannelReplies", new OmnichannelReplies(journal.documents(), mappers, tokens));
  }
}
