package dev.baton.hub.omnichannel;

import dev.baton.configuration.HubSettings;
import dev.baton.journal.DocumentStore;
import dev.baton.journal.Journal;
import dev.baton.journal.SqlJournal;
import java.time.Clock;
import java.util.Collection;
import org.apache.camel.CamelContext;

/** Binds what {@code routes/hub-omnichannel} refers to. */
public final class OmnichannelHubBeans {
  private OmnichannelHubBeans() {}

  /** Binds the beans {@code omnichannelRequests}, {@code …Answers}, {@code …Availability}, … */
  public static void bind(
      CamelContext camel, Collection<HubSettings> settings, SqlJournal journal) {
    bind(camel, settings, journal, journal.documents(), Clock.systemUTC());
  }

  static void bind(
      CamelContext camel,
      Collection<HubSettings> settings,
      Journal journal,
      DocumentStore documents,
      Clock clock) {
    OmnichannelHubs hubs = new OmnichannelHubs(settings, clock);
    var registry = camel.getRegistry();
    registry.bind("omnichannelRequests", new OmnichannelRequests(hubs, journal));
    registry.bind("omnichannelOpenings", new OmnichannelOpenings(documents));
    registry.bind("omnichannelAnswers", new OmnichannelAnswers(hubs));
    registry.bind("omnichannelAvailability", new OmnichannelAvailability(hubs, clock));
    registry.bind("omnichannelWebhook", new OmnichannelWebhook(hubs, clock));
  }
}
