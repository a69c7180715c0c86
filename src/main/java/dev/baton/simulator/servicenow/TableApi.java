package dev.baton.simulator.servicenow;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Table API: {@code /api/now/table}, {@code /api/now/v1/table} and {@code /api/now/v2/table}.
 * Version 1 answers 404 where nothing is found.
 */
final class TableApi {
  private static final int DEFAULT_LIMIT = 10_000;

  private final Tables tables;
  private final Faults faults;

  TableApi(Tables tables, Faults faults) {
    this.tables = tables;
    this.faults = faults;
  }

  void mount(Router router) {
    for (String version : List.of("", "v1/", "v2/")) {
      String path = "/api/now/" + version + "table/:table";
      boolean emptyIsMissing = version.equals("v1/");
      router.get(path).handler(context -> list(context, emptyIsMissing));
      router.post(path).handler(this::create);
      router.get(path + "/:sysId").handler(this::one);
      router.patch(path + "/:sysId").handler(this::change);
      router.put(path + "/:sysId").handler(this::change);
      router.delete(path + "/:sysId").handler(this::delete);
    }
  }

  private void list(RoutingContext context, boolean emptyIsMissing) {
    String table = table(context);
    if (table == null) {
      return;
    }
    HttpServerRequest request = context.request();
    EncodedQuery query = query(table, context);
    boolean nothing =
        query.invalid() && property("glide.invalid_query.returns_no_rows").equals("true");
    List<Map<String, String>> found = nothing ? List.of() : tables.find(table, query);
    int limit = number(request, "sysparm_limit", DEFAULT_LIMIT);
    int offset = number(request, "sysparm_offset", 0);
    if (!"true".equals(request.getParam("sysparm_no_count"))) {
      context.response().putHeader("X-Total-Count", String.valueOf(found.size()));
      context.response().putHeader("Link", links(context, limit, offset, found.size()));
    }
    // The limit counts rows that access rules then hide, so a page can be short.
    JsonArray page = new JsonArray();
    int last = (int) Math.min((long) offset + limit, found.size());
    boolean isShort = faults.strikes(FaultKind.PAGE_SHORT, "table", null).isPresent();
    int hidden = Math.max(tables.hiddenRows(table), isShort ? offset + 1 : 0);
    for (int i = offset; i < last; i++) {
      if (i >= hidden) {
        page.add(json(table, found.get(i), request));
      }
    }
    if (page.isEmpty() && emptyIsMissing) {
      Answers.error(context, 404, "No Record found", "Records matching query not found");
      return;
    }
    Answers.json(context, 200, new JsonObject().put("result", page));
  }

  private EncodedQuery query(String table, RoutingContext context) {
    String text = context.request().getParam("sysparm_query");
    StringBuilder all = new StringBuilder(text == null ? "" : text);
    // Columns may also stand as parameters of their own.
    context
        .queryParams()
        .forEach(
            parameter -> {
              if (!parameter.getKey().startsWith("sysparm_")) {
                all.append('^').append(parameter.getKey()).append('=').append(parameter.getValue());
              }
            });
    return EncodedQuery.parse(all.toString(), column -> tables.known(table, column));
  }

  private void one(RoutingContext context) {
    record(context)
        .ifPresent(
            row ->
                Answers.json(
                    context,
                    200,
                    new JsonObject()
                        .put("result", json(context.pathParam("table"), row, context.request()))));
  }

  private void create(RoutingContext context) {
    String table = writable(context);
    if (table != null) {
      String sysId = tables.insert(table, fields(table, context));
      context.response().putHeader("Location", context.request().absoluteURI() + "/" + sysId);
      Answers.json(
          context,
          201,
          new JsonObject()
              .put("result", json(table, tables.get(table, sysId).get(), context.request())));
    }
  }

  private void change(RoutingContext context) {
    String table = writable(context);
    Optional<Map<String, String>> row = table == null ? Optional.empty() : record(context);
    row.ifPresent(
        there -> {
          String sysId = there.get("sys_id");
          fields(table, context)
              .forEach((column, value) -> tables.put(table, sysId, column, value));
          one(context);
        });
  }

  private void delete(RoutingContext context) {
    String table = writable(context);
    Optional<Map<String, String>> row = table == null ? Optional.empty() : record(context);
    row.ifPresent(
        there -> {
          tables.delete(table, "sys_id=" + there.get("sys_id"));
          context.response().setStatusCode(204).end();
        });
  }

  private String writable(RoutingContext context) {
    String table = table(context);
    if (table != null && tables.definition(table).view()) {
      Answers.error(context, 403, "Operation Failed", "Database views are read-only");
      return null;
    }
    return table;
  }

