package dev.baton.simulator.servicenow;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Texts texts = new Texts();
  private final Conversations conversations = new Conversations(tables);
  private final Callbacks callbacks;
  private final Path uploads;
  private Media media;
  private AgentDesk desk;
  private BotIntegrationApi bot;
  private Routing routing;
  private VirtualAgent agent;
  private HttpServer server;

  private ServiceNowSimulator(Vertx vertx, boolean ownsVertx, InstanceOptions options) {
    this.vertx = vertx;
    this.ownsVertx = ownsVertx;
    this.options = options;
    this.oauth = new OAuth(options, clock);
    this.access = new Access(vertx, options, tables, faults, oauth, clock);
    this.callbacks = new Callbacks(vertx, options, tables, faults);
    InstanceData.load(tables, options.values());
    try {
      this.uploads = Files.createTempDirectory("baton-servicenow-");
    } catch (IOException e) {
      throw new UncheckedIOException("The simulator needs a temporary folder for uploads", e);
    }
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
    Router router = Router.router(vertx);
    return vertx
        .createHttpServer(new HttpServerOptions().setHost(options.host).setPort(options.port))
        .requestHandler(router)
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
              // Its own address stands in what the instance says, so the rest waits for the port.
              server = listening;
              assemble();
              mount(router);
              return this;
            });
  }

  private void assemble() {
    String instance = url().toString();
    routing = new Routing(tables);
    Outbox outbox = new Outbox(tables);
    LiveAgent live =
        new LiveAgent(vertx, options, tables, conversations, routing, outbox, texts, faults);
    Streams streams = new Streams(vertx, conversations, outbox, faults, instance);
    media = new Media(vertx, tables, instance);
    desk = new AgentDesk(tables, conversations, routing, live, outbox, faults, streams, instance);
    if (options.accepts != null) {
      live.echo(new EchoingAgent(vertx, options.accepts, desk, routing));
    }
    BotChat chat =
        new BotChat(
            tables,
            options,
            conversations,
            live,
            new BotTopics(instance, live),
            outbox,
            faults,
            streams);
    agent =
        new VirtualAgent(
            tables, conversations, live, chat, outbox, faults, new Linking(tables), media);
    bot =
        new BotIntegrationApi(
            vertx, options, tables, faults, access, agent, conversations, outbox, callbacks);
  }

  private void mount(Router router) {
    router.route("/simulator/*").handler(LoopbackOnly::guard);
    router.route("/oauth_token.do").handler(access.wire("oauth"));
    router.route("/api/now/cccif/*").subRouter(guarded("media"));
    router.route("/api/now/table/*").subRouter(guarded("table"));
    router.route("/api/now/v1/*").subRouter(guarded("table"));
    router.route("/api/now/v2/*").subRouter(guarded("table"));
    router
        .post("/api/now/cccif/media/upload")
        .handler(BodyHandler.create(uploads.toString()).setDeleteUploadedFilesOnEnd(true));
    router.route().handler(BodyHandler.create(false).setBodyLimit(8 << 20));
    oauth.mount(router);
    new TableApi(tables, faults).mount(router);
    new MediaApi(tables, media, url().toString()).mount(router);
    bot.mount(router);
    new ControlApi(this).mount(router);
    new OptionsApi(options, texts).mount(router);
    new AgentApi(vertx, tables, conversations, desk, routing).mount(router);
    router.get("/").handler(context -> context.redirect("/simulator/agent/"));
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

  /**
   * Sends callbacks elsewhere from now on: for a receiver whose port is known only after the
   * instance has started.
   */
  public void callbackTo(String url) {
    options.callback(url);
    ProviderApplications.callback(tables, url);
  }

  /** Where callbacks go unless records say otherwise. */
  public String callbackUrl() {
    return options.callback;
  }

  /** Properties that point a hub of Baton at this instance, in an order for people. */
  public Map<String, String> settings(String hub) {
    String prefix = "baton.hubs." + hub + ".";
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(prefix + "type", "servicenow");
    settings.put(prefix + "url", url().toString());
    settings.put(prefix + "username", options.username);
    settings.put(prefix + "password", options.password);
    if (!options.token.isEmpty()) {
      settings.put(prefix + "token", options.token);
    }
    if (!options.signatureSecret.isEmpty()) {
      settings.put(prefix + "signature-secret", options.signatureSecret);
    }
    if (!options.callbackUser.isEmpty()) {
      settings.put(prefix + "callback-user", options.callbackUser);
      settings.put(prefix + "callback-password", options.callbackPassword);
    }
    return settings;
  }

  public int port() {
    return server.actualPort();
  }

  /** The instance's records, to look at and to break. */
  public Tables tables() {
    return tables;
  }

  /** What agents do. */
  public AgentDesk desk() {
    return desk;
  }

  /**
   * Sets up a custom chat integration: its records, and what the platform offers to its scripts.
   * Gone after {@link #reset()}.
   *
   * @param token that its requests must carry
   */
  public CustomAdapter customAdapter(CustomAdapter.Scripts scripts, String token) {
    return new CustomAdapter(vertx, tables, conversations, agent, scripts, token);
  }

  /** What the instance says of its own accord, to reword it. */
  public Texts texts() {
    return texts;
  }

  /** Every callback that was sent, in the order of their answers. */
  public List<Callback> callbacks() {
    return callbacks.sent();
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

  /**
   * Adds a provider application as one of several bots has.
   *
   * @param inboundId what its requests carry as {@code appInboundId}
   * @param callback where its callbacks go
   */
  public void application(String inboundId, String callback) {
    ProviderApplications.add(tables, inboundId, callback);
  }

  /** Disarms every fault and sets every record up as at the start; conversations are forgotten. */
  public synchronized void reset() {
    faults.clear();
    misconfigurations.clear();
    conversations.clear();
    InstanceData.load(tables, options.values());
    access.clear();
    texts.reset();
    callbacks.clear();
    bot.clear();
  }

  /** How many different access tokens were given out. */
  public int tokensIssued() {
    return oauth.issued();
  }

  /** Stops listening. Returns when the port is free, unless on an event loop. */
  @Override
  public void close() {
    callbacks.close();
    if (media != null) {
      media.close();
    }
    Future<Void> closed =
        (server == null ? Future.<Void>succeededFuture() : server.close())
            .eventually(() -> vertx.fileSystem().deleteRecursive(uploads.toString()));
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
