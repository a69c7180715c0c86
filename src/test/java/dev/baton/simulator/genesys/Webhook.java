package dev.baton.simulator.genesys;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What listens where Genesys posts agents' messages. */
final class Webhook implements AutoCloseable {
  record Post(String signature, Buffer raw, JsonObject body) {}

  private final HttpServer server;
  final List<Post> posts = new CopyOnWriteArrayList<>();

  /** Statuses for a text's next posts; without one it is 200. -1 never answers. */
  final Map<String, List<Integer>> statuses = new ConcurrentHashMap<>();

  Webhook() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          byte[] raw = exchange.getRequestBody().readAllBytes();
          JsonObject body = new JsonObject(new String(raw, StandardCharsets.UTF_8));
          posts.add(
              new Post(
                  exchange.getRequestHeaders().getFirst("X-Hub-Signature-256"),
                  Buffer.buffer(raw),
                  body));
          List<Integer> next = statuses.get(body.getString("text", ""));
          int status = next == null || next.isEmpty() ? 200 : next.remove(0);
          if (status > 0) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          }
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/webhook";
  }

  List<String> texts() {
    return posts.stream().map(post -> post.body().getString("text")).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    if (server.getExecutor() instanceof ExecutorService pool) {
      pool.shutdownNow();
      try {
        pool.awaitTermination(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
