package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.hub.servicenow.Instance.Answer;
import dev.baton.hub.servicenow.Session.Phase;
import dev.baton.journal.DeliveryException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OAuth, the Table API and uploads. */
class InstanceAccessTest {
  private static final String TOKEN = "/oauth_token.do";
  private static final String UPLOAD = "/api/now/cccif/media/upload";
  private static ServiceNowRig now;

  @BeforeAll
  static void start() {
    now =
        new ServiceNowRig(
            Map.of(
                "oauth-client-id", "client-1",
                "oauth-client-secret", "client-secret-1",
                "attachments", "upload",
                "provider-application", "app-1"));
  }

  @AfterAll
  static void stop() {
    now.close();
  }

  @BeforeEach
  void healthy() {
    now.instance.healthy();
    now.instance.answer(TOKEN, token("tok-A", 1799));
    // The rig keeps its token over the tests; this one is over its life.
    now.clock.passes(Duration.ofHours(1));
  }

  @Test
  void aTokenIsAskedForOnceAndRenewedAMinuteEarly() {
    String c = now.opened(Phase.CONNECTED);
    now.send(c, "m-1", "one");
    assertThat(now.instance.to(TOKEN)).hasSize(1);
    assertThat(now.instance.to(TOKEN).get(0).text())
        .isEqualTo(
            "grant_type=client_credentials&client_id=client-1&client_secret=client-secret-1");
    assertThat(now.instance.to(TOKEN).get(0).header("content-type"))
        .isEqualTo("application/x-www-form-urlencoded");
    assertThat(now.instance.requests())
        .allMatch(r -> r.header("authorization").equals("Bearer tok-A"));
    now.clock.passes(Duration.ofMinutes(29));
    now.instance.answer(TOKEN, token("tok-B", 1799));
    now.send(c, "m-2", "two");
    assertThat(now.instance.to(TOKEN)).hasSize(2);
    List<Instance.Call> requests = now.instance.requests();
    assertThat(requests.get(requests.size() - 1).header("authorization")).isEqualTo("Bearer tok-B");
  }

  @Test
  void aRefusedTokenIsRenewedOnce() {
    String c = now.opened(Phase.CONNECTED);
    now.instance.answer(TOKEN, token("tok-C", 1799));
    now.instance.next(ServiceNowConfig.PATH, Answer.json(401, "{}"));
    assertThat(now.send(c, "m-1", "one").getException()).isNull();
    assertThat(now.instance.requests("")).hasSize(2);
    now.instance.answer(ServiceNowConfig.PATH, Answer.json(401, "{}"));
    assertThat(now.send(c, "m-2", "two").getException()).hasMessageContaining("BTN-2307");
    assertThat(now.instance.requests("")).hasSize(4);
  }

  @Test
  void withoutATokenItSaysWhichLayerFails() {
    now.instance.answer(TOKEN, Answer.json(401, "{\"error\":\"access_denied\"}"));
    assertThat(now.open(now.conversation()).getException())
        .hasMessageContaining("BTN-2307")
        .hasMessageContaining("access_denied")
        .hasMessageNotContaining("client-secret-1");
  }

  @Test
  void thePasswordGrantSendsTheAccountToo() throws IOException {
    ServiceNowConfig config =
        config(
            Map.of(
                "oauth-client-id",
                "c",
                "oauth-client-secret",
                "s",
                "oauth-grant",
                "password",
                "username",
                "svc",
                "password",
                "p&w"));
    assertThat(new OAuthTokens(HttpClient.newHttpClient(), now.clock).token(config))
        .isEqualTo("tok-A");
    assertThat(now.instance.to(TOKEN).get(0).text())
        .isEqualTo("grant_type=password&client_id=c&client_secret=s&username=svc&password=p%26w");
  }

  @Test
  void multiFactorAuthenticationIsRecognised() {
    try (ServiceNowRig basic = new ServiceNowRig(Map.of("username", "svc", "password", "pw-1"))) {
      basic.instance.next(
          ServiceNowConfig.PATH, Answer.json(401, "{}").with("X-MFA_TOKEN", "invalid"));
      assertThat(basic.open(basic.conversation()).getException())
          .hasMessageContaining("BTN-2307")
          .hasMessageContaining("multi-factor");
    }
  }

  @Test
  void pagesAreFollowedByLinkEvenWhenOneIsEmpty() throws IOException {
    String path = "/api/now/table/things";
    String next = "<" + now.instance.url() + path + "?sysparm_offset=200>;rel=\"next\"";
    now.instance.next(path, Answer.json(200, "{\"result\":[]}").with("Link", next));
    now.instance.next(
        path,
        Answer.json(200, "{\"result\":[{\"a\":\"1\"},{\"a\":\"2\"}]}")
            .with("Link", "<" + now.instance.url() + path + ">;rel=\"first\""));
    TableClient.Answer answer =
        tables()
            .read(
                config(Map.of()),
                TableQuery.all("things", "a=1", "a"),
                row -> row.path("a").asText().equals("1"));
    assertThat(answer.rows()).hasSize(1);
    assertThat(now.instance.to(path)).hasSize(2);
  }

  @Test
  void withoutLinksTheCountEndsThePaging() throws IOException {
    String path = "/api/now/table/things";
    now.instance.answer(path, Answer.json(200, "{\"result\":[{}]}").with("X-Total-Count", "401"));
    tables().read(config(Map.of()), TableQuery.all("things", "", "a"), row -> true);
    assertThat(now.instance.to(path)).hasSize(3);
    assertThat(now.instance.to(path).get(2).query()).contains("sysparm_offset=400");
  }

