package dev.baton.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainGateTest {
  private final Vertx vertx = Vertx.vertx();
  private final Drain drain = new Drain();
  private URI base;

  @BeforeEach
  void start() throws Exception {
    Router router = Router.router(vertx);
    router.route().handler(request -> request.response().end("served"));
    new DrainGate(drain).mount(router);
    new TraceGate().mount(router);
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    base = URI.create("http://127.0.0.1:" + server.actualPort());
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/v3/directline/conversations,503",
    "POST,/v3/directline/tokens/generate,503",
    "GET,/bots/shop/directline/token,503",
    "OPTIONS,/v3/directline/conversations,200",
    "OPTIONS,/bots/shop/directline/token,200",
    "POST,/v3/directline/tokens/refresh,200",
    "GET,/v3/directline/conversations/c1,200",
    "POST,/v3/directline/conversations/c1/activities,200",
    "POST,/hubs/acme/events,200"
  })
  void onlyNewConversationsAreRefusedWhileDraining(String method, String path, int status)
      throws Exception {
    assertThat(send(method, path).statusCode()).isEqualTo(200);

    drain.begin();

    HttpResponse<String> answer = send(method, path);
    assertThat(answer.statusCode()).isEqualTo(status);
    if (status == 503) {
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.body()).contains("BTN-4020");
    }
  }

  @Test
  void theTraceOfACanvassPostIsNoted() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(base.resolve("/v3/directline/conversations/gate-1/activities"))
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.discarding());

    assertThat(Traces.shared().header("gate-1").orElseThrow()).startsWith("00-" + trace + "-");
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(base.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
