package dev.baton.configuration;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Options of hubs of type {@code servicenow-custom}: those of type {@code servicenow} where they
 * have a meaning here, and its own.
 */
final class ServiceNowCustomOptions {
  static final String TYPE = "servicenow-custom";

  /** What such a hub cannot be used without. */
  static final List<String> NEEDED = List.of("url", "path", "callback-secret");

  /** Callbacks are signed, the scripts say who is there, and nobody can be told about typing. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "callback-user",
          "callback-password",
          "callback-header",
          "callback-alias",
          "availability",
          "channel",
          "groups",
          "queue-schedule",
          "typing",
          "typing-idle",
          "receipts");

  private ServiceNowCustomOptions() {}

  static List<Option> all() {
    return List.of(
        new Option(
            "baton.hubs.<hub>.request-secret",
            OptionType.SECRET,
            null,
            List.of(),
            "Type servicenow-custom: key of Baton's signatures on its requests"),
        new Option(
            "baton.hubs.<hub>.skip-words",
            OptionType.LIST,
            null,
            List.of(),
            "Type servicenow-custom: what the customer writes to Virtual Agent to skip an optional"
                + " question"));
  }

  /**
   * @param servicenow the keys of type {@code servicenow}
   */
  static Set<String> keys(Set<String> servicenow) {
    Set<String> keys = new TreeSet<>(servicenow);
    keys.removeAll(ELSEWHERE);
    all().forEach(option -> keys.add(option.suffix()));
    return Set.copyOf(keys);
  }
}
