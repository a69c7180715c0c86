package dev.baton.hub.servicenow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A control in the words of the hub contract.
 *
 * @param text what is said; may be empty
 * @param format {@code markdown}, {@code plain} or {@code html}
 * @param attachments in activity form
 * @param options what the customer may pick: label to value, in order
 * @param asked {@code Date}, {@code Time} or {@code DateTime} when one is asked for, else null
 */
record Rendered(
    String text,
    String format,
    List<Map<String, Object>> attachments,
    Map<String, Object> options,
    String asked) {

  static final Rendered NOTHING = new Rendered("", "plain", List.of(), Map.of(), null);

  static Rendered text(String text) {
    return new Rendered(text == null ? "" : text, "markdown", List.of(), Map.of(), null);
  }

  static Rendered html(String html) {
    return new Rendered(html == null ? "" : html, "html", List.of(), Map.of(), null);
  }

  Rendered with(Map<String, Object> attachment) {
    List<Map<String, Object>> more = new ArrayList<>(attachments);
    more.add(attachment);
    return new Rendered(text, format, List.copyOf(more), options, asked);
  }

  Rendered offering(Map<String, Object> picks) {
    return new Rendered(text, format, attachments, picks, asked);
  }

  Rendered asking(String kind) {
    return new Rendered(text, format, attachments, options, kind);
  }

  boolean isEmpty() {
    return text.isBlank() && attachments.isEmpty();
  }

  /** The {@code message} of a hub event. */
  Map<String, Object> message(String id) {
    Map<String, Object> message = new LinkedHashMap<>();
    if (id != null) {
      message.put("id", id);
    }
    message.put("text", text);
    message.put("format", format);
    if (!attachments.isEmpty()) {
      message.put("attachments", attachments);
    }
    if (!options.isEmpty()) {
      message.put("suggestedActions", Map.of("actions", Picks.actions(options)));
    }
    return message;
  }
}
