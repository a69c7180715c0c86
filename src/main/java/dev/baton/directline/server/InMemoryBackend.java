package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps conversations in memory, for simulators and tests. Nothing survives a restart. */
public final class InMemoryBackend implements DirectLineBackend {

  /** The bot behind the service. Called on an event loop: must not block. */
  public interface Bot {
    /** A conversation has begun; {@code userName} and {@code locale} may be null. */
    void started(String conversation, String bot, String userId, String userName, String locale);

    /**
     * The customer sent something, typing included.
     *
     * @return completes when the customer's post may be answered; fails with {@link
     *     DirectLineException} to answer it with an error
     */
    Future<Void> received(String conversation, ObjectNode activity);
  }

  private final Map<String, String> botsBySecret;
  private final Bot bot;
  private final Map<String, Stream> streams = new ConcurrentHashMap<>();

  /**
   * @param botsBySecret name of the bot that each secret opens
   */
  public InMemoryBackend(Map<String, String> botsBySecret, Bot bot) {
    this.botsBySecret = Map.copyOf(botsBySecret);
    this.bot = bot;
  }

  @Override
  public Optional<String> botOfSecret(String secret) {
    byte[] given = secret.getBytes(StandardCharsets.UTF_8);
    String found = null;
    for (Map.Entry<String, String> entry : botsBySecret.entrySet()) {
      if (MessageDigest.isEqual(entry.getKey().getBytes(StandardCharsets.UTF_8), given)) {
        found = entry.getValue();
      }
    }
    return Optional.ofNullable(found);
  }

  @Override
  public Future<Boolean> start(
      String conversation, String botName, String userId, String userName, String locale) {
    Stream created = new Stream(botName);
    if (streams.putIfAbsent(conversation, created) != null) {
      return Future.succeededFuture(false);
    }
    bot.started(conversation, botName, userId, userName, locale);
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Boolean> exists(String conversation, String botName) {
    Stream stream = streams.get(conversation);
    return Future.succeededFuture(stream != null && stream.bot.equals(botName));
  }

  @Override
  public Future<String> post(String conversation, ObjectNode activity) {
    Stream stream = streams.get(conversation);
    if (stream == null) {
      return Future.failedFuture(Problem.UNKNOWN_CONVERSATION.with("Unknown conversation."));
    }
    if (activity.path("type").asText().equals("typing")) {
      return bot.received(conversation, activity).map((String) null);
    }
    String marker = activity.path("channelData").path("clientActivityID").asText("");
    String id;
    synchronized (stream) {
      String earlier = stream.idsByMarker.get(marker);
      if (earlier != null) {
        return Future.succeededFuture(earlier);
      }
      id = append(conversation, stream, activity);
      if (!marker.isEmpty()) {
        stream.idsByMarker.put(marker, id);
      }
    }
    return bot.received(conversation, activity).map(id);
  }

  @Override
  public Future<List<ObjectNode>> read(String conversation, long after, int limit) {
    Stream stream = streams.get(conversation);
    if (stream == null) {
      return Future.failedFuture(Problem.UNKNOWN_CONVERSATION.with("Unknown conversation."));
    }
    synchronized (stream) {
      int size = stream.activities.size();
      int from = (int) Math.min(size, after + 1);
      return Future.succeededFuture(
          List.copyOf(stream.activities.subList(from, Math.min(size, from + limit))));
    }
  }

  @Override
  public AutoCloseable listen(String conversation, Listener listener) {
    Stream stream = known(conversation);
    stream.listeners.add(listener);
    return () -> stream.listeners.remove(listener);
  }

  /**
   * Adds a copy of what the bot says.
   *
   * @return its id
   */
  public String say(String conversation, ObjectNode activity) {
    Stream stream = known(conversation);
    synchronized (stream) {
      return append(conversation, stream, activity);
    }
  }

  /** Shows an activity to whoever listens now, without keeping it. */
  public void signal(String conversation, ObjectNode activity) {
    known(conversation).listeners.forEach(listener -> listener.signal(activity));
  }

  private Stream known(String conversation) {
    Stream stream = streams.get(conversation);
    if (stream == null) {
      throw Problem.UNKNOWN_CONVERSATION.with("Unknown conversation.");
    }
    return stream;
  }

  private static String append(String conversation, Stream stream, ObjectNode activity) {
    int number = stream.activities.size();
    String id = "%s|%07d".formatted(conversation, number);
    ObjectNode kept = activity.deepCopy();
    kept.put("id", id);
    stream.activities.add(kept);
    // Inside the lock, so that listeners hear of activities in their order.
    stream.listeners.forEach(listener -> listener.activities(number, List.of(kept)));
    return id;
  }

  private static final class Stream {
    final String bot;
    final List<ObjectNode> activities = new ArrayList<>();
    final Map<String, String> idsByMarker = new HashMap<>();
    final List<Listener> listeners = new CopyOnWriteArrayList<>();

    Stream(String bot) {
      this.bot = bot;
    }
  }
}
