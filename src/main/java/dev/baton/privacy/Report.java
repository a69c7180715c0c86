package dev.baton.privacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was taken out of a handoff on its way, and how often: names of variables and of patterns,
 * never a value.
 */
public final class Report {
  private static final int MOST_NAMES = 50;

  private final Map<String, Integer> masked = new TreeMap<>();
  private final List<String> maskedFields = new ArrayList<>();
  private final List<String> denied = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final List<String> shortened = new ArrayList<>();
  private int lines;

  void masked(String pattern) {
    masked.merge(pattern, 1, Integer::sum);
  }

  void maskedField(String name) {
    maskedFields.add(name);
  }

  void denied(String name) {
    denied.add(name);
  }

  /** The hub takes only so many variables. */
  public void leftOut(String name) {
    leftOut.add(name);
  }

  /** The hub takes only so long a value. */
  public void shortened(String name) {
    shortened.add(name);
  }

  /** Lines of the transcript that the hub's limit cut. */
  public void linesLeftOut(int count) {
    lines += count;
  }

  public boolean isEmpty() {
    return asMap().isEmpty();
  }

  /**
   * As it stands in the journal: {@code {masked: {<pattern>: n}, maskedFields, denied, leftOut,
   * shortened: [names], transcriptLinesLeftOut: n}}, without what is empty.
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!masked.isEmpty()) {
      map.put("masked", masked);
    }
    put(map, "maskedFields", maskedFields);
    put(map, "denied", denied);
    put(map, "leftOut", leftOut);
    put(map, "shortened", shortened);
    if (lines > 0) {
      map.put("transcriptLinesLeftOut", lines);
    }
    return map;
  }

  /**
   * How often each thing happened: {@code masked}, {@code denied}, {@code left-out}, {@code
   * shortened}.
   */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    count(counts, "masked", masked.values().stream().mapToInt(n -> n).sum() + maskedFields.size());
    count(counts, "denied", denied.size());
    count(counts, "left-out", leftOut.size() + lines);
    count(counts, "shortened", shortened.size());
    return counts;
  }

  private static void count(Map<String, Integer> counts, String what, int count) {
    if (count > 0) {
      counts.put(what, count);
    }
  }

  private static void put(Map<String, Object> map, String name, List<String> names) {
    if (!names.isEmpty()) {
      List<String> told = new ArrayList<>(names.subList(0, Math.min(MOST_NAMES, names.size())));
      if (told.size() < names.size()) {
        told.add("… and " + (names.size() - told.size()) + " more");
      }
      map.put(name, told);
    }
  }
}
