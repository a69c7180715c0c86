package dev.baton.simulator.servicenow;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes callbacks as Baton does. */
final class Receiver implements AutoCloseable {
  record Received(Map<String, String> headers, String text) {
    JsonObject json() {
      return new JsonObject(text);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  volatile int status = 200;

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new TreeMap<>();
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
          String text =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(new Received(headers, text));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hubs/it/events";
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  /** Envelopes of one session, in order of arrival. */
  List<JsonObject> of(String session) {
    return received.stream()
        .map(Received::json)
        .filter(envelope -> session.equals(envelope.getString("clientSessionId")))
        .toList();
  }

  /** All items of one session's envelopes, in order. */
  List<JsonObject> items(String session) {
    return of(session).stream()
        .flatMap(envelope -> envelope.getJsonArray("body").stream())
        .map(JsonObject.class::cast)
        .toList();
  }

  void clear() {
    received.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
