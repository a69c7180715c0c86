package dev.baton.simulator.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the records that the instance starts with. */
final class InstanceData {
  private static final String FILE = "/simulator/servicenow/instance.yaml";

  private InstanceData() {}

  /**
   * Empties the tables and fills them with what a well set up instance holds.
   *
   * @param values for the file's {@code ${…}}
   */
  static void load(Tables tables, Map<String, String> values) {
    JsonNode root;
    try (InputStream in = InstanceData.class.getResourceAsStream(FILE)) {
      root =
          new ObjectMapper()
              .valueToTree(
                  new Load(LoadSettings.builder().setLabel(FILE).build()).loadFromInputStream(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonNode all = root.path("tables");
    all.properties().forEach(table -> tables.define(definition(table.getKey(), table.getValue())));
    tables.clear();
    all.properties()
        .forEach(
            table ->
                table
                    .getValue()
                    .path("records")
                    .forEach(row -> insert(tables, all, table.getKey(), row, values)));
  }

  private static TableDefinition definition(String name, JsonNode table) {
    Map<String, String> columns = new LinkedHashMap<>();
    table
        .path("columns")
        .properties()
        .forEach(
            column ->
                columns.put(
                    column.getKey(), column.getValue().isNull() ? "" : column.getValue().asText()));
    return new TableDefinition(
        name, table.path("display").asText("name"), columns, table.path("view").asBoolean());
  }

  private static void insert(
      Tables tables, JsonNode all, String table, JsonNode record, Map<String, String> values) {
    TableDefinition definition = tables.definition(table);
    Map<String, String> row = new LinkedHashMap<>();
    record
        .properties()
        .forEach(
            field -> {
              String value = fill(field.getValue().asText(), values);
              String targets = definition.columns().getOrDefault(field.getKey(), "");
              boolean reference = definition.reference(field.getKey()) != null;
              row.put(field.getKey(), reference ? references(all, targets, value, values) : value);
            });
    row.computeIfAbsent("sys_id", key -> id(table, key(definition, record, values)));
    tables.insert(table, row);
  }

  /** What tells a record from the others of its table, the same at every start. */
  private static String key(
      TableDefinition definition, JsonNode record, Map<String, String> values) {
    String display = fill(record.path(definition.display()).asText(), values);
    return definition.reference(definition.display()) == null
        ? display
        : fill(record.toString(), values);
  }

  private static String references(
      JsonNode all, String targets, String value, Map<String, String> values) {
    return value.isEmpty()
        ? ""
        : Arrays.stream(value.split(",", -1))
            .map(display -> reference(all, targets, display.strip(), values))
            .collect(Collectors.joining(","));
  }

  private static String reference(
      JsonNode all, String targets, String display, Map<String, String> values) {
    for (String target : targets.split("\\|", -1)) {
      String column = all.path(target).path("display").asText("name");
      for (JsonNode record : all.path(target).path("records")) {
        if (fill(record.path(column).asText(), values).equals(display)) {
          return record.path("sys_id").asText(id(target, display));
        }
      }
    }
    throw new IllegalStateException(FILE + " names '" + display + "', which is not in " + targets);
  }

  private static String id(String table, String key) {
    byte[] name = (table + "/" + key).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString().replace("-", "");
  }

  private static String fill(String text, Map<String, String> values) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("${" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }
}
