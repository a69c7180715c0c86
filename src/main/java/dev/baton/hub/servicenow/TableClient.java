package dev.baton.hub.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.hub.http.RetryAfter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads rows by the Table API. ServiceNow ignores the part of a query that it does not understand
 * and then gives too many rows, so each read says again which rows it wants. A page may be short or
 * empty because of access rules although more follow; therefore it is {@code Link} and {@code
 * X-Total-Count} that end the paging, not the number of rows. Source: "Table API".
 */
final class TableClient {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");
  private static final int MAX_PAGES = 50;

  /** What a read gave. {@code rows} is empty unless {@code state} is {@code READ}. */
  record Answer(State state, List<JsonNode> rows, Duration retryAfter, String detail) {
    enum State {
      READ,
      /** Not allowed, or no such table: nothing is known. */
      UNREADABLE,
      /** Too many requests. */
      LIMITED
    }

    boolean isRead() {
      return state == State.READ;
    }

    Optional<JsonNode> first() {
      return rows.stream().findFirst();
    }
  }

  private final InstanceClient client;

  TableClient(InstanceClient client) {
    this.client = client;
  }

  /**
   * Rows of a table.
   *
   * @param wanted whether a row is one that the query asks for
   * @throws IOException when the instance does not answer, or not as its API does
   */
  Answer read(ServiceNowConfig config, TableQuery query, Predicate<JsonNode> wanted)
      throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    int offset = 0;
    URI page = query.uri(config.url(), offset);
    for (int pages = 0;
        page != null && pages < MAX_PAGES && rows.size() < query.enough();
        pages++) {
      HttpResponse<byte[]> answer = client.get(config, page);
      Answer failure = failure(config, query.table(), answer);
      if (failure != null) {
        return failure;
      }
      for (JsonNode row : InstanceClient.json(answer).path("result")) {
        if (wanted.test(row)) {
          rows.add(row);
        }
      }
      offset += query.page();
      page = next(config, answer, query.uri(config.url(), offset), offset);
    }
    return new Answer(Answer.State.READ, List.copyOf(rows), null, null);
  }

  /** Null for an answer with rows, or with none: version 1 of the API says 404 then. */
  private static Answer failure(ServiceNowConfig config, String table, HttpResponse<byte[]> answer)
      throws IOException {
    int status = answer.statusCode();
    String who = "Hub " + config.hub() + ", table " + table + ": ";
    if (status == 429) {
      Duration wait = RetryAfter.parse(answer.headers().firstValue("Retry-After").orElse(null));
      return new Answer(Answer.State.LIMITED, List.of(), wait, who + limits(answer));
    }
    if (InstanceClient.isPage(status, answer.headers().firstValue("Content-Type").orElse(""))) {
      throw new IOException(
          "BTN-2342 " + who + "a page came instead of data; is the instance asleep?");
    }
    JsonNode json = InstanceClient.json(answer);
    if (status == 404
        && json.path("error").path("message").asText("").contains("No Record found")) {
      return new Answer(Answer.State.READ, List.of(), null, null);
    }
    if (status == 400 || status == 403 || status == 404) {
      return new Answer(Answer.State.UNREADABLE, List.of(), null, who + "answered " + status);
    }
    if (status != 200 || !json.has("result")) {
      throw new IOException("BTN-2346 " + who + "answered " + status);
    }
    return null;
  }

  private static String limits(HttpResponse<byte[]> answer) {
    return "rate limit, rule "
        + answer.headers().firstValue("X-RateLimit-Rule").orElse("?")
        + ", reset at "
        + answer.headers().firstValue("X-RateLimit-Reset").orElse("?");
  }

  private static URI next(
      ServiceNowConfig config, HttpResponse<byte[]> answer, URI following, int offset) {
    String links = String.join(",", answer.headers().allValues("Link"));
    Matcher next = NEXT.matcher(links);
    if (next.find()) {
      URI link =
          URI.create(config.url() + "/")
              .resolve(next.group(1).replace(" ", "%20").replace("^", "%5E"));
      // Credentials go to the configured instance only.
      return link.getHost().equalsIgnoreCase(following.getHost()) ? link : following;
    }
    if (!links.isEmpty()) {
      return null;
    }
    long total = answer.headers().firstValueAsLong("X-Total-Count").orElse(0);
    return total > offset ? following : null;
  }

  /** A field's value, whichever of its forms was sent. */
  static String text(JsonNode row, String field) {
    JsonNode node = row.path(field);
    if (node.isObject()) {
      node = node.has("value") ? node.path("value") : node.path("display_value");
    }
    return node.asText("");
  }

  /** What is shown for a field, when it was asked for; else its value. */
  static String shown(JsonNode row, String field) {
    JsonNode node = row.path(field);
    return node.isObject() ? node.path("display_value").asText("") : node.asText("");
  }
}
