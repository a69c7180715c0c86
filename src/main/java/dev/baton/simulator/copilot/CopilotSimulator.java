package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.directline.server.AllowedOrigins;
import dev.baton.directline.server.DirectLineServer;
import dev.baton.directline.server.DirectLineServerConfig;
import dev.baton.directline.server.DirectLineTokens;
import dev.baton.operations.StartPage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * A stand-in for Copilot Studio: Direct Line 3.0 and Copilot Studio's token endpoint in front of a
 * scripted bot, with faults on demand. Runs inside the demo, alone, and as a test fixture:
 *
 * <pre>{@code
 * try (CopilotSimulator bot = CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0))) {
 *   // a client talks to bot.url() with bot.secret()
 *   bot.faults().arm(Fault.once(FaultKind.BAD_GATEWAY));
 *   assertThat(bot.received(conversation)).hasSize(2);
 * }
 * }</pre>
 */
public final class CopilotSimulator implements AutoCloseable {
  private final Vertx vertx;
  private final boolean ownsVertx;
  private final CopilotOptions options;
  private final Faults faults = new Faults();
  private final CopilotBackend backend;
  private final Path uploads;
  private final DirectLineServer service;
  private HttpServer entrance;
  private HttpServer inner;
  private FaultProxy proxy;
  private TokenEndpoint tokenEndpoint;

  private CopilotSimulator(Vertx vertx, boolean ownsVertx, CopilotOptions options) {
    this.vertx = vertx;
    this.ownsVertx = ownsVertx;
    this.options = options;
    Clock clock = Clock.systemUTC();
    Script script = options.script() == null ? Script.demo() : Script.read(options.script());
    this.backend = new CopilotBackend(vertx, clock, options, script, faults);
    try {
      this.uploads = Files.createTempDirectory("baton-simulator-");
    } catch (IOException e) {
      throw new UncheckedIOException("The simulator needs a temporary folder for uploads", e);
    }
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    // Any page may use the simulator, as any page may use a real bot without web-channel security.
    AllowedOrigins anyPage = (bot, origin) -> true;
    this.service =
        new DirectLineServer(
            vertx,
            backend,
            new DirectLineServerConfig(uploads).origins(anyPage),
            new DirectLineTokens(List.of(key), clock));
  }

  /**
   * Starts on the caller's Vert.x, which stays the caller's to close. Fails with {@link
   * SimulatorException} when the port is taken or the script is not valid.
   */
  public static Future<CopilotSimulator> start(Vertx vertx, CopilotOptions options) {
    return start(vertx, false, options);
  }

