package dev.baton.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.activity.Timestamps;
import dev.baton.activity.Wording;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns what the customer wrote into the body of a hub's {@code send}, split where the hub limits
 * the length.
 */
public final class CustomerMessage {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param send body of the lane entry: {@code {handoffId, activity}}
   * @param seq place in the conversation
   * @param capabilities of the hub: {@code maxText}; may be null
   * @return one or more bodies {@code {id, seq, at, text, attachments, value}} in order
   */
  public List<Map<String, Object>> parts(
      Map<String, Object> send, long seq, Map<String, Object> capabilities) {
    JsonNode node = JSON.valueToTree(send.get("activity"));
    String text = node.path("text").asText("");
    if (text.isBlank() && !node.path("attachments").elements().hasNext()) {
      text = Wording.of(node);
    }
    String id = node.path("id").asText("");
    List<String> texts = split(text, limit(capabilities));
    List<Map<String, Object>> parts = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("id", i == 0 ? id : id + "#" + (i + 1));
      part.put("seq", seq);
      put(part, "at", at(node.path("timestamp").asText(""), i));
      part.put("text", texts.get(i));
      boolean first = i == 0;
      part.put(
          "attachments",
          first && node.path("attachments").isArray() ? plain(node.get("attachments")) : List.of());
      if (first && node.hasNonNull("value")) {
        part.put("value", plain(node.get("value")));
      }
      parts.add(part);
    }
    return parts;
  }

  private static void put(Map<String, Object> map, String key, Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  /** Times of parts differ, so that who sorts by them keeps the order; null when none is known. */
  private static String at(String timestamp, int part) {
    try {
      return Timestamps.text(Instant.parse(timestamp).plusMillis(part));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Object plain(JsonNode node) {
    return JSON.convertValue(node, Object.class);
  }

  private static int limit(Map<String, Object> capabilities) {
    Object limit = capabilities == null ? null : capabilities.get("maxText");
    return limit == null || limit.toString().isBlank()
        ? 0
        : Integer.parseInt(limit.toString().strip());
  }

  /** Cuts at white space where there is some in the second half, never inside a surrogate pair. */
  public static List<String> split(String text, int limit) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    while (limit > 1 && rest.length() > limit) {
      int cut = rest.lastIndexOf(' ', limit);
      if (cut < limit / 2) {
        cut = Character.isHighSurrogate(rest.charAt(limit - 1)) ? limit - 1 : limit;
      }
      parts.add(rest.substring(0, cut));
      rest = rest.substring(cut).stripLeading();
    }
    parts.add(rest);
    return parts;
  }
}
