package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Options to pick from: as buttons for the customer, and back from what the customer sent. */
final class Picks {
  /** Member of a picked button's {@code value}. */
  static final String OPTION = "servicenowOption";

  private Picks() {}

  /**
   * Buttons that show the label and send the option's value beside it, so that an agent's
   * transcript and a canvas without {@code messageBack} still have the label.
   */
  static List<Map<String, Object>> actions(Map<String, Object> options) {
    return options.entrySet().stream()
        .map(option -> action(option.getKey(), option.getValue()))
        .toList();
  }

  private static Map<String, Object> action(String label, Object value) {
    Map<String, Object> action = new LinkedHashMap<>();
    action.put("type", "messageBack");
    action.put("title", label);
    action.put("text", label);
    action.put("displayText", label);
    action.put("value", Map.of(OPTION, value));
    return action;
  }

  /**
   * The option's value that the customer picked: by button, or by typing a label that is offered
   * now. Null when what was sent is free text.
   *
   * @param value of the activity; may be null
   * @param offered label to value
   */
  static String picked(Object value, String text, Map<String, Object> offered) {
    if (value instanceof Map<?, ?> map) {
      String option = Fields.of(map).text(OPTION);
      if (option != null) {
        return option;
      }
    }
    if ((value instanceof String || value instanceof Number) && offered.containsValue(value)) {
      return value.toString();
    }
    String typed = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    return offered.entrySet().stream()
        .filter(option -> option.getKey().strip().toLowerCase(Locale.ROOT).equals(typed))
        .map(option -> option.getValue().toString())
        .findFirst()
        .orElse(null);
  }
}
