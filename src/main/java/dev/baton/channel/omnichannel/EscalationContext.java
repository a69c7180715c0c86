package dev.baton.channel.omnichannel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Turns a bot's variables into context variables of Omnichannel, within its limits: names of at
 * most 100 characters whose case matters, values that are texts of at most 4,000 characters or
 * whole numbers, at most 100 of them. Source: Microsoft, "Manage context variables" and "Transfer a
 * conversation from a bot".
 */
final class EscalationContext {
  static final int MOST = 100;
  static final int LONGEST_NAME = 100;
  static final int LONGEST_VALUE = 4_000;

  private final Set<String> numbers;
  private final Set<String> shown;
  private final List<String> first;

  /**
   * @param numbers variables that the workstream declares as numbers; all others are sent as text
   * @param shown variables that the representative sees; {@code *} for all, empty sends plain
   *     values
   * @param first variables that are kept first when there are too many
   */
  EscalationContext(List<String> numbers, List<String> shown, List<String> first) {
    this.numbers = Set.copyOf(numbers);
    this.shown = Set.copyOf(shown);
    this.first = first.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * @param context name to value
   * @param leftOut names of what does not fit
   */
  record Result(ObjectNode context, List<String> leftOut) {}

  Result of(JsonNode variables) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    List<String> leftOut = new ArrayList<>();
    List<Map.Entry<String, JsonNode>> inOrder =
        StreamSupport.stream(
                ((Iterable<Map.Entry<String, JsonNode>>) variables::fields).spliterator(), false)
            .sorted(Comparator.comparingInt(entry -> rank(entry.getKey())))
            .toList();
    for (Map.Entry<String, JsonNode> entry : inOrder) {
      String text = text(entry.getValue());
      if (text == null) {
        continue; // an empty one says nothing and would take a place
      }
      boolean fits = context.size() < MOST && entry.getKey().length() <= LONGEST_NAME;
      if (!fits || !put(context, entry.getKey(), text)) {
        leftOut.add(entry.getKey());
      }
    }
    return new Result(context, leftOut);
  }

  private int rank(String name) {
    int rank = first.indexOf(name.toLowerCase(Locale.ROOT));
    return rank < 0 ? first.size() : rank;
  }

  private boolean put(ObjectNode context, String name, String text) {
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    if (numbers.contains(name)) {
      try {
        value.put("value", Long.parseLong(text.strip()));
      } catch (NumberFormatException e) {
        return false; // a text in a number variable fails the whole escalation
      }
    } else {
      value.put("value", cut(text));
    }
    if (shown.isEmpty()) {
      context.set(name, value.get("value"));
    } else {
      value.put("isDisplayable", shown.contains("*") || shown.contains(name));
      context.set(name, value);
    }
    return true;
  }

  /** Primitives only: lists are joined, objects written as JSON; null for what is empty. */
  private static String text(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return null;
    }
    String text;
    if (value.isArray()) {
      text =
          StreamSupport.stream(value.spliterator(), false)
              .map(item -> item.isValueNode() ? item.asText() : item.toString())
              .collect(Collectors.joining(", "));
    } else {
      text = value.isValueNode() ? value.asText() : value.toString();
    }
    return text.isBlank() || text.equals("{}") ? null : text;
  }

  /** Never in the middle of a character. */
  private static String cut(String text) {
    if (text.length() <= LONGEST_VALUE) {
      return text;
    }
    int end = LONGEST_VALUE - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
