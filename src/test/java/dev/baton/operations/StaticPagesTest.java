package dev.baton.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StaticPagesTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Vertx vertx;
  private static URI root;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    StartPage.mount(
        router,
        "demo",
        "Try it",
        false,
        List.of(new StartPage.Link("Desk", "/desk", "for agents")));
    StaticPages.mount(router, "/desk", "web/start");
    router.get("/desk/api/ping").handler(context -> context.end("pong"));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    root = URI.create("http://127.0.0.1:" + server.actualPort());
  }

  @AfterAll
  static void stop() {
    vertx.close();
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void pages_carry_type_and_security_headers() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("script-src 'self';", "frame-ancestors 'none'");
    assertThat(get("/start/start.css").headers().firstValue("content-type").orElseThrow())
        .startsWith("text/css");
    assertThat(get("/start/start.js").headers().firstValue("content-type").orElseThrow())
        .startsWith("text/javascript");
    assertThat(get("/start/baton.svg").headers().firstValue("content-type"))
        .hasValue("image/svg+xml");
  }

  @Test
  void a_page_that_has_not_changed_is_not_sent_again() throws Exception {
    String modified = get("/start/start.css").headers().firstValue("last-modified").orElseThrow();

    HttpResponse<String> again = get("/start/start.css", "If-Modified-Since", modified);
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @Test
  void a_folder_without_a_slash_leads_to_the_one_with() throws Exception {
    HttpResponse<String> redirect = get("/desk");

    assertThat(redirect.statusCode()).isEqualTo(302);
    assertThat(redirect.headers().firstValue("location")).hasValue("/desk/");
    assertThat(get("/desk/").statusCode()).isEqualTo(200);
  }

  @Test
  void what_the_folder_lacks_goes_to_the_next_route() throws Exception {
    assertThat(get("/desk/api/ping").body()).isEqualTo("pong");
    assertThat(get("/desk/nothing.js").statusCode()).isEqualTo(404);
  }

  @Test
  void nothing_outside_the_folder_is_served() throws Exception {
    for (String path :
        List.of(
            "/start/../canvas/x",
            "/start/%2e%2e/%2e%2e/application.properties",
            "/start/..%2f..%2fsimulator/copilot/demo.yaml",
            "/start/%5c..%5c..%5cdemo.yaml")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void pages_have_no_inline_script_which_the_policy_would_block() throws Exception {
    assertThat(get("/").body())
        .doesNotContainPattern("<script(?![^>]*src=)[^>]*>")
        .doesNotContain("onclick=");
  }

  @Test
  void what_differs_is_read_from_a_description() throws Exception {
    assertThat(get("/start/start.json").body())
        .contains("\"bot\":\"demo\"", "\"sendStartConversation\":false", "\"href\":\"/desk\"");
  }
}
