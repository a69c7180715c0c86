package dev.baton.channel.genesys;

import dev.baton.activity.OutboundUrls;
import dev.baton.channel.CallQueue;
import dev.baton.channel.directline.CustomerStreams;
import dev.baton.channel.genesys.widget.GenesysWidget;
import dev.baton.channel.turn.BotPosts;
import dev.baton.configuration.ChannelSettings;
import dev.baton.configuration.Settings;
import dev.baton.conversation.Texts;
import dev.baton.journal.SqlJournal;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.Registry;

/** Binds what the routes of the front ends of type {@code genesys} refer to. */
public final class GenesysBeans {
  private static final int WORKERS = 16;
  private static final int LONGEST_QUEUE = 16;
  private static final Duration LOOK_AFTER = Duration.ofSeconds(30);

  private GenesysBeans() {}

  /**
   * Binds the beans {@code genesysEntrance}, {@code genesysTurn} and {@code genesysDiscovery}.
   *
   * @throws IllegalArgumentException when a declaration cannot be read
   */
  public static void bind(
      CamelContext camel,
      Vertx vertx,
      Settings settings,
      SqlJournal journal,
      CustomerStreams streams,
      BotPosts posts,
      OutboundUrls urls,
      Texts texts,
      GenesysWidget widget)
      throws Exception {
    Map<String, GenesysBot> bots = new TreeMap<>();
    for (ChannelSettings channel : settings.channels()) {
      if (channel.type().equals("genesys") && channel.takesCalls()) {
        bots.put(
            channel.bot(),
            GenesysBot.of(
                channel,
                settings.bots().get(channel.bot()),
                url -> !urls.check(url).isRefused(),
                widget));
      }
    }
    if (bots.isEmpty()) {
      return;
    }
    ExecutorService workers =
        camel
            .getExecutorServiceManager()
            .newThreadPool(
                camel,
                "genesys-turns",
                new ThreadPoolProfileBuilder("genesys-turns")
                    .poolSize(WORKERS)
                    .maxPoolSize(WORKERS)
                    .maxQueueSize(Integer.MAX_VALUE)
                    .build());
    CallQueue queue = new CallQueue(workers, LONGEST_QUEUE);
    SeenVariables seen = new SeenVariables(journal.documents());
    TurnTools tools =
        new TurnTools(
            vertx,
            journal,
            streams,
            posts,
            new Sessions(journal.documents()),
            texts,
            seen,
            new ReplyReport(() -> camel.getRegistry().findSingleByType(MeterRegistry.class)),
            new OutgoingCalls(
                vertx,
                Clock.systemUTC(),
                settings.lanes().firstDelay(),
                settings.lanes().longestDelay(),
                settings.lanes().customerLimit()),
            Clock.systemUTC(),
            workers);
    Registry registry = camel.getRegistry();
    registry.bind("genesysEntrance", new GenesysEntrance(bots));
    registry.bind("genesysDiscovery", new GenesysDiscovery(bots, seen));
    registry.bind(
        "genesysTurn", new GenesysTurns(tools, queue, bots, url -> !urls.check(url).isRefused()));
    camel.addService(new SessionWatch(vertx, journal::state, tools, queue, bots, LOOK_AFTER));
  }
}
