package dev.baton.simulator.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A hub that speaks the neutral HTTP binding: takes handoffs, keeps what the customer writes,
 * raises signed callbacks, and fails on demand. For tests, for load, and for people who want to see
 * what a hub of their own gets.
 */
public final class HttpHubSimulator implements AutoCloseable {
  private static final String JSON = "application/json";

  private final Vertx vertx = Vertx.vertx();
  private final String token;
  private final HubFaults faults = new HubFaults();
  private final HubCallbacks callbacks;
  private final Map<String, HubChat> byHandoff = new ConcurrentHashMap<>();
  private final Map<String, HubChat> byId = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Recorded> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger number = new AtomicInteger();
  private volatile Function<HubChat, Future<?>> beforeOpenAnswer = chat -> Future.succeededFuture();
  private volatile Consumer<HubChat> afterMessage = chat -> {};
  private volatile boolean recording = true;
  private HttpServer server;

  /** One request as it came. {@code body} is null when there was none. */
  public record Recorded(
      String method, String path, String query, Map<String, String> headers, String body) {}

  private HttpHubSimulator(String token, String callbackSecret) {
    this.token = token;
    this.callbacks = new HubCallbacks(vertx, callbackSecret);
  }

  /**
   * Starts on loopback.
   *
   * @param port 0 takes a free one
   * @param token bearer token that callers must send, or null for none
   * @param callbackSecret signs the callbacks
   */
  public static HttpHubSimulator start(int port, String token, String callbackSecret) {
    HttpHubSimulator simulator = new HttpHubSimulator(token, callbackSecret);
    simulator.server =
        simulator
            .vertx
            .createHttpServer()
            .requestHandler(simulator::accept)
            .listen(port, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return simulator;
  }

  /** For {@code baton.hubs.<name>.url}. */
  public String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/hub";
  }

  public HubFaults faults() {
    return faults;
  }

  public HubCallbacks callbacks() {
    return callbacks;
  }

  /** Every chat ever opened. */
  public List<HubChat> chats() {
    return List.copyOf(byId.values());
  }

  public Optional<HubChat> chat(String handoffId) {
    return Optional.ofNullable(byHandoff.get(handoffId));
  }

  /** Every request, in order of arrival. */
  public List<Recorded> requests() {
    return List.copyOf(requests);
  }

  /** Load tests switch the record of requests off; it grows for ever. */
  public HttpHubSimulator recording(boolean on) {
    recording = on;
    return this;
  }

  /** What is done after a chat was created and before that is answered. */
  public void beforeOpenAnswer(Function<HubChat, Future<?>> action) {
    beforeOpenAnswer = action;
  }

  /** What is done after a message of the customer was taken. */
  public void afterMessage(Consumer<HubChat> action) {
    afterMessage = action;
  }

