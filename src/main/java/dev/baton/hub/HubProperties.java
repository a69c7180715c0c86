package dev.baton.hub;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.camel.CamelContext;

/** Reads {@code baton.hubs.<name>.<key>} with placeholders, environment and files resolved. */
public final class HubProperties {
  private final BinaryOperator<String> values;

  public HubProperties(CamelContext context) {
    this(
        (hub, key) ->
            context.resolvePropertyPlaceholders("{{baton.hubs." + hub + "." + key + ":}}"));
  }

  /**
   * @param values from hub and key to the resolved value, or null
   */
  public HubProperties(BinaryOperator<String> values) {
    this.values = values;
  }

  /** The value, or an empty string when the key is missing. */
  public String get(String hub, String key) {
    String value = values.apply(hub, key);
    return value == null ? "" : value.trim();
  }

  /** The comma-separated values without empty ones. */
  public List<String> list(String hub, String key) {
    return Arrays.stream(get(hub, key).split(",", -1))
        .map(String::trim)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /**
   * The value as a whole number, or null when the key is missing.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public Integer number(String hub, String key) {
    String value = get(hub, key);
    if (value.isEmpty()) {
      return null;
    }
    try {
      return Integer.valueOf(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "baton.hubs." + hub + "." + key + " must be a whole number, not '" + value + "'", e);
    }
  }
}
