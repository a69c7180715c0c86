package dev.baton.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A customer's canvas: speaks Direct Line, sends again with the same id until it is answered, reads
 * from its watermark by polling or over a socket, and reconnects. Runs on one event loop.
 */
final class Canvas {
  private static final long AGAIN_MILLIS = 50;

  private final Vertx vertx;
  private final Context context;
  private final HttpClient http;
  private final WebSocketClient sockets;
  private final String root;
  private final String user;
  private final Consumer<JsonObject> reader;
  private String conversation;
  private String authorization;
  private String watermark;
  private boolean closed;
  private WebSocket socket;

  /**
   * @param root of the service, without {@code /v3/directline}
   * @param secret of the bot at this service
   * @param reader called for every activity of the stream, in order, signals left out
   */
  Canvas(
      Vertx vertx,
      HttpClient http,
      WebSocketClient sockets,
      String root,
      String secret,
      String user,
      Consumer<JsonObject> reader) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.http = http;
    this.sockets = sockets;
    this.root = root + "/v3/directline/conversations";
    this.authorization = "Bearer " + secret;
    this.user = user;
    this.reader = reader;
  }

  String conversation() {
    return conversation;
  }

  /** Begins the conversation; completes with its id. */
  Future<String> start() {
    return onContext(
        () ->
            call(
                    HttpMethod.POST,
                    root,
                    new JsonObject().put("user", new JsonObject().put("id", user)))
                .map(
                    answer -> {
                      conversation = answer.getString("conversationId");
                      authorization = "Bearer " + answer.getString("token");
                      return conversation;
                    }));
  }

  /**
   * Posts a message until it is taken.
   *
   * @param id the canvas's own id of it, the same each time
   */
  Future<Void> say(String text, String id) {
    JsonObject activity =
        new JsonObject()
            .put("type", "message")
            .put("text", text)
            .put("from", new JsonObject().put("id", user))
            .put("channelData", new JsonObject().put("clientActivityID", id));
    return onContext(
            () -> call(HttpMethod.POST, root + "/" + conversation + "/activities", activity))
        .mapEmpty();
  }

  /** Reads by asking again and again. */
  void poll(long everyMillis) {
    context.runOnContext(v -> pollOnce(everyMillis));
  }

  private void pollOnce(long everyMillis) {
    if (closed) {
      return;
    }
    String url = root + "/" + conversation + "/activities";
    call(HttpMethod.GET, watermark == null ? url : url + "?watermark=" + watermark, null)
        .onComplete(
            answer -> {
              if (answer.succeeded()) {
                take(answer.result());
              }
              vertx.setTimer(everyMillis, timer -> pollOnce(everyMillis));
            });
  }

  /** Reads over a socket, and over the next one when it breaks. Completes with the first one. */
  Future<Void> stream() {
    Promise<Void> open = Promise.promise();
    context.runOnContext(v -> connect(open));
    return open.future();
  }

  private void connect(Promise<Void> open) {
    if (closed) {
      return;
    }
    String url = root + "/" + conversation;
    call(HttpMethod.GET, watermark == null ? url : url + "?watermark=" + watermark, null)
        .compose(
            answer ->
                sockets.connect(
                    new WebSocketConnectOptions().setAbsoluteURI(answer.getString("streamUrl"))))
        .onSuccess(
            connected -> {
              socket = connected;
              connected.textMessageHandler(
                  text -> {
                    if (!text.isEmpty()) {
                      take(new JsonObject(text));
                    }
                  });
              connected.exceptionHandler(e -> {});
              connected.closeHandler(v -> vertx.setTimer(AGAIN_MILLIS, timer -> connect(open)));
              open.tryComplete();
            })
        .onFailure(e -> vertx.setTimer(AGAIN_MILLIS, timer -> connect(open)));
  }

  private void take(JsonObject set) {
    JsonArray activities = set.getJsonArray("activities", new JsonArray());
    for (int i = 0; i < activities.size(); i++) {
      JsonObject activity = activities.getJsonObject(i);
      if (activity.containsKey("id")) { // signals have none
        reader.accept(activity);
      }
    }
    if (set.getString("watermark") != null) {
      watermark = set.getString("watermark");
    }
  }

  void close() {
    context.runOnContext(
        v -> {
          closed = true;
          if (socket != null) {
            socket.close();
          }
        });
  }

  private <T> Future<T> onContext(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(v -> work.get().onComplete(done));
    return done.future();
  }

  /** Repeats until it is answered 2xx, or refused for good. */
  private Future<JsonObject> call(HttpMethod method, String url, JsonObject body) {
    if (closed) {
      return Future.failedFuture("closed");
    }
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(url)
            .setTimeout(5000)
            .putHeader("Authorization", authorization);
    if (body != null) {
      options.putHeader("Content-Type", "application/json");
    }
    return http.request(options)
        .compose(request -> body == null ? request.send() : request.send(body.toBuffer()))
        .compose(
            response ->
                response
                    .body()
                    .compose(
                        bytes -> {
                          int status = response.statusCode();
                          if (status / 100 == 2) {
                            return Future.succeededFuture(bytes.toJsonObject());
                          }
                          return Future.failedFuture(
                              new Refused(status, method + " " + url + ": " + bytes));
                        }))
        .recover(
            failure -> {
              if (closed || failure instanceof Refused refused && refused.isFinal()) {
                return Future.failedFuture(failure);
              }
              Promise<JsonObject> later = Promise.promise();
              vertx.setTimer(AGAIN_MILLIS, timer -> call(method, url, body).onComplete(later));
              return later.future();
            });
  }

  /** The service answered, and not with success. */
  static final class Refused extends RuntimeException {
    private final int status;

    Refused(int status, String message) {
      super(status + " to " + message);
      this.status = status;
    }

    boolean isFinal() {
      return status / 100 == 4 && status != 408 && status != 429;
    }
  }
}
