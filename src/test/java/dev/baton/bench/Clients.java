package dev.baton.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Makes canvases that share connections. */
final class Clients {
  private final Vertx vertx;
  private final HttpClient http;
  private final WebSocketClient sockets;

  Clients(Vertx vertx, int connections, int streams) {
    this.vertx = vertx;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(5000),
            new PoolOptions().setHttp1MaxSize(connections));
    this.sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxConnections(streams).setConnectTimeout(5000));
  }

  Canvas canvas(String root, String secret, String user, Consumer<JsonObject> reader) {
    return new Canvas(vertx, http, sockets, root, secret, user, reader);
  }

  static <T> T wait(Future<T> future, int seconds) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
  }
}