  @Test
  void aLinkToAnotherHostGetsNoCredentials() throws IOException {
    String path = "/api/now/table/things";
    now.instance.next(
        path,
        Answer.json(200, "{\"result\":[]}")
            .with("Link", "<http://localhost:1/steal>;rel=\"next\""));
    tables().read(config(Map.of()), TableQuery.all("things", "", "a"), row -> true);
    assertThat(now.instance.to(path)).hasSize(2);
  }

  @Test
  void nothingIsAnEmptyListInEveryVersionOfTheApi() throws IOException {
    now.instance.answer(
        "/api/now/table/things",
        Answer.json(
            404,
            "{\"error\":{\"message\":\"No Record"
                + " found\",\"detail\":\"\"},\"status\":\"failure\"}"));
    TableClient.Answer none =
        tables().read(config(Map.of()), TableQuery.all("things", "", "a"), row -> true);
    assertThat(none.isRead()).isTrue();
    assertThat(none.rows()).isEmpty();
  }

  @Test
  void aRateLimitTellsItsRuleAndWhenToComeAgain() throws IOException {
    now.instance.answer(
        "/api/now/table/things",
        Answer.json(429, "{}")
            .with("Retry-After", "12")
            .with("X-RateLimit-Rule", "r7")
            .with("X-RateLimit-Reset", "1790000000"));
    TableClient.Answer limited =
        tables().read(config(Map.of()), TableQuery.all("things", "", "a"), row -> true);
    assertThat(limited.state()).isEqualTo(TableClient.Answer.State.LIMITED);
    assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(12));
    assertThat(limited.detail()).contains("r7").contains("1790000000");
  }

  @Test
  void valuesCannotAddConditionsToAQuery() {
    assertThat(TableQuery.one("t", "f", "x^active=false", "a").query())
        .isEqualTo("f=x^^active=false");
  }

  @Test
  void aFileIsUploadedAndSentByItsAddressThere() {
    now.instance.answer(
        UPLOAD,
        Answer.json(
            201,
            "{\"result\":{\"mediaUrl\":\"https://now.example/api/now/v1/cs/media/1\",\"state\":\"pending\"}}"));
    String c = now.opened(Phase.CONNECTED);
    now.call(
        c,
        "send",
        Map.of(
            "id", "m-1",
            "text", "look",
            "attachments",
                List.of(
                    Map.of(
                        "contentType",
                        "text/plain",
                        "name",
                        "a\"b.txt",
                        "contentUrl",
                        "data:text/plain;base64,aGVsbG8="),
                    Map.of(
                        "contentType", "application/vnd.microsoft.card.hero", "content", Map.of()),
                    Map.of(
                        "contentType",
                        "image/png",
                        "name",
                        "p.png",
                        "contentUrl",
                        "data:image/png;base64,AAAA"))));
    String form = now.instance.to(UPLOAD).get(0).text();
    assertThat(form.indexOf("name=\"user_id\""))
        .isPositive()
        .isLessThan(form.indexOf("name=\"file\""));
    assertThat(form).contains("app-1").contains("hello").contains("filename=\"a_b.txt\"");
    List<Instance.Call> sent = now.instance.requests("");
    assertThat(sent).hasSize(2);
    assertThat(sent.get(0).json().path("message").path("text").asText()).isEqualTo("look");
    assertThat(sent.get(0).json().path("message").path("attachment").path("url").asText())
        .isEqualTo("https://now.example/api/now/v1/cs/media/1");
    assertThat(sent.get(1).json().path("requestId").asText()).isEqualTo("m-1-1");
  }

  @Test
  void anUploadThatIsRefusedNamesTheRole() {
    now.instance.answer(UPLOAD, Answer.json(403, "{}"));
    String c = now.opened(Phase.CONNECTED);
    DeliveryException refused =
        now.call(
                c,
                "send",
                Map.of(
                    "id",
                    "m-1",
                    "attachments",
                    List.of(Map.of("contentUrl", "data:text/plain;base64,aGVsbG8="))))
            .getException(DeliveryException.class);
    assertThat(refused)
        .hasMessageContaining("BTN-2352")
        .hasMessageContaining("glide.attachment.role");
    assertThat(refused.isPermanent()).isTrue();
  }

  @Test
  void aPageInsteadOfDataIsSaidToBeOne() {
    now.instance.answer("/api/now/table/things", new Answer(200, "text/html", "<html>", Map.of()));
    assertThatThrownBy(
            () -> tables().read(config(Map.of()), TableQuery.all("things", "", "a"), row -> true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("BTN-2342");
  }

  private static Answer token(String value, int life) {
    return Answer.json(
        200,
        "{\"access_token\":\""
            + value
            + "\",\"token_type\":\"Bearer\",\"expires_in\":"
            + life
            + "}");
  }

  private static TableClient tables() {
    HttpClient client = HttpClient.newHttpClient();
    return new TableClient(
        new InstanceClient(client, new Credentials(new OAuthTokens(client, now.clock))));
  }

  private static ServiceNowConfig config(Map<String, String> keys) {
    Map<String, String> all = new HashMap<>(keys);
    all.put("url", now.instance.url());
    return new ServiceNowConfig("it", TestProperties.of(all));
  }
}
