package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.HubSettings;
import dev.baton.conversation.Customer;
import dev.baton.journal.Journal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A desk on a real server with a journal in memory. */
final class DeskFixture implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** As strict as the page can bear. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /** Null when the test brought a journal of its own. */
  final MemoryJournal journal;

  final RecordedEvents events;
  final Vertx vertx = Vertx.vertx();
  final DeskServer desk;
  final HttpServer server;
  private final Router router;
  final HttpClient client = HttpClient.newHttpClient();

  DeskFixture(DeskAccess access, HubSettings... hubs) {
    this(new MemoryJournal(), access, hubs);
  }

  private DeskFixture(MemoryJournal journal, DeskAccess access, HubSettings... hubs) {
    this(journal, journal, new RecordedEvents(journal), null, access, hubs);
  }

  /** A desk over any journal; then {@link #journal} and {@link #events} are null. */
  DeskFixture(Journal other, DeskEvents events, DeskAccess access, HubSettings... hubs) {
    this(other, null, null, events, access, hubs);
  }

  private DeskFixture(
      Journal read,
      MemoryJournal journal,
      RecordedEvents recorded,
      DeskEvents other,
      DeskAccess access,
      HubSettings... hubs) {
    this.journal = journal;
    this.events = recorded;
    desk = new DeskServer(vertx, read, recorded == null ? other : recorded, List.of(hubs), access);
    Router router = Router.router(vertx);
    desk.mount(router);
    router
        .route("/desk*")
        .handler(
            context -> {
              context.response().putHeader("Content-Security-Policy", POLICY);
              context.next();
            });
    router.route("/desk").handler(context -> context.response().sendFile("web/desk/index.html"));
    router.route("/desk/*").handler(StaticHandler.create("web/desk").setCachingEnabled(false));
    this.router = router;
    server = await(listen(0));
  }

  /** Serves the desk at the port, 0 for a free one. */
  Future<HttpServer> listen(int port) {
    return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
  }

  static HubSettings hub(String name) {
    return new HubSettings(name, "desk", Map.of());
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.actualPort() + path);
  }

  /** Ada waits at the desk since {@code ago}, after a word with the bot. */
  void waiting(String id, String name, Duration ago) {
    Instant since = Instant.now().minus(ago);
    journal.start(id, new Customer("web-" + id, name), since.minusSeconds(40));
    journal.say(id, "bot", "Demo", "Hello! What can I do?", since.minusSeconds(39));
    journal.say(id, "user", name, "refund please", since.minusSeconds(20));
    journal.handOff(id, "desk", Map.of("va_LastTopic", "Refund", "OrderNumber", "A-1001"), since);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request = request(path, headers);
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    return send(
        request.POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(20));
    return headers.length == 0 ? request : request.headers(headers);
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    desk.close();
    await(vertx.close());
  }
}
