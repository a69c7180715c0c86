package dev.baton.simulator.servicenow;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The instance's records, and the means to break them. They are the truth: routing, authentication
 * and callbacks read them whenever they need them. All values are texts, as in the Table API. Safe
 * for use by several threads.
 */
public final class Tables {
  /** A view has no records of its own. */
  static final String AGENT_VIEW = "awa_agent_presence_capacity";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Map<String, TableDefinition> definitions = new TreeMap<>();
  private final Map<String, Map<String, Map<String, String>>> records = new HashMap<>();
  private final Set<String> denied = new TreeSet<>();
  private final Map<String, Integer> hidden = new HashMap<>();

  Tables() {}

  synchronized void define(TableDefinition table) {
    definitions.put(table.name(), table);
    records.put(table.name(), new LinkedHashMap<>());
  }

  synchronized TableDefinition definition(String table) {
    TableDefinition definition = definitions.get(table);
    if (definition == null) {
      throw new SimulatorException(
          "BTN-4755",
          "The simulated instance has no table '%s'; there are: %s"
              .formatted(table, String.join(", ", definitions.keySet())));
    }
    return definition;
  }

  synchronized boolean exists(String table) {
    return definitions.containsKey(table);
  }

  synchronized Collection<String> names() {
    return List.copyOf(definitions.keySet());
  }

  /** Adds a record and returns its {@code sys_id}, which is made up unless given. */
  public synchronized String insert(String table, Map<String, String> values) {
    TableDefinition definition = definition(table);
    if (definition.view()) {
      throw new SimulatorException("BTN-4755", table + " is a view and cannot be written");
    }
    Map<String, String> row = new LinkedHashMap<>();
    definition.columns().keySet().forEach(column -> row.put(column, ""));
    String now = now();
    row.put("sys_created_on", now);
    row.put("sys_updated_on", now);
    row.put("sys_created_by", "system");
    row.putAll(values);
    String sysId = row.computeIfAbsent("sys_id", key -> newId());
    records.get(table).put(sysId, row);
    return sysId;
  }

  /** Sets a column of every record that an encoded query finds; returns how many there were. */
  public synchronized int set(String table, String query, String column, String value) {
    check(table, column);
    List<Map<String, String>> found = find(table, query);
    found.forEach(row -> put(table, row.get("sys_id"), column, value));
    return found.size();
  }

  /** Sets a column of one record. */
  public synchronized void put(String table, String sysId, String column, String value) {
    check(table, column);
    Map<String, String> row = records.get(table).get(sysId);
    if (row == null) {
      throw new NoSuchElementException(table + " has no record " + sysId);
    }
    row.put(column, value);
    row.put("sys_updated_on", now());
  }

  private void check(String table, String column) {
    if (!definition(table).has(column)) {
      throw new SimulatorException(
          "BTN-4755",
          "Table %s has no column '%s'; there are: %s"
              .formatted(table, column, definition(table).columns().keySet()));
    }
  }

  /** Deletes every record that an encoded query finds; an empty query finds all. */
  public synchronized int delete(String table, String query) {
    List<Map<String, String>> found = find(table, query);
    found.forEach(row -> records.get(table).remove(row.get("sys_id")));
    return found.size();
  }

  /** Copies of the records that an encoded query finds, in its order. */
  public synchronized List<Map<String, String>> find(String table, String query) {
    EncodedQuery parsed = EncodedQuery.parse(query, column -> known(table, column));
    if (parsed.invalid()) {
      throw new SimulatorException("BTN-4755", "Not a query on " + table + ": " + query);
    }
    return find(table, parsed);
  }

  synchronized List<Map<String, String>> find(String table, EncodedQuery query) {
    List<Map<String, String>> found = new ArrayList<>();
    for (Map<String, String> row : rows(table)) {
      if (query.matches(column -> value(table, row, column))) {
        found.add(new LinkedHashMap<>(row));
      }
    }
    found.sort(query.order((row, column) -> value(table, row, column)));
    return found;
  }

