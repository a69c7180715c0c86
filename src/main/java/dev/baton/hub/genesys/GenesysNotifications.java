package dev.baton.hub.genesys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notification sockets of one hub: topics of its open conversations, spread over channels, each
 * with its socket. All state belongs to one thread, which may wait for the platform's API; event
 * loops never do.
 *
 * <p>The platform keeps nothing for who is not there. Therefore, whenever a socket was opened anew,
 * the conversations of its channel are read; and while it is closed they are read more often.
 */
final class GenesysNotifications implements Subscriptions {
  private static final Logger LOG = LoggerFactory.getLogger(GenesysNotifications.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int MAX_FRAME = 1 << 20;
  private static final int TRIES = 3;

  private final GenesysHub hub;
  private final GenesysCalls calls;
  private final GenesysWatch watch;
  private final Clock clock;
  private final GenesysMetrics metrics;
  private final WebSocketClient client;
  private final ScheduledExecutorService thread;
  private final List<NotificationChannel> channels = new ArrayList<>();
  private final Set<String> covered = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  GenesysNotifications(
      GenesysHub hub,
      GenesysCalls calls,
      GenesysWatch watch,
      Vertx vertx,
      Clock clock,
      GenesysMetrics metrics) {
    this.hub = hub;
    this.calls = calls;
    this.watch = watch;
    this.clock = clock;
    this.metrics = metrics;
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setConnectTimeout(10_000)
                .setMaxFrameSize(MAX_FRAME)
                .setMaxMessageSize(MAX_FRAME)
                .setMaxConnections(1_000));
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "genesys-notifications-" + hub.name());
              thread.setDaemon(true);
              return thread;
            });
    long beat = Math.max(20, hub.settings().heartbeat().toMillis() / 5);
    var unused =
        thread.scheduleWithFixedDelay(guarded(this::check), beat, beat, TimeUnit.MILLISECONDS);
  }

  @Override
  public void add(String from, String genesysId) {
    run(() -> subscribe(from, genesysId));
  }

  @Override
  public void remove(String from) {
    covered.remove(from);
    run(
        () -> {
          for (NotificationChannel channel : channels) {
            channel.topics.remove(from); // the platform forgets it at the next renewal
          }
        });
  }

  @Override
  public boolean covers(String from) {
    return covered.contains(from);
  }

  /** Closes every socket. Returns at once. */
  void close() {
    closed = true;
    covered.clear();
    try {
      thread.execute(
          () -> {
            for (NotificationChannel channel : channels) {
              if (channel.socket != null) {
                channel.socket.close();
              }
            }
            client.close();
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed already");
    }
    thread.shutdown();
  }

  private void run(Runnable task) {
    try {
      thread.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("Hub {}: notifications are closed", hub.name());
    }
  }

  private void later(Duration wait, Runnable task) {
    try {
      var unused = thread.schedule(guarded(task), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Hub {}: notifications are closed", hub.name());
    }
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      if (closed) {
        return;
      }
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.warn("BTN-2410 Hub {}: notifications: {}", hub.name(), e.toString());
      }
    };
  }

  private void subscribe(String from, String genesysId) {
    List<String> topics =
        hub.settings().topics().stream()
            .map(topic -> "v2.detail.events.conversation." + genesysId + "." + topic.trim())
            .toList();
    NotificationChannel channel =
        channels.stream()
            .filter(known -> known.size() + topics.size() <= hub.settings().maxTopics())
            .findFirst()
            .orElse(null);
    boolean fresh = channel == null;
    if (fresh) {
      channel = new NotificationChannel();
      channels.add(channel);
    }
    channel.topics.put(from, topics);
    if (fresh) {
      open(channel, "new");
    } else if (channel.id != null) {
      more(channel, from, topics);
    }
  }

  private void more(NotificationChannel channel, String from, List<String> topics) {
    try {
      if (channel.atPlatform + topics.size() > hub.settings().maxTopics()) {
        subscriptions(channel, "PUT", channel.allTopics());
      } else {
        subscriptions(channel, "POST", topics.stream().map(topic -> Map.of("id", topic)).toList());
      }
      if (channel.socket != null) {
        covered.add(from);
        watch.gap(Set.of(from)); // it may have changed before it was subscribed
      }
    } catch (RuntimeException e) {
      LOG.warn("BTN-2410 Hub {}: topics were not subscribed: {}", hub.name(), e.getMessage());
      renew(channel);
    }
  }

  /** Makes the channel at the platform when there is none, and opens its socket. */
  private void open(NotificationChannel channel, String why) {
    if (channel.connecting || !channels.contains(channel)) {
      return;
    }
    channel.connecting = true;
    try {
      if (channel.id == null) {
        JsonNode made =
            calls
                .call(
                    hub.name(), "POST", "/api/v2/notifications/channels", Map.of(), "notifications")
                .body();
        channel.id = made.path("id").asText("");
        channel.uri = made.path("connectUri").asText("");
        if (channel.id.isEmpty() || channel.uri.isEmpty()) {
          throw new IllegalStateException("the answer names no channel");
        }
        subscriptions(channel, "PUT", channel.allTopics());
      }
    } catch (RuntimeException e) {
      channel.connecting = false;
      LOG.warn("BTN-2410 Hub {}: no notification channel: {}", hub.name(), e.getMessage());
      channel.id = null;
      later(wait(channel), () -> open(channel, why));
      return;
    }
    WebSocketConnectOptions target = new WebSocketConnectOptions().setAbsoluteURI(channel.uri);
    client
        .connect(target)
        .onSuccess(socket -> listen(channel, socket, why))
        .onFailure(e -> run(() -> refused(channel, e, why)));
  }

  private void refused(NotificationChannel channel, Throwable e, String why) {
    channel.connecting = false;
    LOG.warn("BTN-2410 Hub {}: no notification socket: {}", hub.name(), e.toString());
    if (e instanceof UpgradeRejectedException) {
      channel.id = null; // the platform does not know the channel any more
    }
    again(channel, why);
  }

  /** On the event loop: nothing here waits. */
  private void listen(NotificationChannel channel, WebSocket socket, String why) {
    socket.textMessageHandler(text -> run(() -> heard(channel, socket, text)));
    socket.closeHandler(done -> run(() -> lost(channel, socket)));
    socket.exceptionHandler(e -> LOG.debug("Hub {}: socket: {}", hub.name(), e.toString()));
    if (closed) {
      socket.close();
      return;
    }
    run(() -> connected(channel, socket, why));
  }

  private void connected(NotificationChannel channel, WebSocket socket, String why) {
    WebSocket before = channel.socket;
    channel.connecting = false;
    channel.socket = socket;
    channel.heardAt = clock.instant();
    channel.pingedAt = null;
    if (before != null) {
      before.close();
    }
    metrics.socket(hub.name(), why);
    LOG.debug("Hub {}: notification socket open ({})", hub.name(), why);
    covered.addAll(channel.topics.keySet());
    watch.gap(List.copyOf(channel.topics.keySet()));
  }

  private void heard(NotificationChannel channel, WebSocket socket, String text) {
    if (channel.socket != socket) {
      return;
    }
    channel.heardAt = clock.instant();
    channel.pingedAt = null;
    channel.failures = 0;
    JsonNode frame;
    try {
      frame = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      LOG.debug("Hub {}: a frame is no JSON", hub.name());
      return;
    }
    String topic = frame.path("topicName").asText("");
    if (topic.equals("v2.system.socket_closing")) {
      open(channel, "closing");
      return;
    }
    String conversation = frame.path("eventBody").path("conversationId").asText("");
    if (!conversation.isEmpty()) {
      watch.changed(conversation);
    }
  }

  private void lost(NotificationChannel channel, WebSocket socket) {
    if (channel.socket == socket) {
      channel.socket = null;
      covered.removeAll(channel.topics.keySet());
      again(channel, "lost");
    }
  }

  /** Opens the socket again after a while; when that fails often, with a new channel. */
  private void again(NotificationChannel channel, String why) {
    covered.removeAll(channel.topics.keySet());
    if (channel.failures >= TRIES) {
      channel.id = null;
    }
    later(wait(channel), () -> open(channel, why));
  }

  private static Duration wait(NotificationChannel channel) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(channel.failures, 10));
    channel.failures++;
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  /** Pings, notices dead sockets, renews topics before they end, and gives up empty channels. */
  private void check() {
    Instant now = clock.instant();
    Duration silence = hub.settings().heartbeat();
    for (NotificationChannel channel : List.copyOf(channels)) {
      if (channel.socket == null) {
        continue;
      }
      if (channel.topics.isEmpty() && channels.size() > 1) {
        channels.remove(channel);
        channel.socket.close();
      } else if (now.isAfter(channel.heardAt.plus(silence))) {
        LOG.warn(
            "BTN-2410 Hub {}: the notification socket is silent, it is opened again", hub.name());
        WebSocket dead = channel.socket;
        channel.socket = null;
        dead.close();
        again(channel, "silent");
      } else if (channel.pingedAt == null
          && now.isAfter(channel.heardAt.plus(silence.dividedBy(2)))) {
        channel.pingedAt = now;
        channel.socket.writeTextMessage("{\"message\":\"ping\"}");
      } else if (now.isAfter(channel.subscribedAt.plus(hub.settings().renewAfter()))) {
        renew(channel);
      }
    }
  }

  /** A channel lives for a day after its topics were subscribed. */
  private void renew(NotificationChannel channel) {
    try {
      subscriptions(channel, "PUT", channel.allTopics());
      covered.addAll(channel.socket == null ? Set.of() : channel.topics.keySet());
      LOG.debug("Hub {}: topics are subscribed for another day", hub.name());
    } catch (RuntimeException e) {
      LOG.warn("BTN-2410 Hub {}: topics were not renewed: {}", hub.name(), e.getMessage());
      WebSocket old = channel.socket;
      channel.socket = null;
      channel.id = null;
      if (old != null) {
        old.close();
      }
      again(channel, "renewal");
    }
  }

  private void subscriptions(NotificationChannel channel, String method, List<?> topics) {
    String path = "/api/v2/notifications/channels/" + channel.id + "/subscriptions";
    GenesysCalls.Answer answer = calls.call(hub.name(), method, path, topics, "notifications");
    if (answer.isGone()) {
      channel.id = null;
      throw new IllegalStateException("the channel is gone");
    }
    if (method.equals("PUT")) {
      channel.subscribedAt = clock.instant();
      channel.atPlatform = topics.size();
    } else {
      channel.atPlatform += topics.size();
    }
    for (JsonNode topic : answer.body().path("entities")) {
      if (topic.path("state").asText("").equalsIgnoreCase("rejected")) {
        LOG.warn(
            "BTN-2411 Hub {}: topic {} was rejected: {}",
            hub.name(),
            topic.path("id").asText(),
            topic.path("rejectionReason").asText());
      }
    }
  }
}
