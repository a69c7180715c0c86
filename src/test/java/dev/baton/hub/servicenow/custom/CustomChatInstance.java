package dev.baton.hub.servicenow.custom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A ServiceNow instance as far as the Custom Chat Integration needs one: the shipped scripts run
 * behind a real HTTP server, with the framework's queue before them and Virtual Agent and Agent
 * Chat behind. Requests are worked off one after the other; messages go out one after the other, as
 * with "Maintain message ordering".
 */
final class CustomChatInstance extends Platform implements AutoCloseable {
  static final String ROOT = "/api/baton/baton_custom_chat/v1";
  private static final ObjectMapper JSON = new ObjectMapper();

  final Scripts scripts = new Scripts(this);
  final Faults faults = new Faults();

  /**
   * Texts of messages that the sender could not deliver: rows of sys_cs_ca_message with "Error".
   */
  final List<String> undelivered = new CopyOnWriteArrayList<>();

  /** Every body that went to Baton. */
  final List<String> sent = new CopyOnWriteArrayList<>();

  /** Requests as they were queued. */
  final List<JsonNode> queued = new CopyOnWriteArrayList<>();

  volatile String outboundToken = "outbound-token";

  /** Called when a conversation was started, before the request is answered. */
  volatile Consumer<CustomChat> started = chat -> {};

  private final Map<String, CustomChat> chats = new ConcurrentHashMap<>();
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private final ExecutorService sender = Executors.newSingleThreadExecutor();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** What goes wrong. */
  static final class Faults {
    volatile boolean down;
    volatile int throttle;
    volatile int loseAnswers;
    volatile int repeats = 1;

    void none() {
      down = false;
      throttle = 0;
      loseAnswers = 0;
      repeats = 1;
    }
  }

  CustomChatInstance() {
    properties.put("baton.chat.allow_http", "true");
    token = "inbound-token";
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(ROOT, this::serve);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Collection<CustomChat> chats() {
    return chats.values();
  }

  /** The one conversation there is, or has been, for a user of the framework. */
  CustomChat chat(String user) {
    return chats.get(user);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (faults.down) {
        return;
      }
      boolean message = exchange.getRequestMethod().equals("POST") && !body.contains("\"action\"");
      if (message && faults.throttle > 0) {
        faults.throttle--;
        exchange.getResponseHeaders().add("Retry-After", "1");
        answer(
            exchange,
            429,
            "{\"error\":{\"message\":\"Rate limit"
                + " exceeded\",\"detail\":\"\"},\"status\":\"failure\"}");
        return;
      }
      Map<String, String> headers = new LinkedHashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      String path = exchange.getRequestURI().getPath().substring(ROOT.length() + 1);
      String script =
          "rest/"
              + path
              + "."
              + exchange.getRequestMethod().toLowerCase(java.util.Locale.ROOT)
              + ".js";
      if (!List.of("rest/messages.post.js", "rest/health.get.js", "rest/availability.get.js")
          .contains(script)) {
        answer(
            exchange,
            404,
            "{\"error\":{\"message\":\"Requested URI does not represent any"
                + " resource\"},\"status\":\"failure\"}");
        return;
      }
      Map<String, String> query = new LinkedHashMap<>();
      String given = exchange.getRequestURI().getQuery();
      for (String pair : given == null ? new String[0] : given.split("&")) {
        query.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
      }
      RestCall call = new RestCall(headers, query, body).run(scripts, script);
      if (body.contains("START_CONVERSATION") && faults.loseAnswers > 0) {
        faults.loseAnswers--;
        return;
      }
      answer(exchange, call.status(), call.text());
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public boolean enqueue(String application, String payload, String headers, double time) {
    if (!super.enqueue(application, payload, headers, time)) {
      return false;
    }
    queued.add(read(payload));
    if (payload.contains("START_CONVERSATION")) {
      CustomChat chat = chatOf(payload, headers);
      chat.request(payload);
      started.accept(chat);
    }
    worker.execute(() -> work(payload, headers));
    return true;
  }

  private CustomChat chatOf(String payload, String headers) {
    String user = attributes(payload, headers).path("provider_user_id").asText();
    return chats.computeIfAbsent(user, id -> new CustomChat(this, id));
  }

  private JsonNode attributes(String payload, String headers) {
    return read(
        scripts.action(
            "actions/provider-attributes.js", Map.of("headers", headers, "payload", payload)));
  }

  private void work(String payload, String headers) {
    JsonNode context = attributes(payload, headers).path("request_context");
    CustomChat chat = chatOf(payload, headers);
    chat.request(payload);
    if (context.has("contextual_action")) {
      chat.context(context);
      scripts.action(
          "actions/contextual-actions.js",
          Map.of("conversation_id", quoted(chat.user()), "request_context", context.toString()));
    } else {
      chat.said(context);
    }
  }

  @Override
  public void did(String action, String conversation) {
    super.did(action, conversation);
    chats.get(conversation).did(action);
  }

  /** Runs the outbound transformer for each control and the sender with what comes out. */
  void emit(CustomChat chat, String... controls) {
    List<String> messages = new ArrayList<>();
    for (String control : controls) {
      JsonNode outputs =
          read(
              scripts.action(
                  "actions/outbound-transformer.js",
                  Map.of("rich_control", control, "payload", chat.lastRequest())));
      messages.add(outputs.path("result").asText());
    }
    int times = faults.repeats;
    sender.execute(() -> deliver(chat, messages, times));
  }

  private void deliver(CustomChat chat, List<String> messages, int times) {
    String user = chat.user();
    try {
      // Several Batons are tested with one instance: each says where it listens.
      properties.put("baton.chat.callback_url", chat.callbackUrl());
      Map<String, String> inputs =
          Map.of(
              "app_inbound_id", "\"baton\"",
              "channel_user_id", quoted(user),
              "messages", quoted(JSON.writeValueAsString(messages)),
              "outbound_token", quoted(outboundToken));
      for (int i = 0; i < times; i++) {
        scripts.action("subflow/send-to-baton.js", inputs);
      }
    } catch (JsonProcessingException | RuntimeException e) {
      undelivered.add(e.getMessage());
    }
  }

  @Override
  public int http(String method, String url, String headers, String body, double timeout)
      throws IOException, InterruptedException {
    sent.add(body);
    return super.http(method, url, headers, body, timeout);
  }

  /** As it was at the start, but for its conversations. */
  void healthy() {
    faults.none();
    queueWorks = true;
    token = "inbound-token";
    hashSecret = null;
    outboundToken = "outbound-token";
    started = chat -> {};
    tables.remove("awa_agent_presence_capacity");
    properties.remove("baton.chat.user_key");
    queued.clear();
    sent.clear();
    undelivered.clear();
  }

  /** Waits until all that was emitted so far has been delivered, or given up. */
  void settle() {
    try {
      sender.submit(() -> {}).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    worker.shutdownNow();
    sender.shutdownNow();
    threads.shutdownNow();
  }
}
