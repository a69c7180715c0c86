package dev.baton.hub.servicenow;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What is read from a table.
 *
 * @param query encoded query; values from outside are made safe by {@link #value}
 * @param fields comma-separated
 * @param page rows of one page
 * @param enough how many wanted rows end the reading
 * @param display whether texts to show come beside the values
 */
record TableQuery(
    String table, String query, String fields, int page, int enough, boolean display) {

  /** Everything that the query finds. */
  static TableQuery all(String table, String query, String fields) {
    return new TableQuery(table, query, fields, 200, Integer.MAX_VALUE, false);
  }

  /** The row with this value, of which there should be one; two show that there are more. */
  static TableQuery one(String table, String field, String value, String fields) {
    return new TableQuery(table, field + "=" + value(value), field + "," + fields, 2, 2, false);
  }

  TableQuery enough(int rows) {
    return new TableQuery(table, query, fields, page, rows, display);
  }

  TableQuery displayed() {
    return new TableQuery(table, query, fields, page, enough, true);
  }

  URI uri(String instance, int offset) {
    return URI.create(
        instance
            + "/api/now/table/"
            + table
            + "?sysparm_query="
            + encode(query)
            + "&sysparm_fields="
            + encode(fields)
            + "&sysparm_exclude_reference_link=true"
            + (display ? "&sysparm_display_value=all" : "")
            + "&sysparm_limit="
            + page
            + "&sysparm_offset="
            + offset);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A value for a query: {@code ^} would begin another condition. */
  static String value(String text) {
    return text.replace("^", "^^");
  }
}
