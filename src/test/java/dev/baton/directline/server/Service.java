package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A Direct Line service with two echo bots on a port of its own, and a plain client of it. */
final class Service implements AutoCloseable {
  static final String SECRET = "secret-of-helpdesk";
  static final String OTHER_SECRET = "secret-of-sales";
  static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  static final String ORIGIN = "https://shop.example";

  final Vertx vertx = Vertx.vertx();
  final EchoBot bot = new EchoBot();
  final InMemoryBackend backend;
  final DirectLineServer server;
  final DirectLineTokens tokens = new DirectLineTokens(List.of(KEY), Clock.systemUTC());
  final HttpServer http;
  final HttpClient client = HttpClient.newHttpClient();

  record Reply(int status, ObjectNode body, HttpResponse<String> response) {
    String text(String name) {
      return body.path(name).asText(null);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }
  }

  Service(Path uploads) {
    this(uploads, config -> {}, router -> {});
  }

  Service(
      Path uploads, Consumer<DirectLineServerConfig> settings, Consumer<Router> beforeMounting) {
    backend = new InMemoryBackend(Map.of(SECRET, "helpdesk", OTHER_SECRET, "sales"), bot);
    bot.backend = backend;
    DirectLineServerConfig config =
        new DirectLineServerConfig(uploads)
            .origins(AllowedOrigins.of(Map.of("helpdesk", List.of(ORIGIN))));
    settings.accept(config);
    server = new DirectLineServer(vertx, backend, config, tokens);
    Router router = Router.router(vertx);
    beforeMounting.accept(router);
    server.mount(router);
    http = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
  }

  String url(String path) {
    return "http://127.0.0.1:" + http.actualPort() + path;
  }

  Reply get(String credential, String path, String... headers) {
    return send("GET", credential, path, BodyPublishers.noBody(), headers);
  }

  Reply post(String credential, String path, String json, String... headers) {
    return json == null
        ? send("POST", credential, path, BodyPublishers.noBody(), headers)
        : sendJson(credential, path, BodyPublishers.ofString(json), headers);
  }

  Reply sendJson(String credential, String path, BodyPublisher body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return send("POST", credential, path, body, all);
  }

  Reply send(String method, String credential, String path, BodyPublisher body, String... headers) {
    String target = path.startsWith("/bots") ? path : "/v3/directline" + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url(target)))
            .method(method, body)
            .timeout(Duration.ofSeconds(20));
    if (credential != null) {
      request.header("Authorization", "Bearer " + credential);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
      ObjectNode parsed = json ? Json.parse(Buffer.buffer(response.body())) : Json.object();
      return new Reply(response.statusCode(), parsed, response);
    } catch (IOException e) {
      throw new AssertionError(method + " " + target + " failed", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a conversation with the help desk's secret. */
  Reply start() {
    return post(SECRET, "/conversations", "{\"user\":{\"id\":\"ada\",\"name\":\"Ada\"}}");
  }

  static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.close();
    await(vertx.close());
  }
}
