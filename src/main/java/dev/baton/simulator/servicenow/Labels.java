package dev.baton.simulator.servicenow;

import java.util.Map;

/** What the instance shows for the values of choice columns. */
final class Labels {
  private static final Map<String, String> STATES =
      Map.of(
          "new", "New",
          "on_hold", "On Hold",
          "work_in_progress", "Work In Progress",
          "wrap_up", "Wrap Up",
          "closed_complete", "Closed Complete",
          "closed_abandoned", "Closed Abandoned",
          "faulted", "Faulted");

  private Labels() {}

  static String of(String column, String value) {
    return column.equals("state") ? STATES.getOrDefault(value, value) : value;
  }
}
