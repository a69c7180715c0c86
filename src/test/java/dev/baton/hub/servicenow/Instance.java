package dev.baton.hub.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A ServiceNow instance as these tests need it: it answers as it is told and remembers all calls.
 */
final class Instance implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One call. */
  record Call(String method, String path, String query, Map<String, String> headers, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String action() {
      return json().path("action").asText("");
    }

    String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  /** An answer. */
  record Answer(int status, String type, String body, Map<String, String> headers) {
    static Answer json(int status, String body) {
      return new Answer(status, "application/json", body, Map.of());
    }

    Answer with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Answer(status, type, body, more);
    }
  }

  static final Answer SUCCESS = Answer.json(200, "{\"status\":\"success\"}");

  final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<Answer>> once = new ConcurrentHashMap<>();
  private final Map<String, Answer> always = new ConcurrentHashMap<>();
  private final HttpServer server;
  volatile Consumer<Call> before = call -> {};

  Instance() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::handle);
      server.setExecutor(Executors.newCachedThreadPool());
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next answer on this path. */
  void next(String path, Answer answer) {
    once.computeIfAbsent(path, p -> new ArrayDeque<>()).add(answer);
  }

  void answer(String path, Answer answer) {
    always.put(path, answer);
  }

  /** Rows that a table has from now on. */
  void table(String table, Map<?, ?>... rows) {
    try {
      answer(
          "/api/now/table/" + table,
          Answer.json(200, JSON.writeValueAsString(Map.of("result", rows)))
              .with("X-Total-Count", Integer.toString(rows.length)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  void healthy() {
    once.clear();
    always.clear();
    calls.clear();
    before = call -> {};
  }

  /** Requests to the Virtual Agent API. */
  List<Call> requests() {
    return calls.stream().filter(call -> call.path().equals(ServiceNowConfig.PATH)).toList();
  }

  List<Call> requests(String action) {
    return requests().stream().filter(call -> call.action().equals(action)).toList();
  }

  List<Call> to(String path) {
    return calls.stream().filter(call -> call.path().equals(path)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getRawQuery();
    Call call =
        new Call(
            exchange.getRequestMethod(),
            path,
            query == null ? "" : URLDecoder.decode(query, StandardCharsets.UTF_8),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    calls.add(call);
    before.accept(call);
    Deque<Answer> queued = once.getOrDefault(path, new ArrayDeque<>());
    Answer next = queued.poll();
    Answer answer = next == null ? always.getOrDefault(path, usual(path)) : next;
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Answer usual(String path) {
    if (path.equals(ServiceNowConfig.PATH)) {
      return SUCCESS;
    }
    return path.startsWith("/api/now/table/")
        ? Answer.json(200, "{\"result\":[]}").with("X-Total-Count", "0")
        : Answer.json(404, "{\"error\":{\"message\":\"Not found\"},\"status\":\"failure\"}");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
