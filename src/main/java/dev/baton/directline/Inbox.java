package dev.baton.directline;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.camel.spi.IdempotentRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was received and waits for the route: repeats and own echoes taken out, in order, one at a
 * time. The watermark advances only over what the route has processed. Used on the conversation's
 * context only.
 */
final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private static final class Item {
    final Map<String, Object> activity;
    final String id;
    final Promise<Void> processed = Promise.promise();
    String watermark;
    int attempts;

    Item(Map<String, Object> activity, String id) {
      this.activity = activity;
      this.id = id;
    }
  }

  private final BotConversation conversation;
  private final DirectLineClient client;
  private final DirectLineConfiguration configuration;
  private final Deque<Item> waiting = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private String received;
  private boolean delivering;
  private boolean ended;
  private long retryTimer = -1;

  Inbox(BotConversation conversation, DirectLineClient client) {
    this.conversation = conversation;
    this.client = client;
    this.configuration = client.configuration();
  }

  boolean full() {
    return waiting.size() >= configuration.getReceiveBuffer();
  }

  /** Where receiving goes on: the newest watermark, whether its activities are processed or not. */
  String watermark() {
    return received == null ? conversation.session().watermark() : received;
  }

  /** An id that the service gave to a post of ours: its echo is not news. */
  void posted(String id) {
    seen.add(compact(id));
  }

  /** Completes when what waits now has been processed, or never will be. */
  Future<Void> read() {
    Item last = waiting.peekLast();
    return last == null ? Future.succeededFuture() : last.processed.future();
  }

  /**
   * Takes a set of activities.
   *
   * @param watermark that of the set, or null
   * @return how many were new, own echoes included
   */
  int accept(List<?> activities, String watermark) {
    int news = 0;
    for (Object each : activities) {
      if (each instanceof Map<?, ?>) {
        @SuppressWarnings("unchecked")
        Map<String, Object> activity = (Map<String, Object>) each;
        if (take(activity)) {
          news++;
        }
      }
    }
    if (watermark != null) {
      received = watermark;
      if (waiting.isEmpty()) {
        advance(watermark);
      } else {
        waiting.peekLast().watermark = watermark;
      }
    }
    pump();
    return news;
  }

  private boolean take(Map<String, Object> activity) {
    String id = Json.text(activity, "id");
    String name = configuration.getMarkName();
    boolean ours = Marks.isOurs(activity, name, conversation.session().userId());
    if (ours) {
      // Even a repeated echo may be the one that a post waits for.
      conversation.poster().echoed(Marks.of(activity, name), id);
    }
    // Typing often has no id, and each one counts.
    if (id != null && !seen.add(compact(id))) {
      return false;
    }
    if (!ours) {
      waiting.add(new Item(activity, id));
      client.undelivered(1);
    }
    return true;
  }

  /** Ids are long and most repeat the conversation's id; thousands are kept. */
  private String compact(String id) {
    String conversationId = conversation.session().conversationId();
    return conversationId != null && id.startsWith(conversationId)
        ? id.substring(conversationId.length())
        : id;
  }

  /** Gives the oldest activity to the route, if there is one and none is there already. */
  void pump() {
    Sink sink = client.sink();
    Item item = waiting.peek();
    if (delivering || retryTimer >= 0 || item == null || sink == null) {
      return;
    }
    delivering = true;
    item.attempts++;
    try {
      client
          .workers()
          .routes()
          .execute(() -> deliver(sink, item, e -> conversation.run(() -> delivered(item, e))));
    } catch (RejectedExecutionException stopping) {
      delivering = false;
    }
  }

  private void deliver(Sink sink, Item item, Consumer<Throwable> done) {
    try {
      IdempotentRepository repository = configuration.getSeenActivities();
      String key =
          repository == null || item.id == null
              ? null
              : conversation.session().conversationId() + "|" + compact(item.id);
      if (key != null && repository.contains(key)) {
        done.accept(null);
        return;
      }
      sink.deliver(
          conversation.session(),
          item.activity,
          item.watermark,
          item.attempts,
          e -> {
            if (e == null && key != null) {
              remember(repository, key, done);
            } else {
              done.accept(e);
            }
          });
    } catch (RuntimeException e) {
      done.accept(e);
    }
  }

  /** The route may have ended on any thread, and the repository may block. */
  private void remember(IdempotentRepository repository, String key, Consumer<Throwable> done) {
    try {
      client
          .workers()
          .store()
          .execute(
              () -> {
                try {
                  repository.add(key);
                } catch (RuntimeException e) {
                  LOG.warn("A processed activity cannot be remembered: {}", e.toString());
                }
                done.accept(null);
              });
    } catch (RejectedExecutionException stopping) {
      done.accept(null);
    }
  }

  private void delivered(Item item, Throwable failure) {
    delivering = false;
    if (failure != null) {
      long delay =
          Delays.growing(
              configuration.getRetryDelay(), configuration.getRetryMaxDelay(), item.attempts);
      LOG.warn(
          "Activity {} of {} was not processed, attempt {}; next in {} ms: {}",
          item.id,
          conversation.session(),
          item.attempts,
          delay,
          failure.toString());
      retryTimer =
          conversation.timer(
              delay,
              () -> {
                retryTimer = -1;
                pump();
              });
      return;
    }
    if (waiting.remove(item)) {
      client.undelivered(-1);
    }
    item.processed.tryComplete();
    if (item.watermark != null) {
      advance(item.watermark);
    }
    if (configuration.isClosedByBot() && "endOfConversation".equals(item.activity.get("type"))) {
      ended = true;
      conversation.receiver().stop();
    }
    if (ended && waiting.isEmpty()) {
      conversation.end();
    }
    if (waiting.size() <= configuration.getReceiveBuffer() / 4) {
      conversation.receiver().roomAgain();
    }
    pump();
  }

  private void advance(String watermark) {
    if (!watermark.equals(conversation.session().watermark()) && !conversation.over()) {
      conversation.update(s -> s.withWatermark(watermark));
      conversation.saveLater();
    }
  }

  /** Drops what waits: the conversation was forgotten. */
  void clear() {
    client.undelivered(-waiting.size());
    waiting.forEach(item -> item.processed.tryComplete());
    waiting.clear();
    conversation.cancel(retryTimer);
    retryTimer = -1;
  }
}
