package dev.baton.hub;

import dev.baton.activity.OutboundUrls;
import dev.baton.journal.JournalComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.PluginHelper;

/**
 * The hub routes in a context of their own, with a journal that only records: {@link #appended}
 * holds what would have been appended, {@link #signalled} what would have been shown.
 */
public final class HubRig implements AutoCloseable {
  private static final List<String> OPERATIONS =
      List.of("availability", "open", "send", "typing", "end", "capabilities", "events");

  public final DefaultCamelContext context = new DefaultCamelContext();
  public final MemoryJournal journal = new MemoryJournal();
  public final List<Append> appended = new CopyOnWriteArrayList<>();
  public final List<Append> signalled = new CopyOnWriteArrayList<>();
  final MemoryParkedHubEvents parkedStore = new MemoryParkedHubEvents();
  public volatile RuntimeException journalFailure;

  /** The only conversation whose events the journal fails to take; null: all. */
  volatile String failing;

  private final VertxPlatformHttpServer server;
  HubEventParking parking;

  /** One append. */
  public record Append(
      String event, String conversation, String sourceId, Map<String, Object> body) {}

  public HubRig(Map<String, String> properties, String... httpHubs) {
    this(properties, new HubTexts(new OutboundUrls(List.of())), httpHubs);
  }

  HubRig(Map<String, String> properties, HubTexts texts, String... httpHubs) {
    try {
      Properties initial = new Properties();
      initial.putAll(properties);
      context.getPropertiesComponent().setInitialProperties(initial);
      context.addComponent("journal", new RecordingJournal());
      VertxPlatformHttpServerConfiguration configuration =
          new VertxPlatformHttpServerConfiguration();
      configuration.setBindHost("127.0.0.1");
      configuration.setBindPort(0);
      server = new VertxPlatformHttpServer(configuration);
      context.addService(server);
      parking = HubBeans.bind(context, journal, texts, parkedStore);
      context.start();
      load("hub-http", "hub-events");
      for (String hub : httpHubs) {
        for (String operation : OPERATIONS) {
          context.addRouteFromTemplate(
              "hub-" + hub + "-" + operation, "hub-http-" + operation, Map.of("hub", hub));
        }
      }
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:signal-customer").process(e -> signalled.add(append("typing", e)));
            }
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void load(String... files) throws Exception {
    for (String file : files) {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(
              PluginHelper.getResourceLoader(context)
                  .resolveResource("classpath:routes/" + file + ".camel.yaml"));
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getServer().actualPort();
  }

  /** Calls an operation as the core does. */
  public Exchange call(String hub, String operation, Object body, Map<String, Object> variables) {
    return context
        .createFluentProducerTemplate()
        .to("direct:hub-" + hub + "-" + operation)
        .withProcessor(
            exchange -> {
              exchange.setVariable("hub", hub);
              variables.forEach(exchange::setVariable);
              exchange.getMessage().setBody(body);
              exchange.getMessage().setHeader("Authorization", "leaked");
              exchange.getMessage().setHeader("CamelHttpUri", "http://127.0.0.1:1/stolen");
            })
        .send();
  }

  @SuppressWarnings("unchecked")
  private static Append append(String event, Exchange exchange) {
    return new Append(
        event,
        exchange.getVariable("conversation", String.class),
        exchange.getVariable("sourceId", String.class),
        new HashMap<>(exchange.getMessage().getBody(Map.class)));
  }

  @Override
  public void close() {
    context.stop();
  }

  private final class RecordingJournal extends JournalComponent {
    @Override
    protected Endpoint createEndpoint(
        String uri, String remaining, Map<String, Object> parameters) {
      String event = getAndRemoveParameter(parameters, "event", String.class);
      return new DefaultEndpoint(uri, this) {
        @Override
        public Producer createProducer() {
          return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
              String conversation = exchange.getVariable("conversation", String.class);
              if (journalFailure != null && (failing == null || failing.equals(conversation))) {
                throw journalFailure;
              }
              appended.add(append(event, exchange));
              exchange.setVariable("result", "stream-" + appended.size());
            }
          };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
          throw new UnsupportedOperationException("only appends");
        }
      };
    }
  }
}
