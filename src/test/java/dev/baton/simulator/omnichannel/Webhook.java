package dev.baton.simulator.omnichannel;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** The receiving end of the simulator's webhook. */
final class Webhook implements AutoCloseable {
  /** One call; {@code authorization} may be null. */
  record Call(String path, String authorization, JsonObject body) {}

  /** In place of a status: no answer at all. */
  static final int SILENCE = 0;

  final List<Call> calls = new CopyOnWriteArrayList<>();
  final Deque<Integer> next = new ConcurrentLinkedDeque<>();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server =
      vertx
          .createHttpServer()
          .requestHandler(this::take)
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .join();

  private void take(HttpServerRequest request) {
    request.bodyHandler(
        body -> {
          calls.add(
              new Call(request.path(), request.getHeader("Authorization"), body.toJsonObject()));
          Integer status = next.poll();
          if (status == null || status != SILENCE) {
            request.response().setStatusCode(status == null ? 200 : status).end();
          }
        });
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/hubs/service";
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