  /** The first record that an encoded query finds. */
  public synchronized Optional<Map<String, String>> first(String table, String query) {
    return find(table, query).stream().findFirst();
  }

  public synchronized Optional<Map<String, String>> get(String table, String sysId) {
    Map<String, String> row = records.get(definition(table).name()).get(sysId);
    return Optional.ofNullable(row).map(LinkedHashMap::new);
  }

  /** A value by a path such as {@code queue.name}; empty where something on the way is missing. */
  synchronized String value(String table, Map<String, String> row, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return row.getOrDefault(path, "");
    }
    String column = path.substring(0, dot);
    String target = definition(table).reference(column);
    Map<String, String> next =
        target == null ? null : records.get(target).get(row.getOrDefault(column, ""));
    return next == null ? "" : value(target, next, path.substring(dot + 1));
  }

  /** Whether a path leads to a column, through references if dotted. */
  synchronized boolean known(String table, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return definition(table).has(path);
    }
    String target = definition(table).reference(path.substring(0, dot));
    return target != null && known(target, path.substring(dot + 1));
  }

  /** What others show for a record. */
  synchronized String displayOf(String table, String sysId) {
    Map<String, String> row = records.get(table).get(sysId);
    if (row == null) {
      return "";
    }
    TableDefinition definition = definition(table);
    String shown = row.getOrDefault(definition.display(), "");
    String target = definition.reference(definition.display());
    return target == null ? shown : displayOf(target, shown);
  }

  /** {@code sys_id} of the record that shows this; a sys_id is taken as it is. */
  public synchronized String idOf(String table, String display) {
    if (records.get(definition(table).name()).containsKey(display)) {
      return display;
    }
    return records.get(table).keySet().stream()
        .filter(id -> displayOf(table, id).equals(display))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("No '" + display + "' in " + table));
  }

  /** From now on a table answers 403, and so do views over it. */
  public synchronized void deny(String table) {
    denied.add(definition(table).name());
  }

  public synchronized void allow(String table) {
    denied.remove(table);
  }

  /** An access rule hides this many of a table's first rows: they count, but do not arrive. */
  public synchronized void hideFirst(String table, int rows) {
    hidden.put(definition(table).name(), rows);
  }

  synchronized boolean denied(String table) {
    return denied.contains(table)
        || (table.equals(AGENT_VIEW)
            && (denied.contains("awa_agent_presence") || denied.contains("awa_agent_capacity")));
  }

  synchronized int hiddenRows(String table) {
    return hidden.getOrDefault(table, 0);
  }

  synchronized void clear() {
    records.values().forEach(Map::clear);
    denied.clear();
    hidden.clear();
  }

  private Collection<Map<String, String>> rows(String table) {
    return definition(table).name().equals(AGENT_VIEW) ? agents() : records.get(table).values();
  }

  private List<Map<String, String>> agents() {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Map<String, String> capacity : records.get("awa_agent_capacity").values()) {
      String user = capacity.get("user");
      String channel = capacity.get("channel");
      Map<String, String> presence = agentRow("awa_agent_presence", "agent=" + user);
      Map<String, String> open =
          agentRow(
              "awa_agent_channel_availability", "agent=" + user + "^service_channel=" + channel);
      if (presence.isEmpty() || open.isEmpty()) {
        continue;
      }
      Map<String, String> row = new LinkedHashMap<>();
      row.put("ap_agent", user);
      row.put("ap_current_presence_state", presence.get("current_presence_state"));
      row.put("ac_user", user);
      row.put("ac_channel", channel);
      row.put("ac_workload", capacity.get("workload"));
      row.put("ac_applied_max_capacity", capacity.get("applied_max_capacity"));
      row.put("aca_service_channel", open.get("service_channel"));
      row.put("aca_available", open.get("available"));
      row.put("uc_universal_workload", capacity.get("workload"));
      rows.add(row);
    }
    return rows;
  }

  private Map<String, String> agentRow(String table, String query) {
    return first(table, query).orElse(Map.of());
  }

  static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  static String now() {
    return TIME.format(Instant.now());
  }
}
