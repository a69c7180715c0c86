package dev.baton.directline;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** All conversations with one bot. Thread-safe. */
public final class DirectLineClient {
  private static final long SWEEP = Duration.ofMinutes(10).toMillis();
  private static final Duration REMEMBER_ENDED = Duration.ofHours(1);

  private final String bot;
  private final DirectLineConfiguration configuration;
  private final Vertx vertx;
  private final Executor workers;
  private final DirectLineSessionStore store;
  private final Transport transport;
  private final TokenEndpoint tokenEndpoint;
  private final Gate reconnects;
  private final Map<String, BotConversation> conversations = new ConcurrentHashMap<>();
  private final List<Context> contexts = new CopyOnWriteArrayList<>();
  private final AtomicInteger nextContext = new AtomicInteger();
  private final AtomicInteger sockets = new AtomicInteger();
  private final AtomicInteger undelivered = new AtomicInteger();
  private volatile Sink sink;
  private volatile boolean closed;
  private String deployment;
  private long sweepTimer;

  DirectLineClient(
      String bot, DirectLineConfiguration configuration, Vertx vertx, Executor workers) {
    this.bot = bot;
    this.configuration = configuration;
    this.vertx = vertx;
    this.workers = workers;
    this.store =
        configuration.getSessionStore() == null
            ? new MemoryDirectLineSessionStore()
            : configuration.getSessionStore();
    this.transport = new Transport(vertx, configuration);
    String endpoint = configuration.getTokenEndpoint();
    this.tokenEndpoint =
        endpoint == null || endpoint.isBlank()
            ? null
            : new TokenEndpoint(transport, endpoint.strip(), root());
    this.reconnects = new Gate(configuration.getResumeConcurrency());
  }

  private String root() {
    return TokenEndpoint.root(configuration.getUrl());
  }

  /** Loads the stored sessions. Blocks; not for an event loop. */
  void start() throws Exception {
    // Each instance of a verticle has its own context: the supported way to get event loops to
    // spread conversations over.
    int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
    deployment =
        vertx
            .deployVerticle(
                () ->
                    new AbstractVerticle() {
                      @Override
                      public void start() {
                        contexts.add(context);
                      }
                    },
                new DeploymentOptions().setInstances(loops))
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    for (DirectLineSession session : store.load(bot)) {
      // Only the token endpoint's region outlives the configuration.
      BotConversation conversation =
          new BotConversation(
              this,
              context(),
              tokenEndpoint == null
                  ? session.withConversation(root(), session.conversationId())
                  : session);
      conversations.put(session.key(), conversation);
      if (!conversation.over()) {
        conversation.run(() -> conversation.credentials().schedule());
      }
    }
    sweepTimer = vertx.setPeriodic(SWEEP, id -> sweep());
  }

