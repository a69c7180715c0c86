package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.directline.server.DirectLineBackend.Listener;
import io.vertx.core.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One conversation of the simulated bot. Everything that changes it runs on its {@link #context()},
 * one after the other; reading is possible from anywhere.
 */
final class SimulatedConversation {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final String id;
  private final String userId;
  private final String locale;
  private final Context context;
  private final Clock clock;
  private final Instant startedAt;
  private final List<ObjectNode> stream = new ArrayList<>();
  private final List<ObjectNode> received = new ArrayList<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  final Memory memory = new Memory();

  SimulatedConversation(String id, String userId, String locale, Context context, Clock clock) {
    this.id = id;
    this.userId = userId;
    this.locale = locale;
    this.context = context;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  String id() {
    return id;
  }

  String userId() {
    return userId;
  }

  String locale() {
    return locale;
  }

  Instant startedAt() {
    return startedAt;
  }

  Context context() {
    return context;
  }

  /** Everything in the stream, both sides' activities, oldest first. */
  List<ObjectNode> stream() {
    return slice(-1, Integer.MAX_VALUE);
  }

  /** Activities of the stream with a number greater than {@code after}. */
  List<ObjectNode> slice(long after, int limit) {
    synchronized (stream) {
      int from = (int) Math.min(Math.max(after + 1, 0), stream.size());
      int to = (int) Math.min((long) from + limit, stream.size());
      return List.copyOf(stream.subList(from, to));
    }
  }

  /** What the client posted, in order, as the bot saw it; typing included. */
  List<ObjectNode> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  void receive(ObjectNode activity) {
    synchronized (received) {
      received.add(activity);
    }
  }

  /** Stamps an activity as the channel does and puts it into the stream. */
  ObjectNode append(ObjectNode activity) {
    int number;
    synchronized (stream) {
      number = stream.size();
      activity.put("id", "%s|%07d".formatted(id, number));
      stamp(activity);
      stream.add(activity);
    }
    listeners.forEach(listener -> listener.activities(number, List.of(activity)));
    return activity;
  }

  /** Shows an activity that is not kept. */
  void signal(ObjectNode activity) {
    stamp(activity);
    listeners.forEach(listener -> listener.signal(activity));
  }

  void stamp(ObjectNode activity) {
    activity.put("timestamp", TIMESTAMP.format(clock.instant()));
    activity.put("channelId", "directline");
    activity.putObject("conversation").put("id", id);
  }

  AutoCloseable listen(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
