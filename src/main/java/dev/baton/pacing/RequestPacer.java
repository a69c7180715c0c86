package dev.baton.pacing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the requests of one token under the platform's limit per minute. It never waits: whoever
 * may not go now is told when, and has that place.
 *
 * <p>Places are given in the order in which they are asked for, and a conversation has one place at
 * a time. Since a conversation's deliveries come one after the other, one that has much to say gets
 * no more than its turn.
 *
 * <p>A minute begins anywhere, so what may go at once (a sixth of the limit) and what comes back in
 * a minute (four fifths) stay below the limit together. Typing, receipts and routine readings go
 * only while half of what may go at once is left.
 */
public final class RequestPacer {
  private static final double BURST_SHARE = 1 / 6.0;
  private static final double STEADY_SHARE = 0.8;
  private static final Duration PLACE_KEPT = Duration.ofSeconds(10);

  private final Clock clock;
  private final double burst;
  private final double millisPerRequest;
  private final Map<String, Instant> places = new LinkedHashMap<>();
  private double free;
  private Instant filled;
  private Instant last;
  private Instant closedUntil = Instant.MIN;

  /**
   * @param perMinute the platform's limit; 0 sets none
   */
  public RequestPacer(int perMinute, Clock clock) {
    this.clock = clock;
    this.burst = Math.max(1, perMinute * BURST_SHARE);
    this.millisPerRequest = perMinute == 0 ? 0 : 60_000 / (perMinute * STEADY_SHARE);
    this.free = burst;
    this.filled = clock.instant();
    this.last = Instant.MIN;
  }

  /**
   * Asks for one request.
   *
   * @param who the conversation
   * @return zero when it may go now; else how long to wait before asking again
   */
  public synchronized Duration ask(String who) {
    Instant now = clock.instant();
    refill(now);
    forgetUnused(now);
    if (now.isBefore(closedUntil)) {
      return Duration.between(now, closedUntil);
    }
    Instant place = places.get(who);
    if (place != null && place.isAfter(now)) {
      return Duration.between(now, place);
    }
    if (place != null) {
      places.remove(who);
      return Duration.ZERO; // its request was taken from the rest when the place was given
    }
    if (places.isEmpty() && free >= 1) {
      free -= 1;
      return Duration.ZERO;
    }
    return Duration.between(now, place(who, now));
  }

  /** Asks for a request that may as well be left out. */
  public synchronized boolean spare() {
    Instant now = clock.instant();
    refill(now);
    forgetUnused(now);
    if (now.isBefore(closedUntil) || !places.isEmpty()) {
      return false;
    }
    if (millisPerRequest > 0 && free < 1 + burst / 2) {
      return false;
    }
    free -= 1;
    return true;
  }

  /** The platform asked everybody to wait. */
  public synchronized void close(Duration wait) {
    Instant until = clock.instant().plus(wait);
    if (until.isAfter(closedUntil)) {
      closedUntil = until;
    }
  }

  /** How many conversations wait for their place. */
  public synchronized int waiting() {
    return places.size();
  }

  private Instant place(String who, Instant now) {
    Instant after = last.isBefore(now) ? now : last;
    double missing = last.isBefore(now) ? Math.max(0, 1 - free) : 1;
    Instant place = after.plusMillis((long) Math.ceil(missing * millisPerRequest));
    free -= 1;
    last = place;
    places.put(who, place);
    return place;
  }

  private void refill(Instant now) {
    if (millisPerRequest == 0) {
      free = burst;
    } else {
      free = Math.min(burst, free + Duration.between(filled, now).toMillis() / millisPerRequest);
    }
    filled = now;
  }

  /** A conversation that is over never comes for its place. */
  private void forgetUnused(Instant now) {
    places.values().removeIf(place -> place.plus(PLACE_KEPT).isBefore(now));
  }
}
