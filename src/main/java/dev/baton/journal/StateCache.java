package dev.baton.journal;

import dev.baton.conversation.Conversation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The latest committed state of the conversations used last. Filled by the writer alone. */
final class StateCache {
  /**
   * @param due the column {@code next_due}, or null
   * @param updated the column {@code updated_at}
   */
  record Known(Conversation conversation, Instant due, Instant updated) {}

  private final Map<String, Known> known;

  StateCache(int capacity) {
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized Known get(String conversation) {
    return known.get(conversation);
  }

  synchronized void put(String conversation, Known state) {
    known.put(conversation, state);
  }

  synchronized void remove(String conversation) {
    known.remove(conversation);
  }

  synchronized void clear() {
    known.clear();
  }
}
