package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserAccessTest {
  private static final String ALLOW = "Access-Control-Allow-Origin";
  private static final String STRANGER = "https://evil.example";
  private static Service service;

  static {
    // The client of the tests plays the browser.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin");
  }

  @BeforeAll
  static void startService(@TempDir Path uploads) {
    service = new Service(uploads);
  }

  @AfterAll
  static void stopService() {
    service.close();
  }

  private static Service.Reply preflight(String origin, String path) {
    return service.send(
        "OPTIONS",
        null,
        path,
        BodyPublishers.noBody(),
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "authorization,content-type,x-ms-bot-agent");
  }

  @Test
  void aPreflightOfAnAllowedOriginPasses() {
    for (String path :
        List.of(
            "/conversations", "/conversations/c/activities", "/bots/helpdesk/directline/token")) {
      var reply = preflight(Service.ORIGIN, path);
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.header(ALLOW)).isEqualTo(Service.ORIGIN);
      assertThat(reply.header("Access-Control-Allow-Headers"))
          .contains("authorization", "content-type", "x-ms-bot-agent");
      assertThat(reply.header("Vary")).isEqualTo("Origin");
    }
  }

  @Test
  void aPreflightOfAStrangerIsRefused() {
    var reply = preflight(STRANGER, "/conversations");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.header(ALLOW)).isNull();
  }

  @Test
  void answersAndErrorsCanBeReadByTheAllowedOriginsOfTheBotOnly() {
    var own = service.post(Service.SECRET, "/conversations", "{}", "Origin", Service.ORIGIN);
    assertThat(own.header(ALLOW)).isEqualTo(Service.ORIGIN);
    var error = service.post(null, "/conversations", "{}", "Origin", Service.ORIGIN);
    assertThat(error.status()).isEqualTo(401);
    assertThat(error.header(ALLOW)).isEqualTo(Service.ORIGIN);
    assertThat(
            service
                .post(Service.OTHER_SECRET, "/conversations", "{}", "Origin", Service.ORIGIN)
                .header(ALLOW))
        .isNull();
    assertThat(
            service.post(Service.SECRET, "/conversations", "{}", "Origin", STRANGER).header(ALLOW))
        .isNull();
  }

  @Test
  void aPageOfAnAllowedOriginGetsATokenWithAUserIdOfItsOwn() {
    var reply = service.get(null, "/bots/helpdesk/directline/token", "Origin", Service.ORIGIN);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header(ALLOW)).isEqualTo(Service.ORIGIN);
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.text("userId")).startsWith("dl_");
    assertThat(reply.body().path("expires_in").asInt()).isEqualTo(3600);
    var start = service.post(reply.text("token"), "/conversations", "{}");
    assertThat(start.status()).isEqualTo(201);
    assertThat(start.text("conversationId")).isEqualTo(reply.text("conversationId"));
    assertThat(service.tokens.verify(start.text("token")).user()).isEqualTo(reply.text("userId"));
  }

  @Test
  void anAddressGetsOnlySoManyTokensPerMinute(@TempDir Path uploads) {
    try (Service strict =
        new Service(uploads, config -> config.pageTokensPerMinute(1), router -> {})) {
      String path = "/bots/helpdesk/directline/token";
      // Of three, two fall into the same minute even if a new one begins in between.
      List<Service.Reply> replies =
          Stream.generate(() -> strict.get(null, path, "Origin", Service.ORIGIN)).limit(3).toList();
      Service.Reply refused =
          replies.stream().filter(reply -> reply.status() == 429).findFirst().orElseThrow();
      assertThat(refused.text("code")).isEqualTo("BTN-1034");
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
      assertThat(refused.header(ALLOW)).isEqualTo(Service.ORIGIN);
    }
  }

  @Test
  void nobodyElseGetsAToken() {
    String path = "/bots/helpdesk/directline/token";
    for (var reply :
        List.of(
            service.get(null, path),
            service.get(null, path, "Origin", STRANGER),
            service.get(null, path, "Origin", "null"),
            service.get(null, path, "Sec-Fetch-Site", "same-origin"),
            service.get(null, "/bots/sales/directline/token", "Origin", Service.ORIGIN),
            service.get(null, "/bots/unknown/directline/token", "Origin", Service.ORIGIN))) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text("code")).isEqualTo("BTN-1017");
    }
  }

  @Test
  void aPageOfTheServicesOwnOriginGetsATokenWhenThatIsAllowed(@TempDir Path uploads) {
    try (Service own =
        new Service(
            uploads,
            config ->
                config
                    .publicUrl(URI.create("https://chat.example/baton/"))
                    .origins(
                        AllowedOrigins.of(Map.of("helpdesk", List.of("https://chat.example")))),
            router -> {})) {
      String path = "/bots/helpdesk/directline/token";
      assertThat(own.get(null, path, "Sec-Fetch-Site", "same-origin").status()).isEqualTo(200);
      assertThat(own.get(null, path, "Sec-Fetch-Site", "cross-site").status()).isEqualTo(403);
      assertThat(own.start().text("streamUrl"))
          .startsWith("wss://chat.example/baton/v3/directline/conversations/");
    }
  }

  @Test
  void forwardedHeadersAreBelievedOnlyWhenConfigured(@TempDir Path uploads) {
    String[] forwarded = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "chat.example"};
    assertThat(service.post(Service.SECRET, "/conversations", "{}", forwarded).text("streamUrl"))
        .startsWith("ws://127.0.0.1:");
    try (Service behindProxy =
        new Service(uploads, config -> config.trustForwarded(true), router -> {})) {
      assertThat(
              behindProxy.post(Service.SECRET, "/conversations", "{}", forwarded).text("streamUrl"))
          .startsWith("wss://chat.example/v3/directline/");
    }
  }

  @Test
  void aWildcardIsNoOrigin() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllowedOrigins.of(Map.of("helpdesk", List.of("*"))));
  }
}
