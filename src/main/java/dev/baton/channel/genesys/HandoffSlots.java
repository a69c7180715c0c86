package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * From the variables of a handoff to slots of an intent. What is declared and has the declared type
 * becomes a slot, everything else a parameter; nothing disappears without being named.
 *
 * @param filter which variables may be slots
 * @param names variables that are slots under another name
 * @param maxText most characters of a value
 */
record HandoffSlots(Filter filter, Map<String, String> names, int maxText) {
  /** Most slots of an intent. Source: platform API, model {@code BotIntent}. */
  static final int MAX_SLOTS = 50;

  private static final String AUTOMATIC = "va_";
  private static final String MESSAGE = "va_AgentMessage";

  enum Filter {
    ALL,
    VA,
    USER;

    boolean takes(String variable) {
      return this == ALL || (this == VA) == variable.startsWith(AUTOMATIC);
    }
  }

  /** What became of a variable that is not, or not whole, in a slot. */
  enum Outcome {
    /** Not declared for the intent, or kept from the slots: a parameter. */
    UNDECLARED,
    /** Declared with a type that the value does not have: a parameter. */
    MISTYPED,
    /** One more than an intent may have: a parameter. */
    TOO_MANY,
    /** Longer than allowed: its end is missing, of a list its oldest entries. */
    SHORTENED
  }

  /** One variable that did not become a slot as it is. Never holds its value. */
  record Note(String variable, Outcome outcome) {}

  /**
   * @param notes what was left out, in order
   */
  record Result(Map<String, Reply.Slot> slots, Map<String, String> parameters, List<Note> notes) {}

  /**
   * @param value of the bot's handoff: an object of variables, or a text for the agent
   */
  Result of(Intent intent, JsonNode value) {
    Map<String, Reply.Slot> slots = new LinkedHashMap<>();
    Map<String, String> parameters = new LinkedHashMap<>();
    List<Note> notes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> variable : variables(value).entrySet()) {
      String name = variable.getKey();
      String slot = names.getOrDefault(name, name);
      SlotType type = filter.takes(name) ? intent.slots().get(slot) : null;
      Optional<JsonNode> typed =
          type == null ? Optional.empty() : type.convert(variable.getValue());
      if (typed.isPresent() && slots.size() < MAX_SLOTS) {
        JsonNode kept = shortened(typed.get());
        slots.put(slot, new Reply.Slot(type, kept));
        if (kept != typed.get()) {
          notes.add(new Note(name, Outcome.SHORTENED));
        }
      } else {
        notes.add(
            new Note(
                name,
                type == null
                    ? Outcome.UNDECLARED
                    : typed.isPresent() ? Outcome.TOO_MANY : Outcome.MISTYPED));
        String text = text(variable.getValue());
        parameters.put(name, shortened(text));
        if (text.length() > maxText) {
          notes.add(new Note(name, Outcome.SHORTENED));
        }
      }
    }
    return new Result(slots, parameters, notes);
  }

  /** Variables that have a value. Some bots send just a text: what the agent is to know. */
  static Map<String, JsonNode> variables(JsonNode value) {
    Map<String, JsonNode> variables = new LinkedHashMap<>();
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        if (!field.getValue().isNull()
            && !(field.getValue().isArray() && field.getValue().isEmpty())) {
          variables.put(field.getKey(), field.getValue());
        }
      }
    } else if (value.isTextual() && !value.asText().isBlank()) {
      variables.put(MESSAGE, value);
    }
    return variables;
  }

  /** Session variables are strings. */
  private static String text(JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    return value.isBoolean()
        ? value.asText().toLowerCase(Locale.ROOT)
        : value.isValueNode() ? value.asText() : value.toString();
  }

  private JsonNode shortened(JsonNode value) {
    if (value.isTextual() && value.asText().length() > maxText) {
      return JsonNodeFactory.instance.textNode(shortened(value.asText()));
    }
    if (!value.isArray() || value.toString().length() <= maxText) {
      return value;
    }
    // The newest entries of a list, such as the topics of the talk, say most.
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    int length = 2;
    for (int i = value.size() - 1; i >= 0; i--) {
      JsonNode one = shortened(value.get(i));
      length += one.toString().length() + 1;
      if (length > maxText && !kept.isEmpty()) {
        break;
      }
      kept.insert(0, one);
    }
    return kept;
  }

  private String shortened(String text) {
    if (text.length() <= maxText) {
      return text;
    }
    int end = Math.max(0, maxText - 1);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
