package dev.baton.application;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.directline.DirectLineClient;
import dev.baton.directline.DirectLineComponent;
import dev.baton.hub.HubEventParking;
import dev.baton.hub.genesys.GenesysParts;
import dev.baton.hub.omnichannel.OmnichannelHubBeans;
import dev.baton.journal.JournalState;
import dev.baton.journal.SqlJournal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only the active node receive from bots: a conversation with a bot has one stream, and a node
 * that stands by could not keep what comes by it. With one node it does nothing.
 */
final class ActiveNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ActiveNode.class);
  private static final long AGAIN_MILLIS = 1_000;

  /** What else changes with the node's role. */
  interface Change {
    /** Everything has started and this node is the active one. */
    void begins();

    /** Before the routes start. May block. */
    void takesOver() throws Exception;

    /** After the routes have stopped. */
    void standsBy();
  }

  private final CamelContext camel;
  private final Supplier<JournalState> state;
  private final List<String> routes;
  private final Change change;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "active-node");
            thread.setDaemon(true);
            return thread;
          });
  private boolean receiving;

  /**
   * @param routes ids of the routes that receive from bots
   */
  ActiveNode(
      ModelCamelContext camel, Supplier<JournalState> state, List<String> routes, Change change) {
    this.camel = camel;
    this.state = state;
    this.routes = routes;
    this.change = change;
    receiving = state.get() != JournalState.STANDBY;
    if (!receiving) {
      for (String route : routes) {
        RouteDefinition definition = camel.getRouteDefinition(route);
        if (definition != null) {
          definition.setAutoStartup("false");
        }
      }
    }
  }

  static ActiveNode of(
      CamelContext camel, Settings settings, SqlJournal journal, Runnable closeStreams) {
    Map<String, HubSettings> hubs = OmnichannelHubBeans.overDirectLine(settings.hubs().values());
    List<String> bots =
        Stream.concat(settings.bots().keySet().stream(), hubs.keySet().stream()).toList();
    GenesysParts genesys = GenesysHubs.of(camel);
    HubEventParking parking =
        camel.getRegistry().lookupByNameAndType("parkedHubEvents", HubEventParking.class);
    Change change =
        new Change() {
          @Override
          public void begins() {
            genesys.resume();
          }

          @Override
          public void takesOver() throws Exception {
            for (DirectLineClient client : clients(camel, bots)) {
              client.takeOverAll();
            }
            parking.resume();
            genesys.resume();
          }

          @Override
          public void standsBy() {
            clients(camel, bots).forEach(DirectLineClient::leaveAll);
            parking.rest();
            genesys.rest();
            closeStreams.run();
          }
        };
    List<String> routes =
        Stream.concat(
                settings.bots().keySet().stream().map(bot -> "bot-" + bot + "-receive"),
                hubs.values().stream()
                    .flatMap(
                        hub ->
                            Stream.of(
                                "hub-" + hub.name() + "-events", "hub-" + hub.name() + "-over")))
            .toList();
    ActiveNode node = new ActiveNode((ModelCamelContext) camel, journal::state, routes, change);
    journal.onRole(node::check);
    return node;
  }

  /** Those that are in use; others read their sessions when they start. */
  private static List<DirectLineClient> clients(CamelContext camel, List<String> bots) {
    DirectLineComponent component = camel.getComponent("directline", DirectLineComponent.class);
    return bots.stream().map(component::client).filter(Objects::nonNull).toList();
  }

  /** To be called once everything has started. Returns at once. */
  void start() {
    if (receiving) {
      change.begins();
    } else {
      change.standsBy();
    }
    check();
  }

  /** The node's role may have changed. Returns at once. */
  void check() {
    try {
      worker.execute(this::apply);
    } catch (RejectedExecutionException e) {
      LOG.debug("Baton is being stopped");
    }
  }

  private void apply() {
    try {
      JournalState now = state.get();
      if (now == JournalState.ACTIVE && !receiving) {
        LOG.info("This node is the active one now and receives from the bots");
        change.takesOver();
        for (String route : routes) {
          camel.getRouteController().startRoute(route);
        }
        receiving = true;
      } else if (now == JournalState.STANDBY && receiving) {
        receiving = false;
        for (String route : routes) {
          camel.getRouteController().stopRoute(route);
        }
        change.standsBy();
      }
    } catch (Exception e) {
      LOG.warn("The change of this node's role is tried again: {}", e.toString());
      worker.schedule(this::apply, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
