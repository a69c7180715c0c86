package dev.baton.simulator.servicenow;

import java.util.Map;

/** What the engine asks the records again and again. */
final class Records {
  static final String APPLICATION = "sn_va_as_service";

  private Records() {}

  static String property(Tables tables, String name, String otherwise) {
    return tables
        .first("sys_properties", "name=" + name)
        .map(row -> row.get("value"))
        .filter(value -> !value.isEmpty())
        .orElse(otherwise);
  }

  /** A custom adapter property of the Virtual Agent API's provider application. */
  static boolean adapterProperty(Tables tables, String name) {
    return tables
        .first("sys_cs_custom_adapter_property", "name=" + name + "^value=true")
        .isPresent();
  }

  static boolean synchronous(Tables tables) {
    return tables.first("sys_cs_channel", "name=Bot to Bot^synchronous=true").isPresent();
  }

  /** Whether the Virtual Agent API's application is of this version or a later one. */
  static boolean atLeast(Tables tables, String version) {
    String[] have =
        tables
            .first("sys_store_app", "scope=" + APPLICATION)
            .map(row -> row.get("version"))
            .orElse("0")
            .split("\\.", -1);
    String[] want = version.split("\\.", -1);
    for (int i = 0; i < want.length; i++) {
      int difference = (i < have.length ? number(have[i]) : 0) - number(want[i]);
      if (difference != 0) {
        return difference > 0;
      }
    }
    return true;
  }

  private static int number(String text) {
    return text.chars().allMatch(Character::isDigit) && !text.isEmpty()
        ? Integer.parseInt(text)
        : 0;
  }

  /** An error in {@code syslog}. */
  static void log(Tables tables, String message) {
    tables.insert("syslog", Map.of("level", "2", "source", APPLICATION, "message", message));
  }
}
