package dev.baton.hub.servicenow.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.servicenow.InstanceAccess;
import dev.baton.hub.servicenow.doctor.TableProblem.Kind;
import dev.baton.operations.doctor.HttpAsk;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The Table API of an instance, {@code GET /api/now/table/{table}}. Pages by count, not by rows.
 */
final class RestTableApi implements TableApi {
  private static final int PAGE = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InstanceAccess instance;

  RestTableApi(InstanceAccess instance) {
    this.instance = instance;
  }

  @Override
  public List<Map<String, String>> rows(String table, String query, List<String> fields, int limit)
      throws TableProblem {
    List<Map<String, String>> rows = new ArrayList<>();
    int total = Integer.MAX_VALUE;
    for (int offset = 0; offset < Math.min(total, limit); offset += PAGE) {
      int page = Math.min(PAGE, limit - offset);
      HttpResponse<byte[]> answer = page(table, query, fields, page, offset);
      List<Map<String, String>> found = parsed(table, answer);
      rows.addAll(found);
      // A page may be short because access rules hide rows: only the count says whether there is
      // more.
      total =
          answer
              .headers()
              .firstValue("X-Total-Count")
              .filter(count -> count.matches("\\d{1,9}"))
              .map(Integer::parseInt)
              .orElse(found.size() < page ? 0 : total);
    }
    return rows;
  }

  private HttpResponse<byte[]> page(
      String table, String query, List<String> fields, int limit, int offset) throws TableProblem {
    URI uri =
        URI.create(
            instance.url()
                + "/api/now/table/"
                + table
                + "?sysparm_query="
                + encoded(query)
                + "&sysparm_fields="
                + encoded(String.join(",", fields))
                + "&sysparm_limit="
                + limit
                + "&sysparm_offset="
                + offset
                + "&sysparm_exclude_reference_link=true");
    try {
      return instance.get(uri);
    } catch (InstanceAccess.NoTokenException e) {
      throw new TableProblem(Kind.NO_TOKEN, e.reason());
    } catch (IOException e) {
      throw new TableProblem(Kind.UNREACHABLE, HttpAsk.why(URI.create(instance.url())));
    }
  }

  private static List<Map<String, String>> parsed(String table, HttpResponse<byte[]> answer)
      throws TableProblem {
    int status = answer.statusCode();
    JsonNode body;
    try {
      body = JSON.readTree(answer.body());
    } catch (IOException e) {
      body = JSON.missingNode();
    }
    if (status == 200 && body.path("result").isArray()) {
      List<Map<String, String>> rows = new ArrayList<>();
      body.path("result").forEach(row -> rows.add(row(row)));
      return rows;
    }
    String message = body.path("error").path("message").asText("");
    if (status == 404 && message.toLowerCase(Locale.ROOT).contains("no record")) {
      return List.of();
    }
    throw problem(table, answer, message, body.isObject());
  }

  private static TableProblem problem(
      String table, HttpResponse<byte[]> answer, String message, boolean json) {
    int status = answer.statusCode();
    boolean wrongTable =
        status == 404 || (status == 400 && message.toLowerCase(Locale.ROOT).contains("table"));
    if (status == 401) {
      boolean second =
          answer
              .headers()
              .firstValue("X-MFA_TOKEN")
              .filter("invalid"::equalsIgnoreCase)
              .isPresent();
      return new TableProblem(second ? Kind.SECOND_FACTOR : Kind.UNAUTHORIZED, "HTTP 401");
    }
    if (status == 429) {
      return new TableProblem(Kind.LIMITED, limited(answer));
    }
    if (!json) {
      return new TableProblem(Kind.NOT_JSON, "HTTP " + status + " without JSON");
    }
    if (status == 403) {
      return new TableProblem(Kind.FORBIDDEN, "HTTP 403");
    }
    return wrongTable
        ? new TableProblem(Kind.NO_TABLE, "there is no table " + table + " here")
        : new TableProblem(Kind.FAILED, "HTTP " + status + " " + Masking.mask(message));
  }

  /** Rule and time of reset stand in the headers. */
  private static String limited(HttpResponse<byte[]> answer) {
    StringBuilder text = new StringBuilder("HTTP 429");
    answer
        .headers()
        .firstValue("X-RateLimit-Rule")
        .ifPresent(rule -> text.append(", rule ").append(Masking.mask(rule)));
    answer
        .headers()
        .firstValue("X-RateLimit-Reset")
        .filter(reset -> reset.matches("\\d{1,11}"))
        .ifPresent(
            reset ->
                text.append(", reset at ").append(Instant.ofEpochSecond(Long.parseLong(reset))));
    return text.toString();
  }

  private static Map<String, String> row(JsonNode row) {
    Map<String, String> values = new LinkedHashMap<>();
    row.properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              // Some releases answer with an object for references all the same.
              values.put(
                  field.getKey(), value.isObject() ? value.path("value").asText() : value.asText());
            });
    return values;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
