package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal is a problem detail and Direct Line's error at once, and the service goes on. */
class BadInputTest {
  private static Service service;

  @BeforeAll
  static void startService(@TempDir Path uploads) {
    service = new Service(uploads);
  }

  @AfterAll
  static void stopService() {
    service.close();
  }

  @AfterEach
  void theServiceStillWorks() {
    assertThat(service.start().status()).isEqualTo(201);
  }

  private static void assertProblem(
      Service.Reply reply, int status, String errorCode, String problem) {
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.body().path("status").asInt()).isEqualTo(status);
    assertThat(reply.text("code")).isEqualTo(problem);
    assertThat(reply.text("type")).isEqualTo("urn:baton:error:" + problem);
    assertThat(reply.text("title")).isNotBlank();
    assertThat(reply.text("detail")).isNotBlank();
    assertThat(reply.body().at("/error/code").asText()).isEqualTo(errorCode);
    assertThat(reply.body().at("/error/message").asText()).isEqualTo(reply.text("detail"));
    Schemas.assertConforms("ErrorResponse", reply.body());
  }

  private static Service.Reply postActivity(String json) {
    var start = service.start();
    return service.post(
        start.text("token"),
        "/conversations/" + start.text("conversationId") + "/activities",
        json);
  }

  @Test
  void aMissingCredentialIs401() {
    var reply = service.post(null, "/conversations", "{}");
    assertProblem(reply, 401, "BadArgument", "BTN-1010");
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertProblem(
        service.post(null, "/conversations", "{}", "Authorization", "Basic eDp5"),
        401,
        "BadArgument",
        "BTN-1010");
  }

  @Test
  void aWrongSecretIs403AndNotRepeated() {
    var reply = service.post("not-the-secret", "/conversations", "{}");
    assertProblem(reply, 403, "BadArgument", "BTN-1011");
    assertThat(reply.body().toString()).doesNotContain("not-the-secret");
  }

  @Test
  void anExpiredTokenIs403TokenExpiredEverywhere() {
    DirectLineTokens yesterday =
        new DirectLineTokens(
            List.of(Service.KEY), Clock.offset(Clock.systemUTC(), Duration.ofDays(-1)));
    String id = service.start().text("conversationId");
    String expired = yesterday.issue(new Scope("helpdesk", id, null), Duration.ofHours(1));
    assertProblem(service.post(expired, "/tokens/refresh", null), 403, "TokenExpired", "BTN-1012");
    assertProblem(
        service.get(expired, "/conversations/" + id + "/activities"),
        403,
        "TokenExpired",
        "BTN-1012");
    String pass = yesterday.issueForStream(new Scope("helpdesk", id, null), Duration.ofSeconds(60));
    assertProblem(
        service.get(null, "/conversations/" + id + "/stream?watermark=-&t=" + pass),
        403,
        "TokenExpired",
        "BTN-1012");
  }

  @Test
  void aTokenOpensNoOtherConversation() {
    var mine = service.start();
    var other = service.start();
    String path = "/conversations/" + other.text("conversationId");
    for (Service.Reply reply :
        List.of(
            service.get(mine.text("token"), path),
            service.get(mine.text("token"), path + "/activities"),
            service.post(mine.text("token"), path + "/activities", "{}"),
            service.post(mine.text("token"), path + "/upload?userId=ada", "{}"))) {
      assertProblem(reply, 403, "BadArgument", "BTN-1013");
    }
    String t = mine.text("streamUrl").replaceFirst(".*&t=", "");
    assertProblem(
        service.get(null, path + "/stream?watermark=-&t=" + t), 403, "BadArgument", "BTN-1013");
  }

  @Test
  void theSecretOfAnotherBotDoesNotKnowTheConversation() {
    String path = "/conversations/" + service.start().text("conversationId");
    assertProblem(service.get(Service.OTHER_SECRET, path), 404, "BadArgument", "BTN-1021");
    assertProblem(
        service.post(
            Service.OTHER_SECRET,
            path + "/activities",
            "{\"type\":\"message\",\"from\":{\"id\":\"x\"}}"),
        404,
        "BadArgument",
        "BTN-1021");
  }

  @Test
  void anUnknownConversationIs404() {
    assertProblem(
        service.get(Service.SECRET, "/conversations/nope/activities"),
        404,
        "BadArgument",
        "BTN-1021");
    assertProblem(
        service.post(
            Service.SECRET,
            "/conversations/nope/activities",
            "{\"type\":\"message\",\"from\":{\"id\":\"x\"}}"),
        404,
        "BadArgument",
        "BTN-1021");
  }

  @Test
  void aConversationThatWasNotStartedIs404() {
    var token = service.post(Service.SECRET, "/tokens/generate", "{}");
    String path = "/conversations/" + token.text("conversationId");
    String activity = "{\"type\":\"message\",\"from\":{\"id\":\"x\"}}";
    for (Service.Reply reply :
        List.of(
            service.get(token.text("token"), path),
            service.get(token.text("token"), path + "/activities"),
            service.post(token.text("token"), path + "/activities", activity))) {
      assertProblem(reply, 404, "BadArgument", "BTN-1021");
    }
  }

  @Test
  void onlySecretsGenerateAndOnlyTokensRefresh() {
    assertProblem(
        service.post(service.start().text("token"), "/tokens/generate", "{}"),
        403,
        "BadArgument",
        "BTN-1014");
    assertProblem(
        service.post(Service.SECRET, "/tokens/refresh", null), 403, "BadArgument", "BTN-1015");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":", "[]", "\"text\"", "{} {}", "null", "", "{\"a\":NaN}"})
  void whatIsNotAJsonObjectIs400(String json) {
    assertProblem(postActivity(json), 400, "BadSyntax", "BTN-1001");
  }

  @Test
  void jsonNestedWithoutEndIs400() {
    assertProblem(
        postActivity("{\"value\":" + "[".repeat(100_000) + "}"), 400, "BadSyntax", "BTN-1001");
  }

  @ParameterizedTest
  @CsvSource({"text/plain", "application/x-www-form-urlencoded", "application/xml"})
  void anotherContentTypeIs415(String type) {
    var start = service.start();
    var reply =
        service.send(
            "POST",
            start.text("token"),
            "/conversations/" + start.text("conversationId") + "/activities",
            BodyPublishers.ofString("{}"),
            "Content-Type",
            type);
    assertProblem(reply, 415, "BadArgument", "BTN-1032");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"message\",\"text\":\"x\"}",
        "{\"type\":\"message\",\"from\":{}}",
        "{\"type\":\"message\",\"from\":\"ada\"}",
        "{\"type\":\"message\",\"from\":{\"id\":\" \"}}",
        "{\"from\":{\"id\":\"ada\"}}",
        "{\"type\":7,\"from\":{\"id\":\"ada\"}}",
        "{\"type\":\"\",\"from\":{\"id\":\"ada\"}}"
      })
  void anActivityWithoutTypeOrSenderIs400(String json) {
    assertProblem(postActivity(json), 400, "MissingProperty", "BTN-1002");
  }

  @Test
  void aUserIdOfAServiceNeedsATokenThatHoldsIt() {
    String token = service.post(Service.SECRET, "/tokens/generate", "{}").text("token");
    assertProblem(
        service.post(token, "/conversations", "{\"user\":{\"id\":\"dl_9\"}}"),
        403,
        "BadArgument",
        "BTN-1016");
    var start = service.post(token, "/conversations", "{}");
    assertProblem(
        service.post(
            token,
            "/conversations/" + start.text("conversationId") + "/activities",
            "{\"type\":\"message\",\"from\":{\"id\":\"dl_9\"}}"),
        403,
        "BadArgument",
        "BTN-1016");
  }

  @Test
  void anOversizedActivityIs413WithLengthAndChunked() {
    var start = service.start();
    String path = "/conversations/" + start.text("conversationId") + "/activities";
    String json =
        "{\"type\":\"message\",\"from\":{\"id\":\"ada\"},\"text\":\"" + "x".repeat(300_000) + "\"}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertProblem(
        service.post(start.text("token"), path, json), 413, "MessageSizeTooBig", "BTN-1031");
    assertProblem(
        service.sendJson(
            start.text("token"),
            path,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))),
        413,
        "MessageSizeTooBig",
        "BTN-1031");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/x",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data",
        "https://localhost:8443/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://user@93.184.216.34/",
        "not a url"
      })
  void attachmentsInsideOurNetworkAre400(String url) {
    var reply =
        postActivity(
            """
            {"type":"message","from":{"id":"ada"},
             "attachments":[{"contentType":"image/png","contentUrl":"%s"}]}
            """
                .formatted(url));
    assertProblem(reply, 400, "BadArgument", "BTN-1004");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://93.184.216.34/a.png", "data:image/png;base64,iVBORw0KGgo="})
  void attachmentsElsewherePass(String url) {
    var reply =
        postActivity(
            """
            {"type":"message","from":{"id":"ada"},
             "attachments":[{"contentType":"image/png","contentUrl":"%s"}]}
            """
                .formatted(url));
    assertThat(reply.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[7]", "[{\"contentUrl\":{}}]"})
  void attachmentsOfAWrongShapeAre400(String attachments) {
    var reply =
        postActivity(
            "{\"type\":\"message\",\"from\":{\"id\":\"ada\"},\"attachments\":" + attachments + "}");
    assertProblem(reply, 400, "BadArgument", "BTN-1004");
  }

  @Test
  void anUnknownPathIs404AndAWrongMethod405() {
    assertProblem(
        service.get(Service.SECRET, "/session/getsessionid"), 404, "BadArgument", "BTN-1020");
    var reply = service.get(Service.SECRET, "/tokens/generate");
    assertProblem(reply, 405, "BadArgument", "BTN-1023");
    assertThat(reply.header("Allow")).isEqualTo("POST, OPTIONS");
  }

  @Test
  void aStreamIsAWebSocketOnly() throws Exception {
    String url = service.start().text("streamUrl");
    String path = url.substring(url.indexOf("/conversations"));
    assertProblem(service.get(null, path), 426, "BadArgument", "BTN-1033");
  }

  @Test
  void aContextOfTenThousandKeysPasses() {
    StringBuilder value = new StringBuilder("{");
    for (int i = 0; i < 10_000; i++) {
      value.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":").append(i);
    }
    var reply =
        postActivity(
            "{\"type\":\"event\",\"name\":\"x\",\"from\":{\"id\":\"ada\"},\"value\":"
                + value
                + "}}");
    assertThat(reply.status()).isEqualTo(200);
  }
}
