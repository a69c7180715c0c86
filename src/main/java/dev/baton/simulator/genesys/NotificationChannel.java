package dev.baton.simulator.genesys;

import dev.baton.simulator.copilot.BrokenConnection;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** A channel of the notification service, with its topics and its socket. */
final class NotificationChannel {
  final String id;
  final String client;
  final Instant created;
  private final Set<String> topics = new LinkedHashSet<>();
  private Instant expires;
  private ServerWebSocket socket;
  private HttpConnection connection;

  NotificationChannel(String id, String client, Instant created, Instant expires) {
    this.id = id;
    this.client = client;
    this.created = created;
    this.expires = expires;
  }

  synchronized Set<String> topics() {
    return Set.copyOf(topics);
  }

  /** False when that were too many; then nothing changes. Renews the channel's life. */
  synchronized boolean subscribe(Set<String> more, boolean replace, int max, Instant newExpiry) {
    Set<String> all = replace ? new LinkedHashSet<>() : new LinkedHashSet<>(topics);
    all.addAll(more);
    if (all.size() > max) {
      return false;
    }
    topics.clear();
    topics.addAll(all);
    expires = newExpiry;
    return true;
  }

  synchronized void unsubscribeAll() {
    topics.clear();
  }

  synchronized Instant expires() {
    return expires;
  }

  synchronized ServerWebSocket socket() {
    return socket;
  }

  /** One socket per channel: the one before is given back, to be closed. */
  synchronized ServerWebSocket attach(ServerWebSocket next, HttpConnection over) {
    ServerWebSocket before = socket;
    socket = next;
    connection = over;
    return before;
  }

  synchronized void detach(ServerWebSocket closed) {
    if (socket == closed) {
      socket = null;
      connection = null;
    }
  }

  synchronized boolean idle() {
    return socket == null;
  }

  /** Breaks the socket without a closing frame, as a failing network does. */
  synchronized void drop() {
    if (connection != null) {
      BrokenConnection.make(connection);
    }
  }

  /** Sends a frame, if somebody listens. */
  boolean send(JsonObject frame) {
    ServerWebSocket open = socket();
    if (open == null || open.isClosed()) {
      return false;
    }
    open.writeTextMessage(frame.encode());
    return true;
  }
}
