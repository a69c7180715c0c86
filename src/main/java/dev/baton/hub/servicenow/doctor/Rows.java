package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a query found, or why it found nothing.
 *
 * @param problem null when the table could be read
 */
record Rows(String table, List<Row> all, TableProblem problem) {

  /** One row; a column that the table does not have is not in it. */
  record Row(Map<String, String> values) {
    String get(String field) {
      return values.getOrDefault(field, "");
    }

    boolean has(String field) {
      return values.containsKey(field);
    }

    boolean isEmpty(String field) {
      return get(field).isBlank();
    }

    boolean isTrue(String field) {
      return get(field).equalsIgnoreCase("true") || get(field).equals("1");
    }

    /** Only when the column is there: an absent one is not false. */
    boolean isFalse(String field) {
      return has(field) && !isTrue(field);
    }

    /** The number, or 0 for anything else. */
    double number(String field) {
      try {
        return Double.parseDouble(get(field).strip());
      } catch (NumberFormatException e) {
        return 0;
      }
    }
  }

  static Rows of(String table, List<Map<String, String>> rows) {
    return new Rows(table, rows.stream().map(Row::new).toList(), null);
  }

  static Rows unreadable(String table, TableProblem problem) {
    return new Rows(table, List.of(), problem);
  }

  boolean readable() {
    return problem == null;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  Optional<Row> first() {
    return all.stream().findFirst();
  }

  Rows where(Predicate<Row> wanted) {
    return new Rows(table, all.stream().filter(wanted).toList(), problem);
  }

  /** All values of the column, without empty ones. */
  Set<String> values(String field) {
    return all.stream()
        .map(row -> row.get(field))
        .filter(value -> !value.isBlank())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * What to say when the table could not be read: a warning when rights are missing; where the
   * instance has no such table or column, that only run time shows it.
   *
   * @param byHand where in ServiceNow a person can look instead
   */
  Finding unseen(Finding.About about, String byHand) {
    return switch (problem.kind()) {
      case NO_TABLE, NO_COLUMN ->
          about.passive(
              problem.getMessage() + ", so this cannot be seen from here",
              "another release of ServiceNow",
              byHand);
      case FORBIDDEN ->
          about.warn(
              "the service account may not read " + table,
              "it has no role that allows this",
              "let it read " + table + ", or look yourself: " + byHand);
      default ->
          about.warn(
              table + " could not be read: " + problem.getMessage(),
              "the instance is busy or out of order",
              "try again, or look yourself: " + byHand);
    };
  }
}
