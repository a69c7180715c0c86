package dev.baton.hub.genesys;

import io.vertx.core.http.WebSocket;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A notification channel and its socket. Used by one thread. */
final class NotificationChannel {
  /** Topics by the customer's id of the conversation. */
  final Map<String, List<String>> topics = new LinkedHashMap<>();

  /** Id at the platform; null while it has to be made. */
  String id;

  String uri;

  /** How many topics it has at the platform: those of ended conversations stay until a renewal. */
  int atPlatform;

  /** When its topics were last subscribed together. */
  Instant subscribedAt;

  WebSocket socket;
  boolean connecting;
  Instant heardAt;
  Instant pingedAt;
  int failures;

  int size() {
    return topics.values().stream().mapToInt(List::size).sum();
  }

  List<Map<String, String>> allTopics() {
    return topics.values().stream()
        .flatMap(List::stream)
        .map(topic -> Map.of("id", topic))
        .toList();
  }
}
