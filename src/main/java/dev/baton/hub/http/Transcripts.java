package dev.baton.hub.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shortens the transcript of a handoff that a hub found too large. */
final class Transcripts {
  private Transcripts() {}

  /**
   * A copy of the request whose transcript keeps the newest half of the lines, a quarter at step 2,
   * and so on; its first line says how many older ones were left out.
   *
   * @param step 1 for the first shortening
   * @return null when the step before has left out every line already
   */
  static Map<String, Object> shorten(Map<String, Object> request, int step) {
    List<?> lines = request.get("transcript") instanceof List<?> list ? list : List.of();
    int before = lines.size() >> (step - 1);
    if (before == 0) {
      return null;
    }
    int kept = lines.size() >> step;
    int cut = lines.size() - kept;
    List<Object> shortened = new ArrayList<>(kept + 1);
    Map<String, Object> notice = new LinkedHashMap<>();
    notice.put("id", "cut");
    if (lines.get(cut - 1) instanceof Map<?, ?> last && last.get("at") != null) {
      notice.put("at", last.get("at"));
    }
    notice.put("role", "system");
    notice.put("text", "[" + cut + (cut == 1 ? " earlier line" : " earlier lines") + " left out]");
    shortened.add(notice);
    shortened.addAll(lines.subList(cut, lines.size()));
    Map<String, Object> copy = new LinkedHashMap<>(request);
    copy.put("transcript", shortened);
    return copy;
  }
}
