package dev.baton.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbered lines of one direction: what was written, what was read. A line's place is its writer
 * (one of many, each writes in order) and its number.
 */
final class Ledger {
  private final String direction;
  private final Map<String, List<String>> written = new TreeMap<>();
  private final Map<String, List<List<String>>> read = new TreeMap<>();

  Ledger(String direction) {
    this.direction = direction;
  }

  /** Lines of one writer that were acknowledged, in the order of writing. */
  void written(String writer, List<String> lines) {
    written.computeIfAbsent(writer, w -> new ArrayList<>()).addAll(lines);
  }

  /** Lines of one writer as one reader got them. Several readers share a writer's lines. */
  void read(String writer, List<String> lines) {
    read.computeIfAbsent(writer, w -> new ArrayList<>()).add(List.copyOf(lines));
  }

  /**
   * What came of the lines.
   *
   * @param lines written
   * @param lost written and never read
   * @param doubled read again
   * @param reordered read after a line that was written later
   * @param invented read and never written
   * @param examples the lines that are not as they should be, some of them
   */
  record Tally(
      String direction,
      int lines,
      int lost,
      int doubled,
      int reordered,
      int invented,
      List<String> examples) {
    boolean isClean() {
      return lost == 0 && doubled == 0 && reordered == 0 && invented == 0;
    }
  }

  Tally tally() {
    int lines = 0;
    int lost = 0;
    int doubled = 0;
    int reordered = 0;
    int invented = 0;
    List<String> examples = new ArrayList<>();
    for (String writer : written.keySet()) {
      List<String> all = written.get(writer);
      Map<String, Integer> number = new TreeMap<>();
      all.forEach(line -> number.put(line, number.size()));
      boolean[] seen = new boolean[all.size()];
      for (List<String> reader : read.getOrDefault(writer, List.of())) {
        int last = -1;
        for (String line : reader) {
          Integer place = number.get(line);
          if (place == null) {
            invented++;
            examples.add("invented " + line);
          } else if (seen[place]) {
            doubled++;
            examples.add("doubled " + line);
          } else {
            seen[place] = true;
            if (place < last) {
              reordered++;
              examples.add("reordered " + line);
            }
            last = Math.max(last, place);
          }
        }
      }
      lines += all.size();
      for (int place = 0; place < seen.length; place++) {
        if (!seen[place]) {
          lost++;
          examples.add("lost " + all.get(place));
        }
      }
    }
    return new Tally(direction, lines, lost, doubled, reordered, invented, examples);
  }
}
