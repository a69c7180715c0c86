package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountingTest {
  @TempDir Path uploads;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void theServiceStandsOnCamelsOwnServerBesideRoutesThatCatchEverything() throws Exception {
    int port = freePort();
    Vertx vertx = Vertx.vertx();
    try (CamelContext camel = new DefaultCamelContext()) {
      camel.getRegistry().bind("vertx", vertx);
      VertxPlatformHttpServerConfiguration configuration =
          new VertxPlatformHttpServerConfiguration();
      configuration.setBindHost("127.0.0.1");
      configuration.setBindPort(port);
      configuration.setMaxBodySize(100L);
      camel.addService(new VertxPlatformHttpServer(configuration));
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("platform-http:/?matchOnUriPrefix=true").setBody(constant("a route"));
            }
          });
      camel.start();

      EchoBot bot = new EchoBot();
      InMemoryBackend backend = new InMemoryBackend(Map.of(Service.SECRET, "helpdesk"), bot);
      bot.backend = backend;
      DirectLineTokens tokens = new DirectLineTokens(List.of(Service.KEY), Clock.systemUTC());
      try (DirectLineServer server =
          new DirectLineServer(vertx, backend, new DirectLineServerConfig(uploads), tokens)) {
        server.mount(VertxPlatformHttpRouter.lookup(camel, "platform-http-router-" + port));

        String root = "http://127.0.0.1:" + port;
        assertThat(post(root + "/elsewhere", "x").body()).isEqualTo("a route");
        HttpResponse<String> start = post(root + "/v3/directline/conversations", "{}");
        assertThat(start.statusCode()).isEqualTo(201);
        String id =
            Json.parse(io.vertx.core.buffer.Buffer.buffer(start.body()))
                .path("conversationId")
                .asText();
        // Longer than Camel's own limit.
        String text = "x".repeat(1000);
        HttpResponse<String> posted =
            post(
                root + "/v3/directline/conversations/" + id + "/activities",
                "{\"type\":\"message\",\"from\":{\"id\":\"ada\"},\"text\":\"" + text + "\"}");
        assertThat(posted.statusCode()).isEqualTo(200);
      }
    } finally {
      Service.await(vertx.close());
    }
  }

  @Test
  void aBodyHandlerBeforeItChangesNothing() {
    try (Service service =
        new Service(
            uploads,
            config -> config.maxActivity(1000),
            router ->
                router
                    .route()
                    .order(Integer.MIN_VALUE)
                    .handler(BodyHandler.create(uploads.resolve("vertx").toString())))) {
      var start = service.start();
      String path = "/conversations/" + start.text("conversationId");
      String activity = "{\"type\":\"message\",\"from\":{\"id\":\"ada\"},\"text\":\"%s\"}";
      assertThat(
              service
                  .post(start.text("token"), path + "/activities", activity.formatted("hi"))
                  .status())
          .isEqualTo(200);
      assertThat(
              service
                  .post(
                      start.text("token"),
                      path + "/activities",
                      activity.formatted("x".repeat(2000)))
                  .status())
          .isEqualTo(413);
    }
  }

  @Test
  void anotherPrefixIsPossible() throws Exception {
    try (Service service =
        new Service(uploads, config -> config.prefix("/directline"), router -> {})) {
      HttpResponse<String> start = post(service.url("/directline/conversations"), "{}");
      assertThat(start.statusCode()).isEqualTo(201);
      assertThat(start.body()).contains("/directline/conversations/").doesNotContain("/v3/");
    }
  }

  private HttpResponse<String> post(String url, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + Service.SECRET)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
