package dev.baton.hub.servicenow.doctor;

import java.util.List;
import java.util.Map;

/** Reads tables of an instance; never writes. */
interface TableApi {

  /**
   * @param query ServiceNow's encoded query; parts that the instance does not understand are
   *     ignored by it
   * @param fields columns; those that the table does not have are missing in the rows
   * @param limit most rows
   * @return rows with plain values; references are sys_ids
   */
  List<Map<String, String>> rows(String table, String query, List<String> fields, int limit)
      throws TableProblem;
}
