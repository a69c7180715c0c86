package dev.baton.hub.genesys;

import dev.baton.hub.HubProperties;
import dev.baton.journal.Journal;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Binds what {@code routes/hub-genesys} refers to. */
public final class GenesysBeans {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int WORKERS = 8;

  private GenesysBeans() {}

  /**
   * Binds the beans {@code genesysHub}, {@code genesysCalls}, {@code genesysWebhook} and {@code
   * genesysOrder}.
   *
   * @param names of the hubs of type {@code genesys}
   * @param urls whether a URL may be shown on the other side; may block
   * @return what has to be told which node is the active one, and what customers were shown;
   *     already a service of the context
   */
  public static GenesysParts bind(
      CamelContext context,
      Collection<String> names,
      Journal journal,
      GenesysRecordStore store,
      Predicate<String> urls,
      Vertx vertx,
      Clock clock)
      throws Exception {
    return bind(context, names, journal, store, urls, vertx, clock, PATIENCE);
  }

  /**
   * @param patience how long the answer to a webhook call may wait for who speaks
   */
  static GenesysParts bind(
      CamelContext context,
      Collection<String> names,
      Journal journal,
      GenesysRecordStore store,
      Predicate<String> urls,
      Vertx vertx,
      Clock clock,
      Duration patience)
      throws Exception {
    ProducerTemplate template = context.createProducerTemplate();
    HubProperties properties = new HubProperties(context);
    GenesysHubs hubs = new GenesysHubs(names, properties, clock);
    GenesysMetrics metrics =
        new GenesysMetrics(context.getRegistry().findSingleByType(MeterRegistry.class));
    GenesysCalls calls = new GenesysCalls(hubs, template, metrics);
    var executors = context.getExecutorServiceManager();
    ExecutorService workers = executors.newThreadPool(hubs, "genesys", WORKERS, WORKERS);
    ScheduledExecutorService timer =
        executors.newSingleThreadScheduledExecutor(hubs, "genesys-timer");
    GenesysWatches watches =
        new GenesysWatches(
            hubs, calls, store, journal, vertx, events(template), workers, timer, clock, metrics);
    InboundMessages messages = new InboundMessages(urls);
    GenesysReceipts receipts =
        new GenesysReceipts(hubs, watches, calls, messages, workers, clock, metrics);
    var registry = context.getRegistry();
    registry.bind("genesysCalls", calls);
    registry.bind(
        "genesysHub", new GenesysOperations(hubs, watches, store, journal, messages, clock));
    registry.bind(
        "genesysWebhook",
        new GenesysWebhook(hubs, watches, receipts, new StructuredContent(urls), patience));
    registry.bind(
        "genesysOrder",
        new GenesysOrder(hubs, timer, executors.newCachedThreadPool(hubs, "genesys-order"), clock));
    context.addService(watches);
    return new GenesysParts(watches, receipts);
  }

  private static BiConsumer<String, Map<String, Object>> events(ProducerTemplate template) {
    return (hub, event) -> {
      Exchange done =
          template.request(
              "direct:hub-event",
              exchange -> {
                exchange.setVariable("hub", hub);
                exchange.getMessage().setBody(event);
              });
      if (done.getException() != null) {
        throw new IllegalStateException(done.getException());
      }
    };
  }
}
