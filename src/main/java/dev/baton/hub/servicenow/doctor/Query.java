package dev.baton.hub.servicenow.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which rows of a table are wanted. ServiceNow silently ignores conditions that it does not
 * understand, so a query can also tell whether a row really fulfils it.
 */
final class Query {
  private final String table;
  private final Map<String, Set<String>> conditions = new LinkedHashMap<>();
  private final List<String> fields = new ArrayList<>();
  private String order = "";
  private int limit = 500;

  private Query(String table) {
    this.table = table;
  }

  static Query of(String table) {
    return new Query(table);
  }

  Query is(String field, String value) {
    return in(field, List.of(value));
  }

  /** No value at all gives no rows. */
  Query in(String field, Collection<String> values) {
    conditions.put(field, new TreeSet<>(values));
    return this;
  }

  Query fields(String... names) {
    fields.addAll(List.of(names));
    return this;
  }

  Query newest(int most) {
    order = "ORDERBYDESCsys_created_on";
    limit = most;
    return this;
  }

  String table() {
    return table;
  }

  int limit() {
    return limit;
  }

  /** Those asked for and those of the conditions. */
  List<String> fields() {
    Set<String> all = new LinkedHashSet<>(fields);
    all.addAll(conditions.keySet());
    return List.copyOf(all);
  }

  boolean asksForNothing() {
    return conditions.values().stream().anyMatch(Set::isEmpty);
  }

  /** {@code a=1^bIN2,3^ORDERBY…} with {@code ^} in values doubled. */
  String encoded() {
    List<String> parts = new ArrayList<>();
    conditions.forEach(
        (field, values) -> {
          String joined = String.join(",", values).replace("^", "^^");
          parts.add(field + (values.size() == 1 ? "=" : "IN") + joined);
        });
    if (!order.isEmpty()) {
      parts.add(order);
    }
    return String.join("^", parts);
  }

  /** The first column of a condition that no row has, or null. */
  String missingColumn(List<Map<String, String>> rows) {
    return rows.isEmpty()
        ? null
        : conditions.keySet().stream()
            .filter(field -> rows.stream().noneMatch(row -> row.containsKey(field)))
            .findFirst()
            .orElse(null);
  }

  boolean fulfilledBy(Map<String, String> row) {
    return conditions.entrySet().stream()
        .allMatch(
            condition ->
                condition.getValue().stream()
                    .anyMatch(v -> v.equalsIgnoreCase(row.getOrDefault(condition.getKey(), ""))));
  }
}
