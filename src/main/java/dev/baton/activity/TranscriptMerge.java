package dev.baton.activity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the bot's transcript and the journal's own copy together. The journal knows the true order
 * and what the bot's transcript misses at its end; the bot may know what was said before the
 * journal's first line.
 */
public final class TranscriptMerge {
  private TranscriptMerge() {}

  /** Both in order; a line found in both stands once, as the journal has it. */
  public static List<TranscriptLine> merge(List<TranscriptLine> bots, List<TranscriptLine> own) {
    int[] partner = match(bots, own);
    List<List<TranscriptLine>> before = new ArrayList<>();
    for (int i = 0; i <= own.size(); i++) {
      before.add(new ArrayList<>());
    }
    for (int i = 0; i < bots.size(); i++) {
      if (partner[i] < 0) {
        before.get(slot(partner, i)).add(bots.get(i));
      }
    }
    List<TranscriptLine> merged = new ArrayList<>();
    for (int i = 0; i <= own.size(); i++) {
      merged.addAll(before.get(i));
      if (i < own.size()) {
        merged.add(own.get(i));
      }
    }
    return merged;
  }

  /** For each of the bot's lines its place in the journal's, or -1. */
  private static int[] match(List<TranscriptLine> bots, List<TranscriptLine> own) {
    int[] partner = new int[bots.size()];
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < partner.length; i++) {
      partner[i] = find(bots.get(i), own, taken, true);
    }
    for (int i = 0; i < partner.length; i++) {
      if (partner[i] < 0) {
        partner[i] = find(bots.get(i), own, taken, false);
      }
    }
    return partner;
  }

  private static int find(
      TranscriptLine line, List<TranscriptLine> own, Set<Integer> taken, boolean byId) {
    for (int i = 0; i < own.size(); i++) {
      TranscriptLine candidate = own.get(i);
      boolean same =
          byId
              ? (line.id() != null && line.id().equals(candidate.id()))
                  || (line.source() != null && line.source().equals(candidate.source()))
              : line.role().equals(candidate.role()) && line.text().equals(candidate.text());
      if (same && taken.add(i)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Before the journal line of the next line that both have; else behind the last one; else at the
   * start.
   */
  private static int slot(int[] partner, int line) {
    for (int next = line + 1; next < partner.length; next++) {
      if (partner[next] >= 0) {
        return partner[next];
      }
    }
    for (int previous = line - 1; previous >= 0; previous--) {
      if (partner[previous] >= 0) {
        return partner[previous] + 1;
      }
    }
    return 0;
  }
}
