package dev.baton.directline;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * A Direct Line service with a scripted bot, and with every fault that the real one is known for.
 */
final class FakeDirectLine implements AutoCloseable {
  static final String SECRET = "s3cret-of-the-bot";
  private static final String API = "/v3/directline";

  /** One conversation as the service keeps it. */
  static final class Talk {
    final String id;
    final List<Map<String, Object>> activities = new CopyOnWriteArrayList<>();
    volatile ServerWebSocket socket;
    volatile String token;
    volatile boolean started;
    int sentToSocket;

    Talk(String id) {
      this.id = id;
    }
  }

  /** An answer given instead of the regular one, once. */
  record Fault(Predicate<String> when, BiConsumer<HttpServerRequest, Buffer> act) {}

  final Map<String, Talk> talks = new ConcurrentHashMap<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<String> bearers = new CopyOnWriteArrayList<>();
  final List<Map<String, Object>> posted = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  final AtomicInteger socketsOpened = new AtomicInteger();
  final AtomicInteger emptyFrames = new AtomicInteger();

  /** What the bot does with a posted activity. */
  volatile BiConsumer<Talk, Map<String, Object>> bot =
      (talk, activity) -> {
        if ("message".equals(activity.get("type"))) {
          says(talk, "re: " + activity.get("text"));
        }
      };

  volatile boolean offersStream = true;
  volatile boolean silentStream;
  volatile boolean numericWatermark;
  volatile boolean givesWatermark = true;
  volatile boolean replaysWholeHistory;
  volatile boolean answersBeforeEcho;
  volatile boolean refusesExpired;
  volatile int expiresIn = 3600;
  volatile int postStatus = 200;

  /** What happens to a post after it was accepted, in place of the regular answer; once each. */
  final Queue<BiConsumer<HttpServerRequest, String>> afterAccept = new ConcurrentLinkedQueue<>();

  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger tokens = new AtomicInteger();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private volatile Context context;