  @Override
  public void close() {
    callbacks.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void accept(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              if (recording) {
                requests.add(recorded(request, body.length() == 0 ? null : body.toString()));
              }
              if (faults.isDown()) {
                request.connection().close();
                return;
              }
              long delay = faults.delay().toMillis();
              if (delay > 0) {
                vertx.setTimer(delay, timer -> handle(request, body.toString()));
              } else {
                handle(request, body.toString());
              }
            });
  }

  private static Recorded recorded(HttpServerRequest request, String body) {
    Map<String, String> headers = new ConcurrentHashMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return new Recorded(
        request.method().name(), request.path(), request.query(), Map.copyOf(headers), body);
  }

  private void handle(HttpServerRequest request, String body) {
    if (token != null && !("Bearer " + token).equals(request.getHeader("Authorization"))) {
      new Call(request, false).answer(401, new JsonObject().put("message", "wrong token"));
      return;
    }
    String[] path = request.path().split("/", -1);
    String route = request.method().name() + " " + (path.length > 2 ? path[2] : "");
    try {
      if (route.equals("GET availability") && path.length == 3) {
        scripted(request, "availability", call -> availability(call));
      } else if (route.equals("POST conversations") && path.length == 3) {
        scripted(request, "open", call -> open(call, new JsonObject(body)));
      } else if (route.equals("POST conversations") && path.length == 5) {
        String operation = path[4].equals("typing") ? "typing" : "send";
        scripted(
            request,
            operation,
            call -> inConversation(call, decode(path[3]), operation, new JsonObject(body)));
      } else if (route.equals("DELETE conversations") && path.length == 4) {
        scripted(request, "end", call -> end(call, decode(path[3])));
      } else {
        new Call(request, false).answer(404, new JsonObject().put("message", "no such path"));
      }
    } catch (DecodeException e) {
      new Call(request, false).answer(400, new JsonObject().put("message", "not JSON"));
    }
  }

  private void scripted(HttpServerRequest request, String operation, Consumer<Call> work) {
    HubFaults.Answer scripted = faults.next(operation);
    if (scripted == null || scripted.status() == 0) {
      work.accept(new Call(request, scripted != null));
      return;
    }
    if (scripted.retryAfter() != null) {
      request.response().putHeader("Retry-After", scripted.retryAfter());
    }
    new Call(request, false)
        .answer(scripted.status(), new JsonObject().put("message", "as scripted"));
  }

  private void availability(Call call) {
    String closed = faults.closedReason();
    JsonObject answer = new JsonObject();
    if (closed == null) {
      answer.put("state", "AVAILABLE").put("position", 1).put("waitSeconds", 5);
    } else {
      answer.put("state", "UNAVAILABLE").put("reason", closed);
    }
    call.answer(200, answer);
  }

  private void open(Call call, JsonObject handoff) {
    String closed = faults.closedReason();
    if (closed != null) {
      call.answer(409, new JsonObject().put("state", "UNAVAILABLE").put("reason", closed));
      return;
    }
    JsonArray transcript = handoff.getJsonArray("transcript", new JsonArray());
    if (transcript.size() > faults.transcriptLimit()) {
      call.answer(413, new JsonObject().put("message", "transcript too long"));
      return;
    }
    String key = call.request().getHeader("Idempotency-Key");
    if (key == null || !key.equals(handoff.getString("handoffId"))) {
      call.answer(400, new JsonObject().put("message", "Idempotency-Key is not handoffId"));
      return;
    }
    boolean[] created = new boolean[1];
    HubChat chat =
        byHandoff.computeIfAbsent(
            key,
            k -> {
              created[0] = true;
              return new HubChat("h-" + number.incrementAndGet(), handoff);
            });
    byId.put(chat.id(), chat);
    JsonObject answer =
        new JsonObject().put("conversationId", chat.id()).put("created", created[0]);
    Future<?> before = created[0] ? beforeOpenAnswer.apply(chat) : Future.succeededFuture();
    before.onComplete(done -> call.answer(created[0] ? 201 : 200, answer));
  }

  private void inConversation(Call call, String id, String operation, JsonObject body) {
    HubChat chat = byId.get(id);
    if (chat == null || chat.ended()) {
      call.answer(chat == null ? 404 : 410, new JsonObject().put("message", "gone"));
    } else if (operation.equals("typing")) {
      chat.addTyping();
      call.answer(204, null);
    } else {
      boolean fresh = chat.add(body);
      call.answer(fresh ? 202 : 200, new JsonObject().put("id", "hub-" + body.getString("id")));
      if (fresh) {
        afterMessage.accept(chat);
      }
    }
  }

  private void end(Call call, String id) {
    HubChat chat = byId.get(id);
    if (chat != null) {
      chat.end(call.request().getParam("reason"));
    }
    call.answer(204, null);
  }

  /**
   * One call and its answer.
   *
   * @param lost whether the connection breaks in place of the answer
   */
  private record Call(HttpServerRequest request, boolean lost) {
    void answer(int status, JsonObject body) {
      HttpServerResponse response = request.response().setStatusCode(status);
      if (lost) {
        request.connection().close();
      } else if (body == null) {
        response.end();
      } else {
        response.putHeader("Content-Type", JSON).end(body.toBuffer());
      }
    }
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
