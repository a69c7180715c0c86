package dev.baton.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the transcript that a bot attaches to its request for a human. Bots disagree on its form:
 * an object with {@code activities} or {@code transcript}, a bare array, or either as a JSON
 * string. Source: Bot Framework transcript format.
 */
public final class TranscriptReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TranscriptReader() {}

  /**
   * The attachment that holds the transcript, if any; chosen by name or content, both may be
   * missing.
   */
  public static Optional<JsonNode> attachment(JsonNode handoff) {
    JsonNode candidate = null;
    for (JsonNode attachment : handoff.path("attachments")) {
      String name = attachment.path("name").asText("").strip().toLowerCase(Locale.ROOT);
      boolean named = name.equals("transcript");
      if (named || (candidate == null && !activities(attachment.path("content")).isEmpty())) {
        candidate = attachment;
        if (named) {
          break;
        }
      }
    }
    return Optional.ofNullable(candidate);
  }

  /**
   * Lines of all messages in a transcript's content, in its order. {@code handoff} tells who is
   * who.
   */
  public static List<TranscriptLine> lines(JsonNode content, JsonNode handoff) {
    List<TranscriptLine> lines = new ArrayList<>();
    for (JsonNode activity : activities(content)) {
      if ("message".equals(activity.path("type").asText())) {
        String text = Wording.of(activity);
        if (!text.isEmpty()) {
          lines.add(line(activity, handoff, text));
        }
      }
    }
    return lines;
  }

  private static TranscriptLine line(JsonNode activity, JsonNode handoff, String text) {
    String id = activity.path("id").asText(null);
    String ours = activity.path("channelData").path("baton").path("id").asText(null);
    return new TranscriptLine(
        ours != null ? ours : id,
        activity.path("timestamp").asText(null),
        role(activity, handoff),
        activity.path("from").path("name").asText(null),
        text,
        id);
  }

  private static List<JsonNode> activities(JsonNode content) {
    JsonNode node = content;
    if (node.isTextual()) {
      try {
        node = JSON.readTree(node.asText());
      } catch (JsonProcessingException e) {
        return List.of();
      }
    }
    if (node != null && node.isObject()) {
      node = node.has("activities") ? node.get("activities") : node.path("transcript");
    }
    List<JsonNode> activities = new ArrayList<>();
    if (node != null && node.isArray()) {
      node.forEach(activities::add);
    }
    return activities;
  }

  static String role(JsonNode activity, JsonNode handoff) {
    String role = known(activity.path("from").path("role"));
    if (role != null) {
      return role;
    }
    String from = activity.path("from").path("id").asText(null);
    JsonNode relatesTo = handoff.path("relatesTo");
    if (from != null && from.equals(relatesTo.path("user").path("id").asText(null))) {
      return "user";
    }
    if (from != null && from.equals(relatesTo.path("bot").path("id").asText(null))) {
      return "bot";
    }
    // Messages logged inside a bot may have no sender: then the recipient tells.
    String to = known(activity.path("recipient").path("role"));
    if (to != null) {
      return to.equals("user") ? "bot" : "user";
    }
    return from == null ? "bot" : "user";
  }

  /**
   * Stored transcripts number the roles: 0 is the bot, 1 the user. Newer text calls a bot an agent.
   */
  private static String known(JsonNode role) {
    return switch (role.asText("").toLowerCase(Locale.ROOT)) {
      case "user", "1" -> "user";
      case "bot", "agent", "skill", "0" -> "bot";
      default -> null;
    };
  }
}
