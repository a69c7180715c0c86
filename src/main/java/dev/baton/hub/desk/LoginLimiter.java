package dev.baton.hub.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts failed logins per key and refuses further ones for a while. Bounded memory. */
final class LoginLimiter {
  private static final int MAX_KEYS = 10_000;

  private record Failures(int count, Instant until) {}

  private final int limit;
  private final Duration window;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MAX_KEYS;
        }
      };

  LoginLimiter(int limit, Duration window) {
    this.limit = limit;
    this.window = window;
  }

  /** Seconds to wait before the next attempt with this key, 0 when it may be made now. */
  synchronized long waitSeconds(String key, Instant now) {
    Failures seen = failures.get(key);
    if (seen == null || seen.count < limit || !now.isBefore(seen.until)) {
      return 0;
    }
    return Math.max(1, Duration.between(now, seen.until).toSeconds());
  }

  /** Counts the attempt before its outcome is known, so that parallel guesses count as well. */
  synchronized void attempt(String key, Instant now) {
    failures.compute(
        key,
        (name, seen) ->
            seen == null || !now.isBefore(seen.until)
                ? new Failures(1, now.plus(window))
                : new Failures(seen.count + 1, seen.until));
  }

  synchronized void succeeded(String key) {
    failures.remove(key);
  }
}
