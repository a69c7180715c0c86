package dev.baton.activity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What an activity says, as plain text: for people who cannot be shown cards and buttons. */
public final class Wording {
  private Wording() {}

  /** The text, else what cards and attachments say, else a submitted value; never null. */
  public static String of(JsonNode activity) {
    List<String> parts = new ArrayList<>();
    add(parts, activity.path("text").asText(""));
    for (JsonNode attachment : activity.path("attachments")) {
      add(parts, attachment(attachment));
    }
    if (parts.isEmpty() && activity.hasNonNull("value")) {
      JsonNode value = activity.get("value");
      add(parts, value.isValueNode() ? value.asText() : value.toString());
    }
    List<String> options = new ArrayList<>();
    for (JsonNode action : activity.path("suggestedActions").path("actions")) {
      add(options, action.path("title").asText(""));
    }
    if (!options.isEmpty()) {
      parts.add("[" + String.join(" | ", options) + "]");
    }
    return String.join("\n", parts);
  }

  private static String attachment(JsonNode attachment) {
    JsonNode content = attachment.path("content");
    if (content.isObject()) {
      List<String> parts = new ArrayList<>();
      add(parts, content.path("title").asText(""));
      add(parts, content.path("subtitle").asText(""));
      add(parts, content.path("text").asText(""));
      if (parts.isEmpty()) {
        add(parts, content.path("fallbackText").asText(""));
      }
      if (parts.isEmpty()) {
        texts(content.path("body"), parts);
      }
      return String.join("\n", parts);
    }
    String name = attachment.path("name").asText("");
    String url = attachment.path("contentUrl").asText("");
    if (url.startsWith("data:")) {
      url = "";
    }
    return (name + " " + url).strip();
  }

  private static void texts(JsonNode elements, List<String> parts) {
    for (JsonNode element : elements) {
      add(parts, element.path("text").asText(""));
      texts(element.path("items"), parts);
      texts(element.path("columns"), parts);
    }
  }

  private static void add(List<String> parts, String text) {
    if (!text.isBlank()) {
      parts.add(text.strip());
    }
  }
}
