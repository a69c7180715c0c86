package dev.baton.simulator.servicenow;

import java.util.Map;
import java.util.Set;

/**
 * What a table looks like.
 *
 * @param display column by which others show a record
 * @param columns column to the table that it points to, or to {@code secret}, or to an empty text
 * @param view whether its rows are put together from other tables, so that none can be written
 */
record TableDefinition(String name, String display, Map<String, String> columns, boolean view) {
  static final Set<String> OF_ALL =
      Set.of("sys_id", "sys_created_on", "sys_created_by", "sys_updated_on");

  boolean has(String column) {
    return OF_ALL.contains(column) || columns.containsKey(column);
  }

  /**
   * Name of the table that a column points to, or null; the first when it may be one of several.
   */
  String reference(String column) {
    String target = columns.getOrDefault(column, "");
    return target.isEmpty() || target.equals("secret") ? null : target.split("\\|", -1)[0];
  }

  /** Whether nobody can read the column's value back. */
  boolean secret(String column) {
    return columns.getOrDefault(column, "").equals("secret");
  }
}
