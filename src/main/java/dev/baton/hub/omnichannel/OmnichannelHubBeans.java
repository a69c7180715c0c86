package dev.baton.hub.omnichannel;

import dev.baton.configuration.HubSettings;
import dev.baton.journal.DocumentStore;
import dev.baton.journal.Journal;
import dev.baton.journal.SqlJournal;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;

/** Binds what {@code routes/hub-omnichannel} refers to. */
public final class OmnichannelHubBeans {
  private OmnichannelHubBeans() {}

  /**
   * Binds the beans {@code omnichannelRequests}, {@code …Answers}, {@code …Availability}, …
   *
   * @param grace how long a chat over Direct Line is listened to after its end
   */
  public static void bind(
      CamelContext camel, Collection<HubSettings> settings, SqlJournal journal, Duration grace) {
    bind(camel, settings, journal, journal.documents(), grace, Clock.systemUTC());
  }

  /** Hubs that are reached over Direct Line, with the name of each one's connection. */
  public static Map<String, HubSettings> overDirectLine(Collection<HubSettings> settings) {
    Map<String, HubSettings> connections = new TreeMap<>();
    settings.stream()
        .filter(DirectLineWay::isWayOf)
        .forEach(hub -> connections.put(DirectLineWay.connection(hub.name()), hub));
    return connections;
  }

  static void bind(
      CamelContext camel,
      Collection<HubSettings> settings,
      Journal journal,
      DocumentStore documents,
      Duration grace,
      Clock clock) {
    OmnichannelHubs hubs = new OmnichannelHubs(settings, clock);
    var registry = camel.getRegistry();
    registry.bind("omnichannelRequests", new OmnichannelRequests(hubs, journal));
    registry.bind("omnichannelOpenings", new OmnichannelOpenings(documents));
    registry.bind("omnichannelAnswers", new OmnichannelAnswers(hubs));
    registry.bind("omnichannelAvailability", new OmnichannelAvailability(hubs, clock));
    DirectLineChats chats = new DirectLineChats(documents, journal, grace, clock);
    List<DirectLineWay> ways =
        settings.stream()
            .filter(DirectLineWay::isWayOf)
            .map(hub -> DirectLineWay.of(hub.name(), hub.properties()))
            .toList();
    registry.bind("omnichannelChats", chats);
    registry.bind("omnichannelDirectLine", new OmnichannelDirectLine(ways, journal, chats));
    registry.bind("omnichannelWebhook", new OmnichannelWebhook(hubs, clock));
  }
}
