package dev.baton.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The physical limit's stand-in: takes the same calls as Baton from the same load maker, appends
 * each to a file before it is acknowledged, and passes it on. It has no states, drops no repeats,
 * tries nothing again and knows nothing after a restart.
 */
public final class BareRelay extends AbstractVerticle {
  private static final Map<String, String> HUB_IDS = new ConcurrentHashMap<>();
  private static final Map<String, ServerWebSocket> SOCKETS = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final int port;
  private final String hub;
  private final String token;
  private final GroupedFile file;
  private HttpClient client;

  private BareRelay(int port, String hub, String token, GroupedFile file) {
    this.port = port;
    this.hub = hub;
    this.token = token;
    this.file = file;
  }

  /** Arguments: port, URL of the hub, its token, file to append to. */
  public static void main(String[] args) throws Exception {
    GroupedFile file = new GroupedFile(Path.of(args[3]));
    Supplier<io.vertx.core.Verticle> relay =
        () -> new BareRelay(Integer.parseInt(args[0]), args[1], args[2], file);
    Vertx.vertx()
        .deployVerticle(
            relay, new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .toCompletionStage()
        .toCompletableFuture()
        .get();
    System.out.println("ready");
  }

  @Override
  public void start(Promise<Void> started) {
    client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(64));
    vertx
        .createHttpServer()
        .webSocketHandler(
            socket -> SOCKETS.put(socket.query().substring("conversation=".length()), socket))
        .requestHandler(request -> request.body().onSuccess(body -> handle(request, body)))
        .listen(port, "127.0.0.1")
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private void handle(HttpServerRequest request, Buffer body) {
    String[] path = request.path().split("/");
    if (path[1].equals("hubs")) {
      fromHub(request, body);
    } else if (path.length == 4) {
      start(request);
    } else if (request.method() == HttpMethod.GET) {
      answer(request, described(path[4]));
    } else {
      fromCustomer(request, path[4], body);
    }
  }

  private Future<Void> durable(Buffer body) {
    return file.append(Promise.promise(), body);
  }

  private void start(HttpServerRequest request) {
    String id = "r" + NUMBER.incrementAndGet();
    JsonObject open =
        new JsonObject()
            .put("handoffId", id)
            .put("callbackUrl", "http://127.0.0.1:" + port + "/hubs/agents/events")
            .put("origin", new JsonObject().put("conversationId", id));
    post("/conversations", open.toBuffer(), id)
        .onSuccess(
            opened -> {
              HUB_IDS.put(id, opened.toJsonObject().getString("conversationId"));
              answer(request, described(id));
            });
  }

  private JsonObject described(String id) {
    return new JsonObject()
        .put("conversationId", id)
        .put("token", "none")
        .put("streamUrl", "ws://127.0.0.1:" + port + "/stream?conversation=" + id);
  }

  private void fromCustomer(HttpServerRequest request, String id, Buffer body) {
    JsonObject activity = body.toJsonObject();
    String number = id + "|" + NUMBER.incrementAndGet();
    durable(body)
        .onSuccess(
            v -> {
              answer(request, new JsonObject().put("id", number));
              JsonObject message =
                  new JsonObject().put("id", number).put("text", activity.getString("text"));
              post("/conversations/" + HUB_IDS.get(id) + "/messages", message.toBuffer(), null);
            });
  }

  private void fromHub(HttpServerRequest request, Buffer body) {
    JsonObject event = body.toJsonObject();
    durable(body)
        .onSuccess(
            v -> {
              answer(request, new JsonObject());
              ServerWebSocket socket = SOCKETS.get(event.getString("handoffId"));
              if (socket != null && event.containsKey("message")) {
                socket.writeTextMessage(set(event).encode());
              }
            });
  }

  private static JsonObject set(JsonObject event) {
    JsonObject activity =
        new JsonObject()
            .put("type", "message")
            .put("id", event.getString("eventId"))
            .put("text", event.getJsonObject("message").getString("text"));
    return new JsonObject().put("activities", new JsonArray().add(activity)).put("watermark", "0");
  }

  private Future<Buffer> post(String path, Buffer body, String idempotencyKey) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(hub + path)
            .putHeader("Content-Type", "application/json")
            .putHeader("Authorization", "Bearer " + token);
    if (idempotencyKey != null) {
      options.putHeader("Idempotency-Key", idempotencyKey);
    }
    return client
        .request(options)
        .compose(request -> request.send(body))
        .compose(response -> response.body());
  }

  private static void answer(HttpServerRequest request, JsonObject body) {
    request.response().putHeader("Content-Type", "application/json").end(body.toBuffer());
  }
}
