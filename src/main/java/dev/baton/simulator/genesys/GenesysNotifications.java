package dev.baton.simulator.genesys;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The notification service: channels, their topics and sockets. There is no replay: what happens
 * while nobody listens is lost.
 */
public final class GenesysNotifications {
  private static final String CALL = "socket";

  private final Vertx vertx;
  private final GenesysSimulatorOptions options;
  private final GenesysFaults faults;
  private final Clock clock;
  private final Map<String, NotificationChannel> channels = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();

  GenesysNotifications(
      Vertx vertx, GenesysSimulatorOptions options, GenesysFaults faults, Clock clock) {
    this.vertx = vertx;
    this.options = options;
    this.faults = faults;
    this.clock = clock;
  }

  /** Number of channels that exist. */
  public int channels() {
    dropExpired();
    return channels.size();
  }

  /** Number of channels with a socket. */
  public int sockets() {
    return (int) channels.values().stream().filter(channel -> !channel.idle()).count();
  }

  /** How many sockets were ever opened. */
  public int socketsEver() {
    return opened.get();
  }

  /** Events that matched a topic while its channel had no socket. */
  public int lost() {
    return lost.get();
  }

  /** Whether any channel is subscribed to a topic. */
  public boolean subscribed(String topic) {
    return channels.values().stream().anyMatch(channel -> channel.topics().contains(topic));
  }

  /** Announces a maintenance close on every socket, and closes them when the notice is over. */
  public void announceClose() {
    for (NotificationChannel channel : channels.values()) {
      ServerWebSocket socket = channel.socket();
      if (socket != null) {
        channel.send(
            frame(
                "v2.system.socket_closing",
                new JsonObject().put("message", "The socket will be closed soon")));
        vertx.setTimer(options.closingNotice.toMillis(), timer -> socket.close());
      }
    }
  }

  /** Breaks every socket without a word. */
  public void dropSockets() {
    channels.values().forEach(NotificationChannel::drop);
  }

  /** Publishes an event; who subscribed to its topic and listens gets it. */
  public void publish(String topic, JsonObject body) {
    dropExpired();
    for (NotificationChannel channel : channels.values()) {
      if (channel.topics().contains(topic)) {
        publish(channel, topic, body);
      }
    }
  }

  private void publish(NotificationChannel channel, String topic, JsonObject body) {
    ServerWebSocket socket = channel.socket();
    if (socket != null && faults.strikes(GenesysFaultKind.SOCKET_DROP, CALL).isPresent()) {
      channel.drop();
      lost.incrementAndGet();
      return;
    }
    if (faults.strikes(GenesysFaultKind.EVENT_LOST, CALL).isPresent()) {
      lost.incrementAndGet();
      return;
    }
    JsonObject frame =
        frame(topic, body)
            .put("metadata", new JsonObject().put("CorrelationId", UUID.randomUUID().toString()));
    if (!channel.send(frame)) {
      lost.incrementAndGet();
    } else if (faults.strikes(GenesysFaultKind.EVENT_TWICE, CALL).isPresent()) {
      channel.send(frame);
    }
  }

  private static JsonObject frame(String topic, JsonObject body) {
    return new JsonObject().put("topicName", topic).put("version", "2").put("eventBody", body);
  }

  /** Makes a channel; with too many the oldest idle one of the client, or the oldest, goes. */
  synchronized NotificationChannel create(String client) {
    dropExpired();
    List<NotificationChannel> mine =
        channels.values().stream()
            .filter(channel -> channel.client.equals(client))
            .sorted(
                Comparator.comparing((NotificationChannel channel) -> !channel.idle())
                    .thenComparing(channel -> channel.created))
            .toList();
    if (mine.size() >= options.maxChannels) {
      remove(mine.get(0));
    }
    NotificationChannel channel =
        new NotificationChannel(
            "streaming-" + UUID.randomUUID(), client, clock.instant(), expiry());
    channels.put(channel.id, channel);
    vertx.setTimer(options.channelLife.toMillis() + 1, timer -> dropExpired());
    return channel;
  }

  Optional<NotificationChannel> channel(String id) {
    dropExpired();
    return Optional.ofNullable(channels.get(id));
  }

  List<NotificationChannel> of(String client) {
    dropExpired();
    return channels.values().stream().filter(channel -> channel.client.equals(client)).toList();
  }

  boolean subscribe(NotificationChannel channel, Set<String> topics, boolean replace) {
    boolean done = channel.subscribe(topics, replace, options.maxTopics, expiry());
    vertx.setTimer(options.channelLife.toMillis() + 1, timer -> dropExpired());
    return done;
  }

  private Instant expiry() {
    return clock.instant().plus(options.channelLife);
  }

  private void dropExpired() {
    Instant now = clock.instant();
    channels.values().stream()
        .filter(channel -> !now.isBefore(channel.expires()))
        .forEach(this::remove);
  }

  private void remove(NotificationChannel channel) {
    channels.remove(channel.id);
    ServerWebSocket socket = channel.socket();
    if (socket != null) {
      socket.close();
    }
  }

  /** Takes a socket at {@code /channels/<id>}. */
  void accept(NotificationChannel channel, ServerWebSocket socket, HttpConnection connection) {
    if (faults.strikes(GenesysFaultKind.CHANNEL_GONE, CALL).isPresent()) {
      remove(channel);
      socket.close();
      return;
    }
    opened.incrementAndGet();
    ServerWebSocket before = channel.attach(socket, connection);
    if (before != null) {
      before.close();
    }
    long heartbeat =
        vertx.setPeriodic(
            options.heartbeat.toMillis(),
            timer -> {
              if (faults.strikes(GenesysFaultKind.NO_HEARTBEAT, CALL).isEmpty()) {
                metadata(socket, "WebSocket Heartbeat");
              }
            });
    socket.closeHandler(
        closed -> {
          vertx.cancelTimer(heartbeat);
          channel.detach(socket);
        });
    socket.exceptionHandler(failure -> socket.close());
    socket.textMessageHandler(
        text -> {
          boolean mute = faults.strikes(GenesysFaultKind.NO_HEARTBEAT, CALL).isPresent();
          if (text.contains("\"ping\"") && !mute) {
            metadata(socket, "pong");
          }
        });
  }

  private static void metadata(ServerWebSocket socket, String message) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(
          frame("channel.metadata", new JsonObject().put("message", message)).encode());
    }
  }
}
