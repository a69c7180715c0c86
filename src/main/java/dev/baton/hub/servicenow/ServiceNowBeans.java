package dev.baton.hub.servicenow;

import dev.baton.activity.OutboundUrls;
import dev.baton.configuration.HubSettings;
import dev.baton.conversation.Conversation;
import dev.baton.hub.HubProperties;
import dev.baton.journal.JournalState;
import dev.baton.journal.SqlJournal;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.Registry;

/** Binds what the routes of type {@code servicenow} refer to. */
public final class ServiceNowBeans {
  private static final int WORKERS = 8;

  /** The second one has its own routes for requests, callbacks and availability only. */
  private static final Set<String> TYPES = Set.of("servicenow", "servicenow-custom");

  private ServiceNowBeans() {}

  /**
   * What the beans need of the rest of Baton.
   *
   * @param store of the sessions
   * @param stillOpen whether the core still has a session's handoff open
   * @param shown whether a URL may be shown to a customer
   * @param fetched whether Baton may call a URL
   * @param active whether this node does the work that is not asked for from outside
   */
  record Surroundings(
      SessionStore store,
      Predicate<Session> stillOpen,
      Predicate<String> shown,
      Predicate<String> fetched,
      BooleanSupplier active,
      Clock clock) {}

  /**
   * Binds the beans for the hubs of both types, over the journal's store.
   *
   * @param hubs all hubs
   * @param urls rules for URLs that come in messages
   */
  public static void bind(
      CamelContext context, Collection<HubSettings> hubs, SqlJournal journal, OutboundUrls urls) {
    Map<String, Set<String>> keys = new HashMap<>();
    hubs.stream()
        .filter(hub -> TYPES.contains(hub.type()))
        .forEach(hub -> keys.put(hub.name(), hub.properties().keySet()));
    bind(
        context,
        keys,
        new Surroundings(
            new DocumentSessions(journal.documents()),
            session ->
                journal
                    .find(session.conversation)
                    .map(Conversation::handoff)
                    .filter(handoff -> handoff.isOpen() && handoff.id().equals(session.handoffId))
                    .isPresent(),
            url -> !urls.check(url).isRefused(),
            url -> urls.check(url).isAllowed(),
            () -> journal.state() == JournalState.ACTIVE,
            Clock.systemUTC()));
  }

  /**
   * Binds {@code serviceNow}, {@code serviceNowCalls}, {@code serviceNowOpening}, {@code
   * serviceNowSending}, {@code serviceNowTyping}, {@code serviceNowEnding}, {@code
   * serviceNowCallbacks} and {@code serviceNowWatch}.
   *
   * @param keys of every hub of the type, its configured keys
   */
  static void bind(CamelContext context, Map<String, Set<String>> keys, Surroundings around) {
    ServiceNowHubs hubs = new ServiceNowHubs(new HubProperties(context), keys);
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    Clock clock = around.clock();
    Credentials credentials = new Credentials(new OAuthTokens(client, clock));
    InstanceClient instance = new InstanceClient(client, credentials);
    TableClient tables = new TableClient(instance);
    Interactions interactions = new Interactions(tables);
    Sessions sessions = new Sessions(around.store());
    ProducerTemplate template = context.createProducerTemplate();
    EventSink events = new RouteEvents(template);
    Meters meters = new Meters(() -> context.getRegistry().findSingleByType(MeterRegistry.class));
    VaSender sender = VaSender.of(template);
    Callbacks callbacks =
        new Callbacks(hubs, sessions, events, config -> rules(config, around), meters, clock);
    Typing typing = new Typing(hubs, sessions, clock);
    Diagnosis diagnosis = new Diagnosis(hubs, sessions, interactions, events, meters, clock);
    FollowUps followUps =
        new FollowUps(hubs, sessions, interactions, events, sender, diagnosis, clock);
    ExecutorService executor =
        context.getExecutorServiceManager().newFixedThreadPool(hubs, "ServiceNow", WORKERS);
    Watch watch =
        new Watch(hubs, sessions, followUps, typing, sender, executor, around.active(), clock);
    callbacks.afterwards(watch::afterwards);
    Registry registry = context.getRegistry();
    registry.bind(
        "serviceNow",
        new ServiceNowHub(hubs, new Availability(tables, new QueueSchedule(tables, clock))));
    registry.bind("serviceNowCalls", new VaCalls(hubs, credentials, callbacks));
    registry.bind(
        "serviceNowOpening",
        new Opening(hubs, sessions, interactions, sender, around.stillOpen(), clock));
    registry.bind(
        "serviceNowSending",
        new Sending(hubs, sessions, new Attachments(client, instance, around.fetched()), clock));
    registry.bind("serviceNowTyping", typing);
    registry.bind("serviceNowEnding", new Ending(hubs, sessions, clock));
    registry.bind("serviceNowCallbacks", callbacks);
    registry.bind("serviceNowWatch", watch);
  }

  private static CallbackRules rules(ServiceNowConfig config, Surroundings around) {
    return new CallbackRules(
        new Controls(new Links(config.url(), around.shown())), Rules.of(config));
  }
}
