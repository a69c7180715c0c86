package dev.baton.directline;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All conversations with one bot. Thread-safe. */
public final class DirectLineClient {
  private static final Logger LOG = LoggerFactory.getLogger(DirectLineClient.class);

  private final String bot;
  private final DirectLineConfiguration configuration;
  private final Vertx vertx;
  private final Workers workers;
  private final DirectLineSessionStore store;
  private final Transport transport;
  private final TokenEndpoint tokenEndpoint;
  private final Gate reconnects;
  private final Conversations conversations;
  private final AtomicInteger sockets = new AtomicInteger();
  private final AtomicInteger undelivered = new AtomicInteger();
  private volatile Sink sink;
  private volatile boolean closed;

  DirectLineClient(
      String bot, DirectLineConfiguration configuration, Vertx vertx, Workers workers) {
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
    this.conversations = new Conversations(this);
  }

  /** Loads the stored sessions. Blocks; not for an event loop. */
  void start() throws Exception {
    conversations.start();
  }

  /** Stops everything; sessions stay stored. Blocks; not for an event loop. */
  void close() throws Exception {
    closed = true;
    try {
      conversations
          .stop()
          .transform(done -> transport.close())
          .toCompletionStage()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Vert.x was closed before: nothing is left to stop", e);
    }
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
    long spread = Math.max(1, configuration.getResumeSpread());
    for (BotConversation conversation : conversations.all()) {
      if (conversation.session().started()) {
        conversation.run(
            () -> conversation.timer(Delays.between(1, spread), conversation.receiver()::resume));
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
    for (BotConversation conversation : conversations.all()) {
      conversation.run(conversation.receiver()::stop);
    }
  }

  /**
   * Starts the conversation of a key, or uses the one that it has.
   *
   * @param context values for the bot, or null
   */
  Future<DirectLineSession> open(String key, Person person, Map<String, Object> context) {
    return conversations
        .findLiveOrMake(key, person)
        .compose(
            conversation ->
                on(
                    conversation,
                    () -> conversation.starter().start(context).map(v -> conversation.session())));
  }

  /**
   * Posts an activity; starts a conversation for a key that has none.
   *
   * @param repeated whether an earlier attempt with this mark may have reached the service
   */
  Future<Posted> post(String key, Map<String, Object> activity, String mark, boolean repeated) {
    return posting(key, activity, repeated, poster -> poster.post(activity, mark, repeated));
  }

  /** Posts a file with the activity that carries it. */
  Future<Posted> upload(
      String key, Map<String, Object> carrier, Upload file, String mark, boolean repeated) {
    return posting(key, carrier, repeated, poster -> poster.upload(carrier, file, mark, repeated));
  }

  private Future<Posted> posting(
      String key,
      Map<String, Object> activity,
      boolean repeated,
      Function<Poster, Future<String>> action) {
    return conversations
        .findOrMake(key, Person.of(activity))
        .compose(
            conversation ->
                on(
                    conversation,
                    () ->
                        ready(conversation, repeated)
                            .compose(v -> action.apply(conversation.poster()))
                            .map(
                                id ->
                                    new Posted(
                                        conversation.session(), id, conversation.inbox().read()))));
  }

  private static Future<Void> ready(BotConversation conversation, boolean repeated) {
    if (!conversation.over()) {
      return conversation.starter().start(null);
    }
    // Only a repeat may still find its echo in the history; anything else comes too late.
    return repeated && conversation.session().started()
        ? Future.succeededFuture()
        : Future.failedFuture(DirectLineConversationLostException.ended());
  }

  /** Posts {@code endOfConversation} and forgets the conversation. An unknown key is no error. */
  Future<Void> end(String key, Map<String, Object> activity, String mark, boolean repeated) {
    return conversations
        .find(key)
        .compose(
            conversation ->
                conversation == null
                    ? Future.succeededFuture()
                    : on(conversation, () -> end(conversation, activity, mark, repeated)));
  }

  private static Future<Void> end(
      BotConversation conversation, Map<String, Object> activity, String mark, boolean repeated) {
    Future<String> told =
        conversation.over() || !conversation.session().started()
            ? Future.succeededFuture()
            : conversation.poster().post(activity, mark, repeated);
    return told.recover(
            e ->
                e instanceof DirectLineRetryException
                    ? Future.failedFuture(e)
                    : Future.succeededFuture())
        .compose(id -> conversation.forget());
  }

  /**
   * Continues a conversation that another node has had; its session is in the store. Completes with
   * false when it is not.
   */
  public Future<Boolean> takeOver(String key) {
    return conversations.find(key).map(conversation -> conversation != null);
  }

  /** Lets go of a conversation that another node continues. Its session stays stored. */
  public void leave(String key) {
    BotConversation conversation = conversations.inMemory(key);
    if (conversation != null) {
      conversation.run(conversation::leave);
    }
  }

  /**
   * Continues all conversations that are stored and not here: the node that had them is gone.
   * Blocks; not for an event loop.
   *
   * @throws Exception when the store cannot be read
   */
  public void takeOverAll() throws Exception {
    conversations.takeStored();
  }

  /** Lets go of all conversations. Their sessions stay stored. */
  public void leaveAll() {
    for (BotConversation conversation : conversations.all()) {
      conversation.run(conversation::leave);
    }
  }

  /** How the connection to the bot is. */
  public DirectLineStatus status() {
    int open = 0;
    for (BotConversation conversation : conversations.all()) {
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

  void forgotten(BotConversation conversation) {
    conversations.remove(conversation);
  }

  String bot() {
    return bot;
  }

  String root() {
    return TokenEndpoint.root(configuration.getUrl());
  }

  DirectLineConfiguration configuration() {
    return configuration;
  }

  Vertx vertx() {
    return vertx;
  }

  Workers workers() {
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
