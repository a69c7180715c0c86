package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the bot remembers of one conversation. Confined to the conversation's context. */
final class Memory {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)(?:\\|([^}]*))?}");

  final Map<String, JsonNode> variables = new LinkedHashMap<>();
  final List<String> phrases = new ArrayList<>();
  final List<String> topics = new ArrayList<>();
  private int replies;
  private volatile String handoffState;

  /** Takes over what an activity of the client tells, before a topic is chosen. */
  void learn(JsonNode activity, Map<String, Pattern> entities) {
    JsonNode value = activity.path("value");
    switch (activity.path("type").asText()) {
      case "message" -> {
        String text = activity.path("text").asText();
        if (!text.isBlank()) {
          phrases.add(text);
        }
        entities.forEach(
            (name, pattern) -> {
              Matcher matcher = pattern.matcher(text);
              if (matcher.find()) {
                variables.put(name, TextNode.valueOf(matcher.group(1)));
              }
            });
        // An adaptive card's data arrives as the value of a message without text.
        value.properties().stream()
            .filter(field -> !field.getKey().equals("action"))
            .forEach(field -> variables.put(field.getKey(), field.getValue()));
      }
      case "event" -> {
        if (activity.path("name").asText().equals("pvaSetContext")) {
          value.properties().forEach(field -> variables.put(field.getKey(), field.getValue()));
        } else if (activity.path("name").asText().equals("handoff.status")) {
          handoffState = value.path("state").asText();
        }
      }
      default -> {
        // typing, endOfConversation and whatever comes later tell the bot nothing.
      }
    }
  }

  /** Notes the topic that the user's words chose; only these are told to a human. */
  void entered(Topic topic) {
    if (!topic.phrases().isEmpty() && !topic.handsOff()) {
      topics.add(topic.name());
    }
    if (topic.fallback()) {
      replies++;
    }
  }

  /** {@code requested}, {@code accepted}, {@code completed} or {@code failed}; null before any. */
  String handoffState() {
    return handoffState;
  }

  void handoffRequested() {
    handoffState = "requested";
  }

  /** The text with its {@code ${name|otherwise}} replaced. */
  String fill(String template, String text) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            match -> {
              String otherwise = match.group(2) == null ? "" : match.group(2);
              String found = value(match.group(1), text);
              return Matcher.quoteReplacement(found == null ? otherwise : found);
            });
  }

  /** A copy of the JSON with every text in it filled. */
  JsonNode fill(JsonNode template, String text) {
    Function<JsonNode, JsonNode> inner = node -> fill(node, text);
    if (template.isTextual()) {
      return TextNode.valueOf(fill(template.asText(), text));
    }
    if (template.isArray()) {
      var copy = JsonNodeFactory.instance.arrayNode();
      template.forEach(item -> copy.add(inner.apply(item)));
      return copy;
    }
    if (template.isObject()) {
      var copy = JsonNodeFactory.instance.objectNode();
      template
          .properties()
          .forEach(field -> copy.set(field.getKey(), inner.apply(field.getValue())));
      return copy;
    }
    return template;
  }

  private String value(String name, String text) {
    return switch (name) {
      case "text" -> text;
      case "number" -> String.valueOf(replies);
      case "lastTopic" -> topics.isEmpty() ? "no topic" : topics.get(topics.size() - 1);
      case "variables" -> variables.isEmpty() ? "nothing yet" : describe();
      default -> variables.containsKey(name) ? plain(variables.get(name)) : null;
    };
  }

  private String describe() {
    return variables.entrySet().stream()
        .map(variable -> variable.getKey() + " = " + plain(variable.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
