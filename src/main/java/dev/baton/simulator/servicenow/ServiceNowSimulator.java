package dev.baton.simulator.servicenow;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * A stand-in for a ServiceNow instance. Runs inside the demo, alone, and as a test fixture:
 *
 * <pre>{@code
 * try (ServiceNowSimulator now = ServiceNowSimulator.startAndWait(
 *     InstanceOptions.defaults().callback(batonUrl + "/hubs/it/events"))) {
 *   // a hub talks to now.url()
 *   now.faults().arm(FaultKind.CALLBACK_TWICE);
 *   now.misconfigure(Misconfiguration.POOL_MISSING);
 *   now.tables().set("awa_queue", "name=IT Chat", "active", "false");
 * }
 * }</pre>
 */
public final class ServiceNowSimulator implements AutoCloseable {
  private final Vertx vertx;
  private final boolean ownsVertx;
  private final InstanceOptions options;
  private final Clock clock = Clock.systemUTC();
  private final Tables tables = new Tables();
  private final Faults faults = new Faults();
  private final Set<Misconfiguration> misconfigurations = EnumSet.noneOf(Misconfiguration.class);
  private final OAuth oauth;
  private final Access access;
  private HttpServer server;

  private ServiceNowSimulator(Vertx vertx, boolean ownsVertx, InstanceOptions options) {
    this.vertx = vertx;
    this.ownsVertx = ownsVertx;
    this.options = options;
    this.oauth = new OAuth(options, clock);
    this.access = new Access(vertx, options, tables, faults, oauth, clock);
    InstanceData.load(tables, options.values());
  }

  /**
   * Starts on the caller's Vert.x, which stays the caller's to close. Fails with {@link
   * SimulatorException} when the port is taken.
   */
  public static Future<ServiceNowSimulator> start(Vertx vertx, InstanceOptions options) {
    return start(vertx, false, options);
  }

  /**
   * Starts on a Vert.x of its own and returns when it is ready. Not to be called on an event loop.
   *
   * @throws SimulatorException when the port is taken
   */
  public static ServiceNowSimulator startAndWait(InstanceOptions options) {
    Vertx vertx = Vertx.vertx();
    try {
      return start(vertx, true, options).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      vertx.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static Future<ServiceNowSimulator> start(
      Vertx vertx, boolean ownsVertx, InstanceOptions options) {
    return vertx
        .executeBlocking(() -> new ServiceNowSimulator(vertx, ownsVertx, options), false)
        .compose(ServiceNowSimulator::listen);
  }

  private Future<ServiceNowSimulator> listen() {
    return vertx
        .createHttpServer(new HttpServerOptions().setHost(options.host).setPort(options.port))
        .requestHandler(router())
        .listen()
        .recover(
            failure ->
                Future.failedFuture(
                    new SimulatorException(
                        "BTN-4754",
                        "The simulator cannot listen on %s:%d (%s); choose another port"
                            .formatted(options.host, options.port, failure.getMessage()),
                        failure)))
        .map(
            listening -> {
              server = listening;
              return this;
            });
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route("/simulator/*").handler(LoopbackOnly::guard);
    router.route("/oauth_token.do").handler(access.wire("oauth"));
    router.route("/api/now/*").subRouter(guarded("table"));
    router.route().handler(BodyHandler.create(false).setBodyLimit(8 << 20));
    oauth.mount(router);
    new TableApi(tables).mount(router);
    new ControlApi(this).mount(router);
    return router;
  }

  private Router guarded(String call) {
    Router guard = Router.router(vertx);
    guard
        .route()
        .handler(access.wire(call))
        .handler(access::authenticated)
        .handler(access::limited);
    return guard;
  }

  /** Root of the instance, for {@code baton.hubs.<name>.url}: no slash at the end. */
  public URI url() {
    String host = options.host.equals("0.0.0.0") ? "127.0.0.1" : options.host;
    return URI.create("http://" + host + ":" + server.actualPort());
  }

  public int port() {
    return server.actualPort();
  }

  /** The instance's records, to look at and to break. */
  public Tables tables() {
    return tables;
  }

  /** What goes wrong on the wire, on demand. */
  public Faults faults() {
    return faults;
  }

  /** Sets something up wrongly. Stays until {@link #reset()}. */
  public synchronized void misconfigure(Misconfiguration wrong) {
    wrong.apply(tables);
    misconfigurations.add(wrong);
  }

  /** What was misconfigured since the last {@link #reset()}. */
  public synchronized Set<Misconfiguration> misconfigurations() {
    return Set.copyOf(misconfigurations);
  }

  /** Disarms every fault and sets every record up as at the start; conversations are forgotten. */
  public synchronized void reset() {
    faults.clear();
    misconfigurations.clear();
    InstanceData.load(tables, options.values());
    access.clear();
  }

  /** How many different access tokens were given out. */
  public int tokensIssued() {
    return oauth.issued();
  }

  /** Stops listening. Returns when the port is free, unless on an event loop. */
  @Override
  public void close() {
    Future<Void> closed = server == null ? Future.succeededFuture() : server.close();
    if (Context.isOnEventLoopThread()) {
      if (ownsVertx) {
        closed.onComplete(result -> vertx.close());
      }
      return;
    }
    closed.toCompletionStage().toCompletableFuture().join();
    if (ownsVertx) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
