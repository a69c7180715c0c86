package dev.baton.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ids for events that come without one: the hash of the body, the same for a repeat within a short
 * window, another one for the same body later (an agent may well write "ok" twice).
 */
final class RecentEvents {
  private static final int REMEMBERED = 10_000;

  private final Duration window;
  private final Clock clock;
  private final Map<String, Instant> firstSeen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  RecentEvents(Duration window, Clock clock) {
    this.window = window;
    this.clock = clock;
  }

  /**
   * @param body canonical text of the event
   * @param dated whether the body says when the event happened, so that only a repeat equals it
   */
  String idOf(String body, boolean dated) {
    String hash = hash(body);
    return dated ? hash : hash + "@" + first(hash).toEpochMilli();
  }

  private synchronized Instant first(String hash) {
    Instant now = clock.instant();
    Instant first = firstSeen.get(hash);
    if (first == null || Duration.between(first, now).compareTo(window) > 0) {
      firstSeen.remove(hash);
      firstSeen.put(hash, now);
      return now;
    }
    return first;
  }

  static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
