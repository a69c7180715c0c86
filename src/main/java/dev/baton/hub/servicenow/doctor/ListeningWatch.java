package dev.baton.hub.servicenow.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Listens on Baton's own port while no Baton runs, and asks for the same credentials. */
final class ListeningWatch implements CallbackWatch {
  private static final int MAX_BODY = 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Seen(String session, Sight sight) {}

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> keys;
  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>(1000);
  private final HttpServer server;

  /**
   * Listens when it returns.
   *
   * @param keys the hub's options
   * @throws IOException when the port cannot be had
   */
  ListeningWatch(Settings.Server address, Map<String, String> keys) throws IOException {
    this.keys = keys;
    HttpServerOptions options =
        new HttpServerOptions().setHost(address.host()).setPort(address.port());
    try {
      server =
          vertx
              .createHttpServer(options)
              .requestHandler(this::take)
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .join();
    } catch (CompletionException e) {
      vertx.close();
      throw new IOException(
          "port " + address.port() + " cannot be listened on: " + e.getCause().getMessage(), e);
    }
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public String where() {
    return "port " + port() + ", on which the doctor listens because no Baton runs";
  }

  private void take(HttpServerRequest request) {
    String path = request.path();
    if (!path.endsWith("/events") && !path.endsWith("/SnowSendMessageToUser")) {
      request.response().setStatusCode(404).end();
      return;
    }
    boolean known = known(request);
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() <= MAX_BODY) {
            body.appendBuffer(part);
          }
        });
    request.endHandler(
        end -> {
          seen.offer(new Seen(session(body), known ? Sight.ARRIVED : Sight.REFUSED));
          request.response().setStatusCode(known ? 200 : 401).end();
        });
  }

  private static String session(Buffer body) {
    try {
      return JSON.readTree(body.toString(StandardCharsets.UTF_8))
          .path("clientSessionId")
          .asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private boolean known(HttpServerRequest request) {
    String header = keys.getOrDefault("callback-header", "x-api-key");
    boolean secret = among(list("callback-secret"), request.getHeader(header));
    String user = keys.getOrDefault("callback-user", "");
    List<String> basic =
        list("callback-password").stream()
            .map(password -> (user + ":" + password).getBytes(StandardCharsets.UTF_8))
            .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair))
            .toList();
    boolean account = among(basic, request.getHeader("Authorization"));
    return secret || account;
  }

  private List<String> list(String key) {
    return Arrays.stream(keys.getOrDefault(key, "").split(","))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** In constant time: the port is open to others too. */
  private static boolean among(List<String> accepted, String given) {
    byte[] bytes = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
    boolean fits = false;
    for (String one : accepted) {
      fits |= MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), bytes);
    }
    return fits;
  }

  @Override
  public Sight await(String session, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (long left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
      Seen one = seen.poll(left, TimeUnit.NANOSECONDS);
      if (one != null && one.session().equals(session)) {
        return one.sight();
      }
    }
    return Sight.NOTHING;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
