package dev.baton.hub.omnichannel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names lifecycle events that come without an id, so that a repeat has the name of the first. Equal
 * ones are one while nothing else happened in the conversation: a second agent who accepts after
 * the first has left is no repeat. What is forgotten, as by a restart, does no harm: the core takes
 * such events twice.
 */
final class LifecycleRepeats {
  /** Three tries of ten seconds, and some more. */
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private static final int MOST = 10_000;

  private record Last(String name, String id, Instant at) {}

  private final Clock clock;
  private final Map<String, Last> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
          return size() > MOST;
        }
      };

  LifecycleRepeats(Clock clock) {
    this.clock = clock;
  }

  /** The id of an event; the same for a repeat. */
  synchronized String idOf(String conversation, String name) {
    Instant now = clock.instant();
    String word = name.toLowerCase(Locale.ROOT);
    Last known = last.get(conversation);
    boolean repeat = known != null && known.name.equals(word) && known.at.plus(WINDOW).isAfter(now);
    String id =
        repeat ? known.id : conversation + ":" + word + ":" + now.getEpochSecond() + now.getNano();
    if (!repeat) {
      last.put(conversation, new Last(word, id, now));
    }
    return id;
  }
}