  /** Stops everything; sessions stay stored. Blocks; not for an event loop. */
  void close() throws Exception {
    closed = true;
    vertx.cancelTimer(sweepTimer);
    for (BotConversation conversation : conversations.values()) {
      conversation.run(conversation.receiver()::stop);
    }
    Future<Void> undeployed =
        deployment == null ? Future.succeededFuture() : vertx.undeploy(deployment);
    undeployed
        .transform(done -> transport.close())
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  /** Gives all activities to the sink from now on, and resumes all conversations. */
  void attach(Sink newSink) {
    synchronized (this) {
      if (sink != null) {
        throw new IllegalStateException(
            "There is a consumer of directline:"
                + bot
                + " already. One route receives the activities of all its conversations.");
      }
      sink = newSink;
    }
    for (BotConversation conversation : conversations.values()) {
      if (conversation.session().started() && !conversation.over()) {
        conversation.run(
            () ->
                conversation.timer(
                    Delays.between(1, Math.max(1, configuration.getResumeSpread())),
                    conversation.receiver()::resume));
      }
    }
  }

  /** Receives nothing any more; what waits for the route goes on waiting. */
  void detach(Sink oldSink) {
    synchronized (this) {
      if (sink != oldSink) {
        return;
      }
      sink = null;
    }
    for (BotConversation conversation : conversations.values()) {
      conversation.run(conversation.receiver()::stop);
    }
  }

  /**
   * Starts the conversation of a key, or uses the one that it has.
   *
   * @param context values for the bot, or null
   */
  Future<DirectLineSession> open(String key, Person person, Map<String, Object> context) {
    BotConversation conversation =
        conversations.compute(
            key, (k, present) -> present == null || present.over() ? fresh(key, person) : present);
    return on(
        conversation, () -> conversation.starter().start(context).map(v -> conversation.session()));
  }

  private BotConversation fresh(String key, Person person) {
    return new BotConversation(
        this,
        context(),
        new DirectLineSession(
            bot,
            key,
            root(),
            null,
            null,
            null,
            null,
            person.id() == null ? key : person.id(),
            person.name(),
            person.locale(),
            false,
            false,
            null));
  }

  /**
   * Posts an activity; starts a conversation for a key that has none.
   *
   * @return session and id; the id is null when the service gave none
   */
  Future<Posted> post(String key, Map<String, Object> activity, String mark, boolean repeated) {
    return started(key, Person.of(activity), repeated)
        .compose(
            conversation ->
                on(
                    conversation,
                    () ->
                        conversation
                            .poster()
                            .post(activity, mark, repeated)
                            .map(id -> new Posted(conversation.session(), id))));
  }

  /** Posts a file with the activity that carries it. */
  Future<Posted> upload(
      String key, Map<String, Object> carrier, Upload file, String mark, boolean repeated) {
    return started(key, Person.of(carrier), repeated)
        .compose(
            conversation ->
                on(
                    conversation,
                    () ->
                        conversation
                            .poster()
                            .upload(carrier, file, mark, repeated)
                            .map(id -> new Posted(conversation.session(), id))));
  }

  private Future<BotConversation> started(String key, Person person, boolean repeated) {
    BotConversation conversation = conversations.computeIfAbsent(key, k -> fresh(key, person));
    if (conversation.over()) {
      // Only a repeat may still find its echo in the history; anything else comes too late.
      return repeated && conversation.session().started()
          ? Future.succeededFuture(conversation)
          : Future.failedFuture(DirectLineConversationLostException.ended());
    }
    return on(conversation, () -> conversation.starter().start(null).map(v -> conversation));
  }

  /** Posts {@code endOfConversation} and forgets the conversation. An unknown key is no error. */
  Future<Void> end(String key, Map<String, Object> activity, String mark, boolean repeated) {
    BotConversation conversation = conversations.get(key);
    if (conversation == null) {
      return Future.succeededFuture();
    }
    return on(
        conversation,
        () -> {
          Future<String> told =
              conversation.over() || !conversation.session().started()
                  ? Future.succeededFuture()
                  : conversation
                      .poster()
                      .post(activity, mark, repeated)
                      .recover(
                          e ->
                              e instanceof DirectLineRetryException
                                  ? Future.failedFuture(e)
                                  : Future.succeededFuture());
          return told.compose(id -> conversation.forget());
        });
  }

  /** Runs a task on a conversation's context. */
  <T> Future<T> on(BotConversation conversation, Supplier<Future<T>> task) {
    Promise<T> promise = Promise.promise();
    conversation.run(
        () -> {
          try {
            task.get().onComplete(promise);
          } catch (RuntimeException e) {
            promise.tryFail(e);
          }
        });
    return promise.future();
  }

  private Context context() {
    return contexts.get(Math.floorMod(nextContext.getAndIncrement(), contexts.size()));
  }

  private void sweep() {
    Instant limit = Instant.now().minus(REMEMBER_ENDED);
    for (BotConversation conversation : conversations.values()) {
      Instant endedAt = conversation.session().endedAt();
      if (endedAt != null && endedAt.isBefore(limit)) {
        conversation.run(conversation::forget);
      }
    }
  }

  void forgotten(BotConversation conversation) {
    conversations.remove(conversation.session().key(), conversation);
  }

  /** How the connection to the bot is. */
  public DirectLineStatus status() {
    int open = 0;
    for (BotConversation conversation : conversations.values()) {
      if (conversation.session().started() && !conversation.over()) {
        open++;
      }
    }
    return new DirectLineStatus(
        bot,
        open,
        sockets.get(),
        undelivered.get(),
        transport.lastSuccess(),
        transport.lastError(),
        transport.lastErrorAt());
  }

  String bot() {
    return bot;
  }

  DirectLineConfiguration configuration() {
    return configuration;
  }

  Vertx vertx() {
    return vertx;
  }

  Executor workers() {
    return workers;
  }

  DirectLineSessionStore store() {
    return store;
  }

  Transport transport() {
    return transport;
  }

  /** Null when a secret is used. */
  TokenEndpoint tokenEndpoint() {
    return tokenEndpoint;
  }

  Gate reconnects() {
    return reconnects;
  }

  Sink sink() {
    return sink;
  }

  boolean isClosed() {
    return closed;
  }

  void sockets(int change) {
    sockets.addAndGet(change);
  }

  void undelivered(int change) {
    undelivered.addAndGet(change);
  }
}
