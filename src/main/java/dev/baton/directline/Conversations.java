package dev.baton.directline;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The conversations of one bot, spread over event loops. Thread-safe. */
final class Conversations {
  private static final long SWEEP = Duration.ofMinutes(10).toMillis();
  private static final Duration REMEMBER_ENDED = Duration.ofHours(1);

  private final DirectLineClient client;
  private final Vertx vertx;
  private final Map<String, BotConversation> byKey = new ConcurrentHashMap<>();
  private final List<Context> contexts = new CopyOnWriteArrayList<>();
  private final AtomicInteger nextContext = new AtomicInteger();
  private String deployment;
  private long sweepTimer = -1;

  Conversations(DirectLineClient client) {
    this.client = client;
    this.vertx = client.vertx();
  }

  /** Loads the stored sessions. Blocks. */
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
    for (DirectLineSession session : client.store().load(client.bot())) {
      BotConversation conversation = stored(session);
      byKey.put(session.key(), conversation);
      if (!conversation.over()) {
        conversation.run(() -> conversation.credentials().schedule());
      }
    }
    sweepTimer = vertx.setPeriodic(SWEEP, id -> sweep());
  }

  /** Goes on with the stored sessions that are not here. Blocks. */
  void takeStored() throws Exception {
    for (DirectLineSession session : client.store().load(client.bot())) {
      byKey.computeIfAbsent(session.key(), key -> taken(session));
    }
  }

  Future<Void> stop() {
    vertx.cancelTimer(sweepTimer);
    for (BotConversation conversation : byKey.values()) {
      conversation.run(conversation.receiver()::stop);
    }
    return deployment == null ? Future.succeededFuture() : vertx.undeploy(deployment);
  }

  Collection<BotConversation> all() {
    return byKey.values();
  }

  /** Only from memory. */
  BotConversation inMemory(String key) {
    return byKey.get(key);
  }

  /** From memory or from the store; null when there is none. */
  Future<BotConversation> find(String key) {
    BotConversation present = byKey.get(key);
    return present != null
        ? Future.succeededFuture(present)
        : read(key)
            .map(
                session ->
                    session == null
                        ? byKey.get(key)
                        : byKey.computeIfAbsent(key, k -> taken(session)));
  }

  /** From memory or from the store, else a new one. */
  Future<BotConversation> findOrMake(String key, Person person) {
    return find(key)
        .map(found -> found != null ? found : byKey.computeIfAbsent(key, k -> fresh(key, person)));
  }

  /** Likewise, and a new one also in place of one that is over. */
  Future<BotConversation> findLiveOrMake(String key, Person person) {
    return findOrMake(key, person)
        .map(
            found ->
                found.over()
                    ? byKey.compute(
                        key, (k, now) -> now == null || now.over() ? fresh(key, person) : now)
                    : found);
  }

  private Future<DirectLineSession> read(String key) {
    Promise<DirectLineSession> promise = Promise.promise();
    try {
      client
          .workers()
          .store()
          .execute(
              () -> {
                try {
                  promise.complete(client.store().find(client.bot(), key));
                } catch (Exception e) {
                  promise.fail(unreadable(e));
                }
              });
    } catch (RejectedExecutionException stopping) {
      promise.fail(unreadable(stopping));
    }
    return promise.future();
  }

  private static DirectLineRetryException unreadable(Exception e) {
    return new DirectLineRetryException("The stored session cannot be read", 0, null, null, e);
  }

  private BotConversation stored(DirectLineSession session) {
    // Only a region that the token endpoint named outlives the configuration.
    return new BotConversation(
        client,
        context(),
        client.tokenEndpoint() == null
            ? session.withConversation(client.root(), session.conversationId())
            : session);
  }

  /** A conversation that another node has had. */
  private BotConversation taken(DirectLineSession session) {
    BotConversation conversation = stored(session);
    if (session.started() && !conversation.over()) {
      conversation.run(
          () -> {
            conversation.credentials().schedule();
            conversation.receiver().resume();
          });
    }
    return conversation;
  }

  private BotConversation fresh(String key, Person person) {
    return new BotConversation(
        client,
        context(),
        new DirectLineSession(
            client.bot(),
            key,
            client.root(),
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

  private Context context() {
    return contexts.get(Math.floorMod(nextContext.getAndIncrement(), contexts.size()));
  }

  private void sweep() {
    Instant limit = Instant.now().minus(REMEMBER_ENDED);
    for (BotConversation conversation : byKey.values()) {
      Instant endedAt = conversation.session().endedAt();
      boolean endedLongAgo = endedAt != null && endedAt.isBefore(limit);
      if (endedLongAgo || neverStarted(conversation, limit)) {
        conversation.run(conversation::forget);
      }
    }
  }

  private static boolean neverStarted(BotConversation conversation, Instant limit) {
    DirectLineSession session = conversation.session();
    return !session.started()
        && !conversation.starter().begun()
        && (session.tokenExpiresAt() == null || session.tokenExpiresAt().isBefore(limit));
  }

  void remove(BotConversation conversation) {
    byKey.remove(conversation.session().key(), conversation);
  }
}
