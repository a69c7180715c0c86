package dev.baton.channel.genesys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Messages of Genesys that a bot's author wrote into a text. Copilot Studio escapes some of it,
 * which is undone. Source: Genesys Cloud blueprint "Bot connector for Power Virtual Agents".
 */
final class ReadyMade {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ReadyMade() {}

  /** The messages in the text; empty when it is an ordinary text. */
  static Optional<List<ObjectNode>> read(String text) {
    String plain = unescaped(text).strip();
    if (!plain.startsWith("{") && !plain.startsWith("[")) {
      return Optional.empty();
    }
    try {
      JsonNode root = JSON.readTree(plain);
      List<ObjectNode> messages = new ArrayList<>();
      for (JsonNode element : root.isArray() ? root : JSON.createArrayNode().add(root)) {
        if (!(element instanceof ObjectNode message) || !isMessage(message)) {
          return Optional.empty();
        }
        messages.add(message);
      }
      return messages.isEmpty() ? Optional.empty() : Optional.of(messages);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static boolean isMessage(JsonNode message) {
    return switch (message.path("type").asText().toLowerCase(Locale.ROOT)) {
      case "text" -> message.path("text").isTextual();
      case "structured" -> message.path("content").isArray();
      default -> false;
    };
  }

  private static String unescaped(String text) {
    return text.replace("\\[", "[")
        .replace("\\]", "]")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
  }
}
