package dev.baton.hub.servicenow.custom;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbers that items carry: orders those of one call, and notices calls that overtook each
 * other. Kept in memory only: it serves a warning, the order between calls is ServiceNow's.
 */
final class Sequences {
  private static final Logger LOG = LoggerFactory.getLogger(Sequences.class);
  private static final int REMEMBERED = 10_000;

  private final Map<String, Long> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** The items by number, when every one has one; else as they are. */
  List<?> sort(String hub, String session, List<?> items) {
    if (items.isEmpty() || items.stream().anyMatch(item -> number(item) == null)) {
      return items;
    }
    List<?> sorted = items.stream().sorted(Comparator.comparing(Sequences::number)).toList();
    long first = number(sorted.get(0));
    Long before = remember(hub + " " + session, number(sorted.get(sorted.size() - 1)));
    if (before != null && first < before) {
      LOG.warn(
          "BTN-2372 Hub {}: what ServiceNow sent for {} came late or again (number {} after {}); is"
              + " \"Maintain message ordering\" on at the provider?",
          hub,
          session,
          first,
          before);
    }
    return sorted;
  }

  private synchronized Long remember(String key, long number) {
    Long before = last.get(key);
    last.put(key, before == null ? number : Long.valueOf(Math.max(before, number)));
    return before;
  }

  private static Long number(Object item) {
    Object number = item instanceof Map<?, ?> map ? map.get("sequence") : null;
    return number instanceof Number value ? Long.valueOf(value.longValue()) : null;
  }
}
