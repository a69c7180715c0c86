package dev.baton.hub.servicenow.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.servicenow.doctor.TableProblem.Kind;
import dev.baton.operations.doctor.HttpAsk;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
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

  private final HttpAsk http;
  private final URI url;
  private final InstanceLogin login;

  /**
   * @param url root of the instance, without a slash at the end
   */
  RestTableApi(HttpAsk http, URI url, InstanceLogin login) {
    this.http = http;
    this.url = url;
    this.login = login;
  }

  @Override
  public List<Map<String, String>> rows(String table, String query, List<String> fields, int limit)
      throws TableProblem {
    List<Map<String, String>> rows = new ArrayList<>();
    int total = Integer.MAX_VALUE;
    for (int offset = 0; offset < Math.min(total, limit); offset += PAGE) {
      int page = Math.min(PAGE, limit - offset);
      HttpResponse<String> answer = page(table, query, fields, page, offset);
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

  private HttpResponse<String> page(
      String table, String query, List<String> fields, int limit, int offset) throws TableProblem {
    URI uri =
        URI.create(
            url
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
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("Accept", "application/json").GET();
    String authorization = login.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      return http.ask(request);
    } catch (IOException e) {
      throw new TableProblem(Kind.UNREACHABLE, HttpAsk.why(url));
    }
  }

  private static List<Map<String, String>> parsed(String table, HttpResponse<String> answer)
      throws TableProblem {
    int status = answer.statusCode();
    JsonNode body;
    try {
      body = JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
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
      String table, HttpResponse<String> answer, String message, boolean json) {
    int status = answer.statusCode();
    boolean wrongTable =
        status == 404 || status == 400 && message.toLowerCase(Locale.ROOT).contains("table");
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
  private static String limited(HttpResponse<String> answer) {
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
