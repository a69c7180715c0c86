package dev.baton.directline.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A Direct Line 3.0 service for clients such as Web Chat. It speaks the protocol and guards it;
 * conversations live in the {@link DirectLineBackend}. Mount it on any Vert.x router; close it at
 * the end.
 */
public final class DirectLineServer implements AutoCloseable {
  /** Before body handlers and catch-alls on the same router, after what guards all of it. */
  private static final int ORDER = -900;

  private static final int MAX_PARAMETERS = 16 * 1024;

  /** Boundaries, part headers and the like. */
  private static final int MULTIPART_ROOM = 64 * 1024;

  private final DirectLineServerConfig config;
  private final Credentials credentials;
  private final Cors cors;
  private final RequestBodies bodies;
  private final IncomingActivities incoming;
  private final AttachmentStore store;
  private final ConversationOperations conversations;
  private final ActivityOperations activities;
  private final UploadOperations uploads;
  private final Streams streams;
  private volatile boolean stopping;

  @FunctionalInterface
  private interface Operation {
    /** Answers the request. Completes when it is answered; may throw what it would fail with. */
    Future<Void> run(Request request);
  }

  private enum Access {
    CREDENTIAL,
    OPEN
  }

  public DirectLineServer(
      Vertx vertx,
      DirectLineBackend keeper,
      DirectLineServerConfig config,
      DirectLineTokens tokens) {
    Clock clock = Clock.systemUTC();
    DirectLineBackend backend = new EventLoopBackend(vertx, keeper);
    this.config = config;
    this.credentials = new Credentials(backend, tokens);
    this.cors = new Cors(config.origins);
    this.bodies = new RequestBodies(vertx, config.bodyIdle, config.bodyTotal);
    this.incoming = new IncomingActivities(vertx, config.outboundUrls, clock);
    this.store = new AttachmentStore(vertx, config.uploads, config.uploadLife, clock);
    this.conversations = new ConversationOperations(backend, tokens, config, clock);
    this.activities = new ActivityOperations(backend, incoming);
    this.uploads = new UploadOperations(backend, incoming, activities, store, config);
    this.streams = new Streams(vertx, backend, tokens, config);
  }

  /** Adds the service's paths: everything under the prefix, and {@code /bots/<bot>/directline}. */
  public void mount(Router router) {
    String prefix = config.prefix;
    String conversation = prefix + "/conversations/:conversation";
    Paths paths = new Paths(router);
    paths.post(prefix + "/tokens/generate", MAX_PARAMETERS, conversations::generateToken);
    paths.post(prefix + "/tokens/refresh", MAX_PARAMETERS, conversations::refreshToken);
    paths.post(prefix + "/conversations", MAX_PARAMETERS, conversations::start);
    paths.get(conversation, Access.CREDENTIAL, conversations::reconnect);
    paths.get(conversation + "/activities", Access.CREDENTIAL, activities::get);
    paths.post(conversation + "/activities", config.maxActivity, activities::post);
    paths.post(
        conversation + "/upload",
        config.maxUpload + config.maxActivity + MULTIPART_ROOM,
        uploads::upload);
    paths.get(
        conversation + "/stream",
        Access.OPEN,
        request -> {
          streams.upgrade(request.ctx());
          return Future.succeededFuture();
        });
    paths.get(
        prefix + "/attachments/:attachment/:name",
        Access.OPEN,
        request -> uploads.download(request.ctx()));
    paths.get("/bots/:bot/directline/token", Access.OPEN, conversations::tokenForPage);
    paths.finish(prefix + "/*");
  }

  /** Streams open now on this node. */
  public int openStreams() {
    return streams.count();
  }

  /** Drops the stream of a conversation, if one is open here; its client will come again. */
  public void dropStream(String conversation) {
    streams.drop(conversation);
  }

  /** Closes all streams; their clients come again, to this node or another one. */
  public void closeStreams() {
    streams.closeAll();
  }

  /** Refuses new requests with 503 and closes all streams. What is being answered goes on. */
  public void drain() {
    stopping = true;
    streams.closeAll();
  }

  @Override
  public void close() {
    drain();
    store.close();
    incoming.close();
  }

  private void handle(RoutingContext ctx, Access access, int maxBody, Operation operation) {
    Answers.prepare(ctx);
    cors.mark(ctx, null);
    try {
      if (stopping) {
        throw Problem.STOPPING.with("This node is being shut down. Try again.");
      }
      Scope scope = access == Access.OPEN ? null : credentials.of(ctx.request());
      if (scope != null) {
        cors.mark(ctx, scope.bot());
      }
      if (maxBody == 0) {
        run(ctx, operation, new Request(ctx, scope, Buffer.buffer()));
        return;
      }
      bodies
          .read(ctx, maxBody)
          .onSuccess(body -> run(ctx, operation, new Request(ctx, scope, body)))
          .onFailure(e -> fail(ctx, e));
    } catch (RuntimeException e) {
      fail(ctx, e);
    }
  }

  private void run(RoutingContext ctx, Operation operation, Request request) {
    try {
      operation.run(request).onFailure(e -> fail(ctx, e));
    } catch (RuntimeException e) {
      fail(ctx, e);
    }
  }

  private void fail(RoutingContext ctx, Throwable failure) {
    Answers.error(ctx, failure);
    bodies.finish(ctx);
  }

  /** Registers paths and, at the end, what is said to everything else under them. */
  private final class Paths {
    private final Router router;
    private final Map<String, Set<String>> methods = new LinkedHashMap<>();

    Paths(Router router) {
      this.router = router;
    }

    void get(String path, Access access, Operation operation) {
      add(HttpMethod.GET, path, access, 0, operation);
    }

    void post(String path, int maxBody, Operation operation) {
      add(HttpMethod.POST, path, Access.CREDENTIAL, maxBody, operation);
    }

    private void add(
        HttpMethod method, String path, Access access, int maxBody, Operation operation) {
      methods.computeIfAbsent(path, p -> new LinkedHashSet<>()).add(method.name());
      router
          .route(method, path)
          .order(ORDER)
          .handler(ctx -> handle(ctx, access, maxBody, operation));
    }

    void finish(String everything) {
      methods.forEach(
          (path, allowed) -> {
            router.route(HttpMethod.OPTIONS, path).order(ORDER).handler(cors::preflight);
            String allow = String.join(", ", allowed) + ", OPTIONS";
            refuse(
                path,
                ctx -> {
                  ctx.response().putHeader("Allow", allow);
                  return Problem.WRONG_METHOD.with("This path takes " + allow + ".");
                });
          });
      refuse(
          everything,
          ctx -> Problem.UNKNOWN_PATH.with("There is no such operation in Direct Line 3.0 here."));
    }

    private void refuse(String path, Function<RoutingContext, DirectLineException> problem) {
      router
          .route(path)
          .order(ORDER + 1)
          .handler(
              ctx -> {
                Answers.prepare(ctx);
                cors.mark(ctx, null);
                fail(ctx, problem.apply(ctx));
              });
    }
  }
}
