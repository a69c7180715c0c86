package dev.baton.hub.servicenow;

import dev.baton.activity.SafeText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code contextVariables}: texts only. What the mapping file made, then what {@code
 * context.<name>} adds or changes.
 */
final class ContextVariables {
  private ContextVariables() {}

  /**
   * @param mapped by the mapping file; may be null
   * @param keys name to where its value comes from: a path into the handoff such as {@code
   *     context.va_Domain} or {@code customer.email}, or a text in single quotes; an empty text
   *     takes the variable away
   * @param open the handoff, body of the hub contract's {@code open}
   */
  static Map<String, Object> of(
      Map<?, ?> mapped, Map<String, String> keys, Map<?, ?> open, boolean liveAgentOnly) {
    Map<String, Object> variables = new LinkedHashMap<>();
    if (liveAgentOnly) {
      variables.put("live_agent_only", "true");
    }
    if (mapped != null) {
      mapped.forEach((name, value) -> put(variables, String.valueOf(name), value));
    }
    keys.forEach(
        (name, source) -> {
          variables.remove(name);
          put(variables, name, value(source, open));
        });
    return variables;
  }

  private static Object value(String source, Map<?, ?> open) {
    if (source.length() > 1 && source.startsWith("'") && source.endsWith("'")) {
      return source.substring(1, source.length() - 1);
    }
    Object value = open;
    for (String part : source.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(part) : null;
    }
    return value instanceof Map<?, ?> entry && entry.containsKey("value")
        ? entry.get("value")
        : value;
  }

  private static void put(Map<String, Object> variables, String name, Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      String text = SafeText.clean(value.toString());
      if (!text.isBlank()) {
        variables.put(name, text);
      }
    }
  }
}
