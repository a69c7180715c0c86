package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One thing the bot can talk about.
 *
 * @param event name of the event that starts it, or null
 * @param value what the event's value must hold
 * @param with a variable that must be set, or null
 * @param submit the {@code action} of a submitted card, or null
 * @param phrases patterns of which one must occur in the text
 */
record Topic(
    String name,
    String event,
    JsonNode value,
    String with,
    String submit,
    List<Pattern> phrases,
    boolean fallback,
    List<ObjectNode> steps) {

  static Topic of(JsonNode node) {
    List<Pattern> phrases = new ArrayList<>();
    for (JsonNode phrase : node.path("phrases")) {
      phrases.add(
          Pattern.compile(
              "(?<![\\p{L}\\d])" + Pattern.quote(phrase.asText()) + "(?![\\p{L}\\d])",
              Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }
    List<ObjectNode> steps = new ArrayList<>();
    for (JsonNode step : node.path("steps")) {
      if (!(step instanceof ObjectNode map)) {
        throw new SimulatorException(
            "BTN-4701",
            "Topic '%s': a step is a map such as '- text: Hello', not %s"
                .formatted(node.path("name").asText(), step),
            null);
      }
      steps.add(map);
    }
    return new Topic(
        node.path("name").asText("unnamed"),
        node.path("event").textValue(),
        node.path("value"),
        node.path("with").textValue(),
        node.path("submit").textValue(),
        List.copyOf(phrases),
        node.path("fallback").asBoolean(),
        List.copyOf(steps));
  }

  /** Whether this topic is about the activity. The fallback matches every message. */
  boolean matches(JsonNode activity, Map<String, JsonNode> variables) {
    if (with != null && !variables.containsKey(with)) {
      return false;
    }
    String type = activity.path("type").asText();
    if (type.equals("event")) {
      return event != null
          && event.equals(activity.path("name").asText())
          && valueMatches(activity);
    }
    if (!type.equals("message") || event != null) {
      return false;
    }
    if (submit != null) {
      return submit.equals(activity.path("value").path("action").asText());
    }
    String text = activity.path("text").asText();
    return fallback || phrases.stream().anyMatch(phrase -> phrase.matcher(text).find());
  }

  private boolean valueMatches(JsonNode activity) {
    return value.properties().stream()
        .allMatch(field -> field.getValue().equals(activity.path("value").path(field.getKey())));
  }

  boolean handsOff() {
    return steps.stream().anyMatch(step -> step.has("handoff"));
  }
}
