package dev.baton.hub.omnichannel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answers about availability for a short while: the platform itself renews them only every few
 * minutes. Few are kept, because what is asked depends on the context.
 */
final class AvailabilityCache {
  private static final int MOST = 200;

  private record Kept(Map<String, Object> answer, Instant until) {}

  private final Clock clock;
  private final Map<String, Kept> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > MOST;
        }
      };

  AvailabilityCache(Clock clock) {
    this.clock = clock;
  }

  /** The answer to the same question, or null when it is not known any more. */
  synchronized Map<String, Object> get(String question) {
    Kept kept = answers.get(question);
    return kept == null || !kept.until.isAfter(clock.instant()) ? null : kept.answer;
  }

  synchronized void put(String question, Map<String, Object> answer, Duration life) {
    answers.put(question, new Kept(Map.copyOf(answer), clock.instant().plus(life)));
  }
}