  FakeDirectLine() throws Exception {
    server = vertx.createHttpServer();
    server.requestHandler(
        request -> {
          context = vertx.getOrCreateContext();
          if (request.path().endsWith("/stream")) {
            stream(request);
          } else {
            request.body().onSuccess(body -> handle(request, body));
          }
        });
    server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** The next request whose "METHOD path" fits is answered so. */
  void next(String request, BiConsumer<HttpServerRequest, Buffer> act) {
    faults.add(new Fault(line -> line.matches(request), act));
  }

  void nextStatus(String request, int status, String code, String... headers) {
    next(
        request,
        (r, body) -> {
          HttpServerResponse response = r.response().setStatusCode(status);
          for (int i = 0; i < headers.length; i += 2) {
            response.putHeader(headers[i], headers[i + 1]);
          }
          response.end(error(code));
        });
  }

  static String error(String code) {
    return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"as told\"}}";
  }

  Talk only() {
    return talks.values().iterator().next();
  }

  long count(String request) {
    return requests.stream().filter(line -> line.matches(request)).count();
  }

  /** Runs on the service's own thread. */
  void act(Runnable task) {
    context.runOnContext(v -> task.run());
  }

  /** On the service's own thread, after what is due there already. */
  void later(Runnable task) {
    vertx.setTimer(5, id -> task.run());
  }

  void says(Talk talk, String text) {
    Map<String, Object> activity = new LinkedHashMap<>();
    activity.put("type", "message");
    activity.put("text", text);
    put(talk, activity);
  }

  /** An activity of the bot with a new id. */
  void put(Talk talk, Map<String, Object> activity) {
    Map<String, Object> full = new LinkedHashMap<>(activity);
    full.putIfAbsent("id", nextId(talk));
    full.putIfAbsent("from", Map.of("id", "bot", "role", "bot"));
    talk.activities.add(full);
    flush(talk);
  }

  private String nextId(Talk talk) {
    return talk.id + "|" + String.format("%07d", ids.getAndIncrement());
  }

  /** A frame as it is. */
  void frame(Talk talk, String text) {
    act(() -> talk.socket.writeTextMessage(text));
  }

  private void flush(Talk talk) {
    ServerWebSocket socket = talk.socket;
    if (socket != null && !silentStream) {
      while (talk.sentToSocket < talk.activities.size()) {
        socket.writeTextMessage(
            set(talk, talk.sentToSocket, talk.sentToSocket + 1, talk.sentToSocket + 1).toString());
        talk.sentToSocket++;
      }
    }
  }

  private Buffer set(Talk talk, int from, int to, int watermark) {
    Map<String, Object> set = new LinkedHashMap<>();
    set.put("activities", talk.activities.subList(from, to));
    if (givesWatermark) {
      set.put("watermark", numericWatermark ? (Object) watermark : Integer.toString(watermark));
    }
    return Json.buffer(set);
  }

  private void stream(HttpServerRequest request) {
    requests.add("STREAM " + request.path());
    Talk talk = talks.get(id(request.path()));
    if (talk == null) {
      request.response().setStatusCode(404).end();
      return;
    }
    String line = "STREAM " + request.path();
    for (Fault fault : faults) {
      if (fault.when().test(line)) {
        faults.remove(fault);
        fault.act().accept(request, Buffer.buffer());
        return;
      }
    }
    String watermark = request.getParam("watermark");
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              socketsOpened.incrementAndGet();
              talk.sentToSocket =
                  replaysWholeHistory || watermark == null || watermark.equals("-")
                      ? 0
                      : number(watermark);
              talk.socket = socket;
              socket.textMessageHandler(
                  text -> {
                    if (text.isEmpty()) {
                      emptyFrames.incrementAndGet();
                    }
                  });
              socket.closeHandler(
                  v -> {
                    if (talk.socket == socket) {
                      talk.socket = null;
                    }
                  });
              flush(talk);
            });
  }

  private void handle(HttpServerRequest request, Buffer body) {
    String line = request.method() + " " + request.path();
    requests.add(line + (request.query() == null ? "" : "?" + request.query()));
    String bearer = request.getHeader("Authorization");
    bearers.add(bearer == null ? "" : bearer);
    for (Fault fault : faults) {
      if (fault.when().test(line)) {
        faults.remove(fault);
        fault.act().accept(request, body);
        return;
      }
    }
    String path = request.path();
    if (refusesExpired && bearer != null && bearer.startsWith("Bearer expired")) {
      request.response().setStatusCode(403).end(error("TokenExpired"));
    } else if (path.equals(API + "/tokens/generate")) {
      Talk talk = talk("talk-" + talks.size() + "-h");
      talk.token = token();
      grant(request, 200, talk, false);
    } else if (path.equals(API + "/tokens/refresh")) {
      Talk talk = byToken(bearer);
      if (talk == null) {
        request.response().setStatusCode(403).end(error("TokenExpired"));
        return;
      }
      talk.token = token();
      grant(request, 200, talk, false);
    } else if (path.equals(API + "/conversations") && HttpMethod.POST.equals(request.method())) {
      bodies.add(body.toString());
      Talk talk = byToken(bearer);
      if (talk == null) {
        talk = talk("talk-" + talks.size() + "-h");
        talk.token = token();
      }
      int status = talk.started ? 200 : 201;
      talk.started = true;
      grant(request, status, talk, true);
    } else if (path.endsWith("/activities") || path.endsWith("/upload")) {
      Talk talk = talks.get(id(path));
      if (talk == null) {
        request.response().setStatusCode(404).end(error("BadArgument"));
      } else if (HttpMethod.GET.equals(request.method())) {
        read(request, talk);
      } else {
        post(request, talk, body);
      }
    } else {
      Talk talk = talks.get(id(path));
      if (talk == null) {
        request.response().setStatusCode(404).end(error("BadArgument"));
      } else {
        talk.token = token();
        grant(request, 200, talk, true);
      }
    }
  }

  private void read(HttpServerRequest request, Talk talk) {
    String watermark = request.getParam("watermark");
    int from =
        replaysWholeHistory || watermark == null || watermark.isEmpty()
            ? 0
            : Math.min(number(watermark), talk.activities.size());
    request.response().end(set(talk, from, talk.activities.size(), talk.activities.size()));
  }

  private void post(HttpServerRequest request, Talk talk, Buffer body) {
    String type = request.getHeader("Content-Type");
    bodies.add(body.toString());
    Map<String, Object> activity =
        type.startsWith("multipart/") ? carrier(body.toString()) : Json.object(body.toString());
    Map<String, Object> echo = new LinkedHashMap<>(activity);
    String id = nextId(talk);
    echo.put("id", id);
    posted.add(echo);
    if (answersBeforeEcho) {
      bot.accept(talk, echo);
    }
    talk.activities.add(echo);
    flush(talk);
    if (!answersBeforeEcho) {
      bot.accept(talk, echo);
    }
    BiConsumer<HttpServerRequest, String> instead = afterAccept.poll();
    if (instead != null) {
      instead.accept(request, id);
    } else if (postStatus == 200) {
      request.response().end("{\"id\":\"" + id + "\"}");
    } else {
      request.response().setStatusCode(postStatus).end();
    }
  }

  private static Map<String, Object> carrier(String multipart) {
    int start = multipart.indexOf("\r\n\r\n") + 4;
    return Json.object(multipart.substring(start, multipart.indexOf("\r\n--", start)));
  }

  private void grant(HttpServerRequest request, int status, Talk talk, boolean withStream) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("conversationId", talk.id);
    body.put("token", talk.token);
    body.put("expires_in", expiresIn);
    if (withStream && offersStream) {
      String watermark = request.getParam("watermark");
      body.put(
          "streamUrl",
          "ws"
              + url().substring(4)
              + API
              + "/conversations/"
              + talk.id
              + "/stream?watermark="
              + (watermark == null ? "-" : watermark)
              + "&t=preauth-"
              + talk.token);
    }
    request.response().setStatusCode(status).end(Json.buffer(body));
  }

  private Talk talk(String id) {
    return talks.computeIfAbsent(id, Talk::new);
  }

  String token() {
    return (refusesExpired ? "fresh-" : "token-") + tokens.incrementAndGet();
  }

  private Talk byToken(String bearer) {
    return talks.values().stream()
        .filter(talk -> ("Bearer " + talk.token).equals(bearer))
        .findFirst()
        .orElse(null);
  }

  private static int number(String watermark) {
    return Integer.parseInt(watermark);
  }

  private static String id(String path) {
    List<String> parts = new ArrayList<>(List.of(URI.create(path).getRawPath().split("/", -1)));
    int at = parts.indexOf("conversations");
    return at < 0 || at + 1 >= parts.size()
        ? ""
        : URLDecoder.decode(parts.get(at + 1), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
