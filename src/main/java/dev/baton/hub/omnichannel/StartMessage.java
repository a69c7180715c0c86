package dev.baton.hub.omnichannel;

import dev.baton.hub.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Summary and transcript as the representative reads them, within a limit. The newest lines stay;
 * how many went is said.
 */
final class StartMessage {
  private static final int SUMMARY_SHARE = 4;

  private StartMessage() {}

  /**
   * @param open body of the hub's {@code open}
   * @param limit in the unit of {@code size}
   * @param size of a text, for example {@link #bytes}
   */
  static String of(Map<String, Object> open, int limit, ToIntFunction<String> size) {
    StringBuilder head = new StringBuilder();
    Object summary = open.get("summary");
    if (summary != null && !summary.toString().isBlank()) {
      String part = beginning(summary.toString().strip(), limit / SUMMARY_SHARE, size);
      head.append("Summary: ").append(part).append("\n\n");
    }
    List<String> lines = new ArrayList<>();
    if (open.get("transcript") instanceof List<?> transcript) {
      transcript.forEach(line -> lines.add(line(Fields.of(line))));
    }
    String note = "[" + lines.size() + " earlier messages left out]\n";
    int free = limit - size.applyAsInt(head + note);
    int from = lines.size();
    while (from > 0 && size.applyAsInt(lines.get(from - 1) + "\n") <= free) {
      from--;
      free -= size.applyAsInt(lines.get(from) + "\n");
    }
    List<String> kept = new ArrayList<>(lines.subList(from, lines.size()));
    if (kept.isEmpty() && from > 0) {
      // Even the newest is too long: its beginning says more than nothing.
      from--;
      kept.add(beginning(lines.get(from), free, size));
    }
    if (from > 0) {
      head.append("[").append(from).append(" earlier messages left out]\n");
    }
    return head.append(String.join("\n", kept)).toString().strip();
  }

  /** Size in UTF-8. */
  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** As much of a text as fits, never half a character. */
  static String beginning(String text, int limit, ToIntFunction<String> size) {
    if (size.applyAsInt(text) <= limit) {
      return text;
    }
    int fits = 0;
    int tooLong = text.length();
    while (tooLong - fits > 1) {
      int middle = (fits + tooLong) / 2;
      if (size.applyAsInt(upTo(text, middle) + "…") <= limit) {
        fits = middle;
      } else {
        tooLong = middle;
      }
    }
    return fits == 0 ? "" : upTo(text, fits) + "…";
  }

  private static String upTo(String text, int end) {
    boolean half = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, half ? end - 1 : end);
  }

  private static String line(Fields line) {
    String name = line.text("name");
    String role = line.text("role");
    String text = line.raw("text") == null ? "" : line.raw("text").toString();
    if ("system".equals(role) && name == null) {
      return text;
    }
    String speaker =
        switch (role == null ? "" : role) {
          case "user" -> "Customer";
          case "bot" -> "Bot";
          case "agent" -> "Agent";
          default -> "System";
        };
    return (name == null ? speaker : name) + ": " + text;
  }
}
