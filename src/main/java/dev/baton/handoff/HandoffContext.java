package dev.baton.handoff;

import dev.baton.privacy.Report;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a handoff's context within a hub's limits. What is left out is counted in the log, never
 * its value.
 */
public final class HandoffContext {
  private static final Logger LOG = LoggerFactory.getLogger(HandoffContext.class);
  private static final int MAX_ENTRIES = 200;
  private static final int MAX_VALUE = 4_000;

  /**
   * Limits the {@code context} of a hub's {@code open}.
   *
   * @return the same body
   */
  @SuppressWarnings("unchecked")
  public Map<String, Object> apply(
      Map<String, Object> open,
      Map<String, Object> capabilities,
      String deny,
      String priority,
      Report report) {
    if (open.get("context") instanceof Map<?, ?> context) {
      open.put(
          "context", limit((Map<String, Object>) context, capabilities, deny, priority, report));
    }
    return open;
  }

  /**
   * @param context name to {@code {value, display}}, in the bot's order
   * @param capabilities of the hub: {@code maxContextEntries}, {@code maxContextValue}; may be null
   * @param deny comma-separated names that never leave, compared without case
   * @param priority comma-separated names that are kept first when there are too many
   * @param report told of what the hub's limits cut
   */
  Map<String, Object> limit(
      Map<String, Object> context,
      Map<String, Object> capabilities,
      String deny,
      String priority,
      Report report) {
    if (context == null) {
      return Map.of();
    }
    int entries = number(capabilities, "maxContextEntries", MAX_ENTRIES);
    int length = number(capabilities, "maxContextValue", MAX_VALUE);
    Set<String> denied = Set.copyOf(names(deny));
    Map<String, Object> kept = new LinkedHashMap<>();
    for (String name : inOrder(context, names(priority))) {
      // They went before the mapping; this is for a mapping that adds variables of its own.
      if (denied.contains(name.toLowerCase(Locale.ROOT))) {
        continue;
      }
      if (kept.size() >= entries) {
        report.leftOut(name);
        continue;
      }
      Object value = shortened(context.get(name), length);
      if (value != context.get(name)) {
        report.shortened(name);
      }
      kept.put(name, value);
    }
    if (kept.size() < context.size()) {
      LOG.info(
          "{} of {} context entries are left out", context.size() - kept.size(), context.size());
    }
    return kept;
  }

  private static List<String> inOrder(Map<String, Object> context, List<String> first) {
    return context.keySet().stream()
        .sorted(
            (a, b) ->
                Integer.compare(
                    rank(first, a), rank(first, b))) // stable: ties keep the bot's order
        .toList();
  }

  private static int rank(List<String> first, String name) {
    int rank = first.indexOf(name.toLowerCase(Locale.ROOT));
    return rank < 0 ? first.size() : rank;
  }

  private static Object shortened(Object entry, int length) {
    if (entry instanceof Map<?, ?> map
        && map.get("value") instanceof String text
        && text.length() > length) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(String.valueOf(key), value));
      copy.put("value", text.substring(0, Math.max(0, length - 1)) + "…");
      return copy;
    }
    return entry;
  }

  static int number(Map<String, Object> capabilities, String name, int otherwise) {
    Object value = capabilities == null ? null : capabilities.get(name);
    if (value == null || value.toString().isBlank()) {
      return otherwise;
    }
    return value instanceof Number number
        ? number.intValue()
        : Integer.parseInt(value.toString().strip());
  }

  private static List<String> names(String list) {
    return list == null
        ? List.of()
        : Arrays.stream(list.split(","))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toList());
  }
}
