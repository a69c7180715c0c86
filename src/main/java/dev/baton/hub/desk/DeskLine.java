package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Customer;
import dev.baton.journal.StoredEntry;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Renders an activity of the customer's stream as a line of a transcript that agents read. */
public final class DeskLine {
  private static final Set<String> TEXT_KEYS = Set.of("title", "subtitle", "text", "altText");
  private static final int MAX_CARD_TEXT = 2_000;
  private static final int MAX_DEPTH = 12;

  private DeskLine() {}

  /**
   * The line {@code {n,id,at,role,name,text,format,attachments,actions}}; empty for activities that
   * show nothing. {@code role} is {@code user}, {@code bot}, {@code agent} or {@code system}.
   *
   * @param number the activity's place in the stream
   */
  public static Optional<ObjectNode> of(StoredEntry entry, long number, Customer customer) {
    JsonNode activity = entry.body();
    if (!activity.path("type").asText("message").equalsIgnoreCase("message")) {
      return Optional.empty();
    }
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("n", number);
    line.put("id", activity.path("id").asText(entry.deliveryId()));
    line.put("at", entry.at().toString());
    line.put("role", role(activity, customer));
    JsonNode name = activity.path("from").path("name");
    if (name.isTextual()) {
      line.set("name", name);
    }
    String text = text(activity);
    line.put("text", text);
    line.put("format", activity.path("textFormat").asText("markdown"));
    ArrayNode attachments = line.putArray("attachments");
    activity.path("attachments").forEach(each -> attachments.add(attachment(each)));
    ArrayNode actions = line.putArray("actions");
    for (JsonNode action : activity.path("suggestedActions").path("actions")) {
      String title = action.path("title").asText(action.path("value").asText(""));
      if (!title.isBlank()) {
        actions.add(title);
      }
    }
    boolean empty = text.isBlank() && attachments.isEmpty() && actions.isEmpty();
    return empty ? Optional.empty() : Optional.of(line);
  }

  /** Whether somebody said it; Baton's own notices tell an agent nothing new. */
  static boolean isSaid(ObjectNode line) {
    return !line.path("role").asText().equals("system");
  }

  /** What to show of a line in a list: its text, else what it has instead. */
  static String preview(ObjectNode line) {
    String text = line.path("text").asText("").strip();
    JsonNode attachment = line.path("attachments").path(0);
    if (text.isEmpty() && !attachment.isMissingNode()) {
      text = attachment.path("text").asText(attachment.path("name").asText(""));
    }
    if (text.isEmpty()) {
      text = line.path("actions").path(0).asText("");
    }
    return text.length() > 200 ? text.substring(0, 199) + "…" : text;
  }

  /** The journal marks who speaks, because to the customer's client everyone but them is a bot. */
  private static String role(JsonNode activity, Customer customer) {
    JsonNode from = activity.path("from");
    String speaker = activity.path("channelData").path("baton").path("speaker").asText("");
    return switch (speaker.toLowerCase(Locale.ROOT)) {
      case "agent" -> "agent";
      case "system" -> "system";
      case "customer" -> "user";
      case "bot" -> "bot";
      default ->
          from.path("role").asText("").equalsIgnoreCase("user")
                  || customer.id().equals(from.path("id").asText(null))
              ? "user"
              : "bot";
    };
  }

  private static String text(JsonNode activity) {
    JsonNode text = activity.path("text");
    if (text.isTextual() && !text.asText().isEmpty()) {
      return text.asText();
    }
    JsonNode value = activity.path("value");
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    // A card's form or button sends its answer as value, without any text.
    String answer = value.isTextual() ? value.asText() : value.toString();
    return answer.length() > MAX_CARD_TEXT ? answer.substring(0, MAX_CARD_TEXT) + "…" : answer;
  }

  private static ObjectNode attachment(JsonNode attachment) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    String type = attachment.path("contentType").asText("");
    shown.put("contentType", type);
    shown.put("name", attachment.path("name").asText(type));
    String url = attachment.path("contentUrl").asText("");
    String scheme = url.toLowerCase(Locale.ROOT);
    if (scheme.startsWith("https://") || scheme.startsWith("http://")) {
      shown.put("url", url);
    }
    StringBuilder text = new StringBuilder();
    collect(attachment.path("content"), text, 0);
    if (!text.isEmpty()) {
      shown.put("text", text.toString());
    }
    return shown;
  }

  /** Gathers what a card says, whatever its kind, so that the agent knows what was shown. */
  private static void collect(JsonNode node, StringBuilder text, int depth) {
    if (depth > MAX_DEPTH || text.length() > MAX_CARD_TEXT) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                if (!field.getValue().isTextual()) {
                  collect(field.getValue(), text, depth + 1);
                } else if (TEXT_KEYS.contains(field.getKey())
                    && !field.getValue().asText().isBlank()) {
                  text.append(text.isEmpty() ? "" : "\n").append(field.getValue().asText());
                }
              });
    } else if (node.isArray()) {
      node.forEach(each -> collect(each, text, depth + 1));
    }
  }
}
