package dev.baton.directline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectLineTokenTest {
  private static final String TOKEN_PATH =
      "/powervirtualagents/botsbyschema/cr1_bot/directline/token";
  private static final String REGION = "GET /powervirtualagents/regionalchannelsettings";

  private FakeDirectLine service;
  private ClientFixture client;

  @BeforeEach
  void service() throws Exception {
    service = new FakeDirectLine();
  }

  @AfterEach
  void close() throws Exception {
    if (client != null) {
      client.close();
    }
    service.close();
  }

  private void client(Consumer<DirectLineConfiguration> options) throws Exception {
    client = new ClientFixture(service, options).start();
  }

  /** Options of a bot that is reached through its token endpoint. */
  private Consumer<DirectLineConfiguration> copilot(String url) {
    return c -> {
      c.setSecret(null);
      c.setUrl(url);
      c.setTokenEndpoint(service.url() + TOKEN_PATH + "?api-version=2022-03-01-preview");
    };
  }

  /** The next token request is answered with a conversation's token. */
  private void issuesToken(String id, String token, String rest) {
    service.next(
        "GET " + TOKEN_PATH,
        (r, b) -> {
          FakeDirectLine.Talk talk = new FakeDirectLine.Talk(id);
          talk.token = token;
          service.talks.put(id, talk);
          r.response().end("{\"token\":\"" + token + "\"" + rest + "}");
        });
  }

  private void answersRegion(String root) {
    service.next(
        REGION,
        (r, b) -> r.response().end("{\"channelUrlsById\":{\"directline\":\"" + root + "\"}}"));
  }

  @Test
  void theNewestTokenAuthorisesTheNextCall() throws Exception {
    client(c -> {});
    client.open("k1");
    String afterStart = service.only().token;
    client.say("k1", "hello");
    assertThat(service.bearers)
        .containsSubsequence("Bearer " + FakeDirectLine.SECRET, "Bearer " + afterStart);
  }

  @Test
  void theTokenIsRefreshedAtHalfOfItsLife() throws Exception {
    service.expiresIn = 2;
    client(c -> {});
    client.open("k1");
    String first = service.only().token;
    await().until(() -> service.count("POST .*/tokens/refresh") > 0);
    await().until(() -> !first.equals(service.only().token));
    client.say("k1", "hello");
    assertThat(service.bearers.get(service.bearers.size() - 1)).isNotEqualTo("Bearer " + first);
  }

  @Test
  void anExpiredTokenIsReplacedByAReconnectWithTheSecret() throws Exception {
    client(c -> {});
    client.open("k1");
    service.nextStatus("POST .*/activities", 403, "TokenExpired");
    Exchange posted = client.say("k1", "hello");
    assertThat(posted.getException()).isNull();
    assertThat(service.posted).hasSize(1);
    assertThat(service.count("GET /v3/directline/conversations/[^/]+")).isEqualTo(1);
  }

  @Test
  void aRefusedCredentialIsReplacedOnceAndThenFails() throws Exception {
    client(c -> {});
    client.open("k1");
    service.nextStatus("POST .*/activities", 401, "Unauthorized");
    service.nextStatus("POST .*/activities", 401, "Unauthorized");
    assertThat(client.say("k1", "hello").getException())
        .isExactlyInstanceOf(DirectLineException.class)
        .hasMessageContaining("401");
    assertThat(service.count("POST .*/activities")).isEqualTo(2);
  }

  @Test
  void aReconnectThatEnhancedAuthenticationForbidsMeansLost() throws Exception {
    client(c -> {});
    client.open("k1");
    service.nextStatus("POST .*/activities", 403, "TokenExpired");
    service.nextStatus("GET /v3/directline/conversations/[^/]+", 400, "MissingProperty");
    assertThat(client.say("k1", "hello").getException())
        .isInstanceOf(DirectLineConversationLostException.class);
  }

  @Test
  void copilotsTokenEndpointNeedsNoSecretAndNamesTheRegion() throws Exception {
    issuesToken("cs-1-o", "cs-token", ",\"expires_in\":3600,\"conversationId\":\"cs-1-o\"");
    answersRegion(service.url() + "/");
    client(copilot("http://127.0.0.1:1"));
    client.open("k1");
    client.say("k1", "hello");
    await().until(() -> client.texts().equals(List.of("re: hello")));
    assertThat(service.requests)
        .contains(REGION + "?api-version=2022-03-01-preview")
        .doesNotContain("POST /v3/directline/tokens/generate");
    assertThat(service.bearers.get(0)).isEmpty();
    assertThat(service.bearers.get(2)).isEqualTo("Bearer cs-token");
  }

  @Test
  void everyConversationGetsATokenOfItsOwn() throws Exception {
    issuesToken("cs-1-o", "cs-token-1", "");
    answersRegion(service.url());
    issuesToken("cs-2-o", "cs-token-2", "");
    client(copilot("http://127.0.0.1:1"));
    client.open("k1");
    client.open("k2");
    assertThat(service.count("GET " + TOKEN_PATH + ".*")).isEqualTo(2);
    assertThat(service.count(REGION + ".*")).isEqualTo(1);
    assertThat(service.talks.get("cs-2-o").started).isTrue();
  }

  @Test
  void withoutRegionalSettingsTheTokensClaimLeadsToTheService() throws Exception {
    String claims = "{\"iss\":\"" + service.url() + "/\",\"exp\":4102444800}";
    String token =
        "h."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
            + ".s";
    issuesToken("cs-1-o", token, "");
    service.nextStatus(REGION, 404, "NotFound");
    client(copilot("http://127.0.0.1:1"));
    client.open("k1");
    assertThat(service.talks.get("cs-1-o").started).isTrue();
  }

  @Test
  void withoutAnyHintTheConfiguredAddressIsUsed() throws Exception {
    issuesToken("cs-1-o", "opaque", "");
    service.nextStatus(REGION, 404, "NotFound");
    client(copilot(service.url()));
    client.open("k1");
    assertThat(service.talks.get("cs-1-o").started).isTrue();
  }

  @Test
  void anExpiredTokenWithoutASecretMeansLost() throws Exception {
    issuesToken("cs-1-o", "cs-token", ",\"expires_in\":3600");
    answersRegion(service.url());
    client(copilot("http://127.0.0.1:1"));
    client.open("k1");
    service.nextStatus("POST .*/activities", 403, "TokenExpired");
    service.nextStatus("POST .*/tokens/refresh", 403, "TokenExpired");
    assertThat(client.say("k1", "hello").getException())
        .isInstanceOf(DirectLineConversationLostException.class);
  }

  @Test
  void aTokenEndpointThatRefusesIsReportedAsSuch() throws Exception {
    service.next("GET " + TOKEN_PATH, DirectLineTokenTest::forbidden);
    client(copilot("http://127.0.0.1:1"));
    assertThat(client.call("start", Map.of(), Map.of(DirectLineConstants.KEY, "k1")).getException())
        .isExactlyInstanceOf(DirectLineException.class)
        .hasMessageContaining("token endpoint")
        .hasMessageContaining("403");
  }

  private static void forbidden(HttpServerRequest request, Object body) {
    request.response().setStatusCode(403).end();
  }
}
