package dev.baton.directline;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** Talks to bots over Direct Line 3.0. Endpoints of the same bot share one client. */
@ManagedResource(description = "Managed Direct Line component")
@Component("directline")
public class DirectLineComponent extends DefaultComponent {
  private final Map<String, Shared> clients = new HashMap<>();
  private Vertx ownVertx;

  @Metadata(description = "Options that all bots start from")
  private DirectLineConfiguration configuration = new DirectLineConfiguration();

  @Metadata(
      label = "advanced",
      description = "Vert.x to use; else the one in the registry, else an own one")
  private Vertx vertx;

  private static final class Shared {
    final DirectLineClient client;
    final Workers workers;
    int users;

    Shared(DirectLineClient client, Workers workers) {
      this.client = client;
      this.workers = workers;
    }
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    if (remaining == null || remaining.isBlank()) {
      throw new IllegalArgumentException("The bot's name is missing: directline:<bot>");
    }
    DirectLineConfiguration bean =
        getCamelContext()
            .getRegistry()
            .lookupByNameAndType("directline-" + remaining, DirectLineConfiguration.class);
    DirectLineEndpoint endpoint = new DirectLineEndpoint(uri, this);
    endpoint.setBot(remaining);
    endpoint.setConfiguration((bean == null ? configuration : bean).copy());
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** The bot's client, made with the options of whoever asks first. Give it back when done. */
  synchronized DirectLineClient acquire(String bot, DirectLineConfiguration options)
      throws Exception {
    Shared shared = clients.get(bot);
    if (shared == null) {
      validate(bot, options);
      Workers workers =
          new Workers(
              threads("DirectLine-" + bot, options.getWorkers()),
              threads("DirectLine-" + bot + "-replies", options.getWorkers()),
              threads("DirectLine-" + bot + "-store", 4));
      DirectLineClient client = new DirectLineClient(bot, options.copy(), vertx(), workers);
      try {
        client.start();
      } catch (Exception e) {
        client.close();
        shutdown(workers);
        throw e;
      }
      shared = new Shared(client, workers);
      clients.put(bot, shared);
    }
    shared.users++;
    return shared.client;
  }

  synchronized void release(String bot) throws Exception {
    Shared shared = clients.get(bot);
    if (shared != null && --shared.users == 0) {
      clients.remove(bot);
      shared.client.close();
      shutdown(shared.workers);
    }
  }

  private static void validate(String bot, DirectLineConfiguration options) {
    boolean noSecret = options.getSecret() == null || options.getSecret().isBlank();
    boolean noEndpoint = options.getTokenEndpoint() == null || options.getTokenEndpoint().isBlank();
    if (noSecret && noEndpoint && new DirectLineConfiguration().getUrl().equals(options.getUrl())) {
      throw new IllegalArgumentException(
          "directline:"
              + bot
              + " needs the option secret or tokenEndpoint; only an emulator at an own url goes"
              + " without");
    }
  }

  private void shutdown(Workers workers) {
    ExecutorServiceManager manager = getCamelContext().getExecutorServiceManager();
    manager.shutdownGraceful(workers.routes());
    manager.shutdownGraceful(workers.replies());
    manager.shutdownGraceful(workers.store());
  }

  /** Every conversation has at most a few tasks there, so the queue needs no limit of its own. */
  private ExecutorService threads(String name, int threads) {
    ThreadPoolProfile profile = new ThreadPoolProfile(name);
    profile.setPoolSize(threads);
    profile.setMaxPoolSize(threads);
    profile.setKeepAliveTime(60L);
    profile.setTimeUnit(TimeUnit.SECONDS);
    profile.setAllowCoreThreadTimeOut(true);
    profile.setMaxQueueSize(Integer.MAX_VALUE);
    profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
    return getCamelContext().getExecutorServiceManager().newThreadPool(this, name, profile);
  }

  private Vertx vertx() {
    if (vertx != null) {
      return vertx;
    }
    Vertx bound = CamelContextHelper.findSingleByType(getCamelContext(), Vertx.class);
    if (bound != null) {
      return bound;
    }
    if (ownVertx == null) {
      ownVertx = Vertx.vertx();
    }
    return ownVertx;
  }

  /** The client of a bot; null while no producer or consumer of it runs. */
  public synchronized DirectLineClient client(String bot) {
    Shared shared = clients.get(bot);
    return shared == null ? null : shared.client;
  }

  /** How the connections to the bots are, by name of the bot. */
  public synchronized Map<String, DirectLineStatus> status() {
    Map<String, DirectLineStatus> status = new TreeMap<>();
    clients.forEach((bot, shared) -> status.put(bot, shared.client.status()));
    return status;
  }

  @ManagedAttribute(description = "Conversations that live, all bots")
  public int getOpenConversations() {
    return status().values().stream().mapToInt(DirectLineStatus::open).sum();
  }

  @ManagedAttribute(description = "Open WebSockets, all bots")
  public int getOpenSockets() {
    return status().values().stream().mapToInt(DirectLineStatus::sockets).sum();
  }

  @ManagedAttribute(description = "Activities that wait for a route, all bots")
  public int getUndeliveredActivities() {
    return status().values().stream().mapToInt(DirectLineStatus::undelivered).sum();
  }

  /** Camel stops producers that templates keep only after the components. */
  private synchronized void closeAll() throws Exception {
    for (Shared shared : clients.values()) {
      shared.client.close();
      shutdown(shared.workers);
    }
    clients.clear();
  }

  @Override
  protected void doShutdown() throws Exception {
    closeAll();
    if (ownVertx != null) {
      try {
        ownVertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      } catch (java.util.concurrent.ExecutionException e) {
        throw RuntimeCamelException.wrapRuntimeException(e);
      }
      ownVertx = null;
    }
    super.doShutdown();
  }

  public DirectLineConfiguration getConfiguration() {
    return configuration;
  }

  public void setConfiguration(DirectLineConfiguration configuration) {
    this.configuration = configuration;
  }

  public Vertx getVertx() {
    return vertx;
  }

  public void setVertx(Vertx vertx) {
    this.vertx = vertx;
  }
}