  /** Columns that the table lacks are left out without a word, as in the real one. */
  private Map<String, String> fields(String table, RoutingContext context) {
    Map<String, String> fields = new LinkedHashMap<>();
    JsonObject body = context.body().asJsonObject();
    if (body != null) {
      body.forEach(
          field -> {
            if (tables.definition(table).has(field.getKey())) {
              fields.put(field.getKey(), String.valueOf(field.getValue()));
            }
          });
    }
    return fields;
  }

  private String table(RoutingContext context) {
    String table = context.pathParam("table");
    if (!tables.exists(table)) {
      Answers.error(context, 404, "Invalid table " + table, null);
      return null;
    }
    if (tables.denied(table)) {
      Answers.error(
          context, 403, "User Not Authorized", "Failed API level ACL Validation on table " + table);
      return null;
    }
    return table;
  }

  private Optional<Map<String, String>> record(RoutingContext context) {
    String table = table(context);
    if (table == null) {
      return Optional.empty();
    }
    Optional<Map<String, String>> row = tables.get(table, context.pathParam("sysId"));
    if (row.isEmpty()) {
      Answers.error(
          context,
          404,
          "No Record found",
          "Record doesn't exist or ACL restricts the record retrieval");
    }
    return row;
  }

  private String property(String name) {
    return tables.first("sys_properties", "name=" + name).map(row -> row.get("value")).orElse("");
  }

  private JsonObject json(String table, Map<String, String> row, HttpServerRequest request) {
    String wanted = request.getParam("sysparm_fields");
    List<String> columns = new ArrayList<>();
    if (wanted == null || wanted.isBlank()) {
      columns.addAll(row.keySet());
    } else {
      Arrays.stream(wanted.split(",", -1))
          .map(String::strip)
          .filter(column -> tables.known(table, column))
          .forEach(columns::add);
    }
    JsonObject json = new JsonObject();
    columns.forEach(column -> json.put(column, value(table, row, column, request)));
    return json;
  }

  private Object value(
      String table, Map<String, String> row, String path, HttpServerRequest request) {
    String owner = table;
    String column = path;
    while (column.indexOf('.') >= 0) {
      owner = tables.definition(owner).reference(column.substring(0, column.indexOf('.')));
      column = column.substring(column.indexOf('.') + 1);
    }
    String value = tables.value(table, row, path);
    if (tables.definition(owner).secret(column)) {
      // A password column gives its encrypted form, which says no more than whether it is set.
      return value.isEmpty() ? "" : "********";
    }
    String target = tables.definition(owner).reference(column);
    boolean list = value.contains(",");
    String display = target == null ? Labels.of(column, value) : displays(target, value);
    String mode = request.getParam("sysparm_display_value");
    boolean bare = "true".equals(request.getParam("sysparm_exclude_reference_link"));
    boolean reference = target != null && !value.isEmpty() && !list;
    String link = Answers.root(request) + "/api/now/table/" + target + "/" + value;
    if ("all".equals(mode)) {
      JsonObject both = new JsonObject().put("display_value", display).put("value", value);
      return reference && !bare ? both.put("link", link) : both;
    }
    if ("true".equals(mode)) {
      return reference && !bare
          ? new JsonObject().put("display_value", display).put("link", link)
          : display;
    }
    return reference && !bare ? new JsonObject().put("link", link).put("value", value) : value;
  }

  private String displays(String target, String value) {
    return String.join(
        ",", Arrays.stream(value.split(",", -1)).map(id -> tables.displayOf(target, id)).toList());
  }

  private static String links(RoutingContext context, int limit, int offset, int total) {
    List<String> links = new ArrayList<>();
    links.add(link(context, limit, 0, "first"));
    if (offset > 0) {
      links.add(link(context, limit, Math.max(0, offset - limit), "prev"));
    }
    if ((long) offset + limit < total) {
      links.add(link(context, limit, offset + limit, "next"));
    }
    int last = total == 0 || limit == 0 ? 0 : (total - 1) / limit * limit;
    links.add(link(context, limit, last, "last"));
    return String.join(",", links);
  }

  private static String link(RoutingContext context, int limit, int offset, String rel) {
    StringBuilder query = new StringBuilder();
    context
        .queryParams()
        .forEach(
            parameter -> {
              String name = parameter.getKey();
              if (!name.equals("sysparm_limit") && !name.equals("sysparm_offset")) {
                query
                    .append(name)
                    .append('=')
                    .append(Answers.encode(parameter.getValue()))
                    .append('&');
              }
            });
    return "<%s%s?%ssysparm_limit=%d&sysparm_offset=%d>;rel=\"%s\""
        .formatted(
            Answers.root(context.request()), context.request().path(), query, limit, offset, rel);
  }

  private static int number(HttpServerRequest request, String name, int otherwise) {
    try {
      String text = request.getParam(name);
      return text == null ? otherwise : Math.max(0, Integer.parseInt(text.strip()));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
