package dev.baton.hub.genesys;

import dev.baton.activity.SafeText;
import java.util.List;
import java.util.Map;

/** What the agent reads first: summary, context and transcript of a handoff as one text. */
final class OpeningText {
  private OpeningText() {}

  /**
   * @param open body of the operation {@code open}
   * @return never blank
   */
  static String of(Map<String, Object> open) {
    StringBuilder text = new StringBuilder();
    paragraph(text, null, open.get("summary"));
    StringBuilder context = new StringBuilder();
    if (open.get("context") instanceof Map<?, ?> entries) {
      entries.forEach(
          (name, entry) -> {
            if (entry instanceof Map<?, ?> map && !Boolean.FALSE.equals(map.get("display"))) {
              line(context, name + ": " + map.get("value"));
            }
          });
    }
    paragraph(text, "Context", context);
    StringBuilder transcript = new StringBuilder();
    if (open.get("transcript") instanceof List<?> lines) {
      for (Object line : lines) {
        if (line instanceof Map<?, ?> map && map.get("text") != null) {
          Object who = map.get("name") != null ? map.get("name") : map.get("role");
          line(transcript, (who == null ? "" : who + ": ") + map.get("text"));
        }
      }
    }
    paragraph(text, "Transcript", transcript);
    return text.isEmpty() ? "The customer asks for an agent." : text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(text.isEmpty() ? "" : "\n").append(line);
  }

  private static void paragraph(StringBuilder text, String title, Object content) {
    String clean = content == null ? "" : SafeText.clean(content.toString()).strip();
    if (!clean.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n\n");
      text.append(title == null ? "" : title + "\n").append(clean);
    }
  }
}