  /**
   * Starts on a Vert.x of its own and returns when it is ready. Not to be called on an event loop.
   *
   * @throws SimulatorException when the port is taken or the script is not valid
   */
  public static CopilotSimulator startAndWait(CopilotOptions options) {
    Vertx vertx = Vertx.vertx();
    try {
      return start(vertx, true, options).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      vertx.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static Future<CopilotSimulator> start(
      Vertx vertx, boolean ownsVertx, CopilotOptions options) {
    return vertx
        .executeBlocking(() -> new CopilotSimulator(vertx, ownsVertx, options), false)
        .compose(CopilotSimulator::listen);
  }

  private Future<CopilotSimulator> listen() {
    Router direct = Router.router(vertx);
    service.mount(direct);
    if (!options.faults()) {
      // Without the proxy the entrance itself is the service, so the port is known only afterwards.
      return open(direct, options.host(), options.port())
          .map(
              server -> {
                entrance = server;
                tokenEndpoint = new TokenEndpoint(vertx, server.actualPort(), options);
                mountPages(direct);
                return this;
              });
    }
    return open(direct, "127.0.0.1", 0)
        .compose(
            server -> {
              inner = server;
              int port = server.actualPort();
              proxy = new FaultProxy(vertx, port, options.secret(), faults, this::stream);
              tokenEndpoint = new TokenEndpoint(vertx, port, options);
              Router front = Router.router(vertx);
              mountPages(front);
              front.route().handler(context -> proxy.handle(context.request()));
              return open(front, options.host(), options.port());
            })
        .map(
            server -> {
              entrance = server;
              return this;
            })
        .onFailure(failure -> close());
  }

  private void mountPages(Router router) {
    new SimulatorApi(faults, backend.conversations()).mount(router);
    tokenEndpoint.mount(router);
    StartPage.mount(
        router,
        options.bot(),
        "This is the simulated Copilot Studio bot itself, without Baton: when it asks for a human,"
            + " nobody comes. It shows what Baton gets to see.",
        true,
        List.of(
            new StartPage.Link(
                "Conversations", "/simulator/conversations", "what the bot saw and said"),
            new StartPage.Link("Faults", "/simulator/faults", "what is armed, and what there is")));
  }

  private Future<HttpServer> open(Router router, String host, int port) {
    HttpServerOptions server =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setMaxWebSocketFrameSize(1 << 20)
            .setMaxWebSocketMessageSize(8 << 20);
    return vertx
        .createHttpServer(server)
        .requestHandler(router)
        .listen()
        .recover(
            failure ->
                Future.failedFuture(
                    new SimulatorException(
                        "BTN-4708",
                        "The simulator cannot listen on %s:%d (%s); choose another port"
                            .formatted(host, port, failure.getMessage()),
                        failure)));
  }

  /** Root of the service, for {@code baton.bots.<name>.url}: no slash at the end. */
  public URI url() {
    String host = options.host().equals("0.0.0.0") ? "127.0.0.1" : options.host();
    return URI.create("http://" + host + ":" + entrance.actualPort());
  }

  public int port() {
    return entrance.actualPort();
  }

  /** The bot's name in the script's world and in {@link #tokenEndpoint()}. */
  public String bot() {
    return options.bot();
  }

  /** The bot's Direct Line secret. */
  public String secret() {
    return options.secret();
  }

  /** Copilot Studio's token endpoint, for {@code baton.bots.<name>.token-endpoint}. */
  public URI tokenEndpoint() {
    return url()
        .resolve(
            "/powervirtualagents/botsbyschema/"
                + options.bot()
                + "/directline/token?api-version=2022-03-01-preview");
  }

  /** Orders faults; without effect when {@link CopilotOptions#faults()} is off. */
  public Faults faults() {
    return faults;
  }

  /** Ids of the conversations that were started, oldest first. */
  public List<String> conversations() {
    return backend.conversations().values().stream()
        .sorted(Comparator.comparing(SimulatedConversation::startedAt))
        .map(SimulatedConversation::id)
        .toList();
  }

  /** What clients posted to a conversation, in the order in which the bot saw it. */
  public List<ObjectNode> received(String conversation) {
    SimulatedConversation there = backend.conversations().get(conversation);
    return there == null ? List.of() : there.received();
  }

  /** The conversation's stream, both sides' activities. */
  public List<ObjectNode> stream(String conversation) {
    SimulatedConversation there = backend.conversations().get(conversation);
    return there == null ? List.of() : there.stream();
  }

  /** Lets the bot say something of its own accord. */
  public void say(String conversation, String text) {
    SimulatedConversation there = backend.conversations().get(conversation);
    if (there == null) {
      throw new SimulatorException("BTN-4705", "The bot has no conversation " + conversation, null);
    }
    there.context().runOnContext(v -> there.append(backend.message(text)));
  }

  /**
   * Stops listening; open sockets break. Returns when the port is free, unless on an event loop.
   */
  @Override
  public void close() {
    service.close();
    if (proxy != null) {
      proxy.close();
    }
    if (tokenEndpoint != null) {
      tokenEndpoint.close();
    }
    Future<Void> closed =
        Future.join(
                entrance == null ? Future.succeededFuture() : entrance.close(),
                inner == null ? Future.succeededFuture() : inner.close())
            .<Void>mapEmpty()
            .eventually(() -> vertx.executeBlocking(this::deleteUploads, false));
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

  private Void deleteUploads() throws IOException {
    try (Stream<Path> files = Files.walk(uploads)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
    return null;
  }
}
