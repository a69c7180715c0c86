package dev.baton.activity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cuts a transcript to a hub's limit: the newest lines stay, the cut is announced. */
public final class TranscriptLimit {
  private TranscriptLimit() {}

  /**
   * @param maxCharacters of all texts together; zero or less means no limit
   */
  public static List<TranscriptLine> newest(List<TranscriptLine> lines, int maxCharacters) {
    if (maxCharacters <= 0) {
      return lines;
    }
    List<TranscriptLine> kept = new ArrayList<>();
    int used = 0;
    for (int i = lines.size() - 1; i >= 0; i--) {
      used += lines.get(i).text().length();
      if (used > maxCharacters) {
        break;
      }
      kept.add(lines.get(i));
    }
    int cut = lines.size() - kept.size();
    if (cut > 0) {
      String text = "[" + cut + " earlier " + (cut == 1 ? "message" : "messages") + " left out]";
      kept.add(new TranscriptLine(null, lines.get(cut - 1).at(), "system", null, text, null));
    }
    Collections.reverse(kept);
    return kept;
  }
}
