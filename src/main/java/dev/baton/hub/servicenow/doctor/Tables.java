package dev.baton.hub.servicenow.doctor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what checks ask for, each thing once. */
final class Tables {
  private final TableApi api;
  private final Map<String, Rows> read = new HashMap<>();

  Tables(TableApi api) {
    this.api = api;
  }

  Rows read(Query query) {
    if (query.asksForNothing()) {
      return Rows.of(query.table(), List.of());
    }
    String key = query.table() + "?" + query.encoded() + query.fields() + query.limit();
    return read.computeIfAbsent(key, unused -> ask(query));
  }

  /** A query whose values come from other rows; unreadable when those are. */
  Rows read(Rows basis, Query query) {
    return basis.readable() ? read(query) : basis;
  }

  private Rows ask(Query query) {
    try {
      List<Map<String, String>> rows =
          api.rows(query.table(), query.encoded(), query.fields(), query.limit());
      String missing = query.missingColumn(rows);
      if (missing != null) {
        throw new TableProblem(
            TableProblem.Kind.NO_COLUMN,
            "the table " + query.table() + " has no column " + missing + " here");
      }
      return Rows.of(query.table(), rows.stream().filter(query::fulfilledBy).toList());
    } catch (TableProblem e) {
      return Rows.unreadable(query.table(), e);
    }
  }
}
