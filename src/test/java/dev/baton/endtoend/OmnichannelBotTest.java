package dev.baton.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.omnichannel.BotConnectorSimulator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Baton as a bot inside Omnichannel: its customer, the Bot Connector, and Baton's bot behind it.
 */
class OmnichannelBotTest {
  private static final String APP = "11111111-2222-4333-8444-555555555555";
  private static final String GREETING = "Hello, I am **Contoso Demo**";

  @TempDir static Path folder;
  private static BotConnectorSimulator omnichannel;
  private static RunningBaton baton;

  @BeforeAll
  static void start() throws Exception {
    omnichannel = BotConnectorSimulator.start(0, APP, "password-of-the-app");
    String prefix = "baton.channels.omnichannel.demo.";
    baton =
        RunningBaton.start(
            folder,
            Map.of(
                prefix + "app-id",
                APP,
                prefix + "app-password",
                "password-of-the-app",
                prefix + "openid-configuration",
                omnichannel.openIdConfiguration(),
                prefix + "token-url",
                omnichannel.tokenUrl(),
                prefix + "service-hosts",
                "127.0.0.1",
                "baton.allow-private-urls",
                "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    if (baton != null) {
      baton.close();
    }
    omnichannel.close();
  }

  private static String endpoint() {
    return baton.url("/channels/omnichannel/demo/api/messages");
  }

  private static void post(JsonObject activity) {
    assertThat(RunningBaton.get(omnichannel.post(endpoint(), activity).toCompletionStage()))
        .isEqualTo(200);
  }

  private static int status(String authorization, String body) {
    return RunningBaton.get(
        omnichannel.post(endpoint(), authorization, Buffer.buffer(body)).toCompletionStage());
  }

  private static void untilSeen(String conversation, String start) {
    await()
        .atMost(RunningBaton.LIMIT)
        .untilAsserted(
            () ->
                assertThat(omnichannel.seen(conversation))
                    .anySatisfy(text -> assertThat(text).startsWith(start)));
  }

  private static String greeted() {
    String conversation = BotConnectorSimulator.newConversation();
    post(
        omnichannel.context(
            conversation,
            new JsonObject().put("msdyn_liveworkitemid", "5ba6").put("tier", "gold")));
    untilSeen(conversation, GREETING);
    return conversation;
  }

  @Test
  void theBotGreetsOnTheContextAndAnswersTheCustomer() {
    String conversation = greeted();
    post(omnichannel.message(conversation, "opening hours"));
    untilSeen(conversation, "We are open");
    assertThat(omnichannel.replies(conversation))
        .allSatisfy(
            reply -> {
              assertThat(reply.getJsonObject("conversation").getString("id"))
                  .isEqualTo(conversation);
              assertThat(reply.getJsonObject("from").getString("id")).isEqualTo(APP);
              assertThat(reply.getJsonObject("recipient").getString("id"))
                  .isEqualTo("customer-of-" + conversation);
            });
  }

  @Test
  void aHandoffEscalatesInsideOmnichannelAndOpensNoHub() {
    String conversation = greeted();
    post(omnichannel.message(conversation, "talk to a human"));
    await()
        .atMost(RunningBaton.LIMIT)
        .untilAsserted(() -> assertThat(omnichannel.commands(conversation)).hasSize(1));
    JsonObject command = omnichannel.commands(conversation).get(0);
    assertThat(command.getString("type")).isEqualTo("Escalate");
    assertThat(command.getJsonObject("context").getJsonObject("va_LastTopic"))
        .isEqualTo(new JsonObject().put("value", "Escalate").put("isDisplayable", true));
    List<JsonObject> said = omnichannel.replies(conversation);
    assertThat(said.get(said.size() - 1).getJsonObject("channelData").containsKey("tags")).isTrue();
    assertThat(baton.acme.chats()).isEmpty();
  }

  @Test
  void aConversationWithoutAContextBeginsWithTheFirstMessage() {
    String conversation = BotConnectorSimulator.newConversation();
    post(omnichannel.activity(conversation, "conversationUpdate"));
    post(omnichannel.message(conversation, "opening hours"));
    untilSeen(conversation, GREETING);
    untilSeen(conversation, "We are open");
  }

  @Test
  void anActivityThatComesAgainIsHeardOnce() {
    String conversation = greeted();
    JsonObject message = omnichannel.message(conversation, "opening hours");
    post(message);
    post(message);
    untilSeen(conversation, "We are open");
    post(omnichannel.message(conversation, "thanks"));
    await()
        .atMost(RunningBaton.LIMIT)
        .until(
            () ->
                omnichannel.seen(conversation).stream()
                    .anyMatch(
                        t ->
                            t.contains("welcome")
                                || t.contains("not sure")
                                || t.contains("understand")));
    assertThat(omnichannel.seen(conversation).stream().filter(t -> t.startsWith("We are open")))
        .hasSize(1);
  }

  @Test
  void repliesWaitWhileTheConnectorIsBusyAndKeepTheirOrder() {
    String conversation = greeted();
    omnichannel.failNext(429, 503, 401);
    post(omnichannel.message(conversation, "opening hours"));
    untilSeen(conversation, "We are open");
    assertThat(omnichannel.tokensGiven()).isGreaterThan(1);
  }

  @Test
  void onlyTheBotConnectorsTokensAreTaken() {
    String conversation = BotConnectorSimulator.newConversation();
    String body = omnichannel.message(conversation, "hello").encode();
    Instant later = Instant.now().plusSeconds(600);
    assertThat(status(null, body)).isEqualTo(401);
    assertThat(status("Bearer nonsense", body)).isEqualTo(401);
    assertThat(
            status(
                "Bearer " + omnichannel.keys().forged(APP, omnichannel.serviceClaim(), later),
                body))
        .isEqualTo(401);
    assertThat(
            status(
                "Bearer "
                    + omnichannel
                        .keys()
                        .ofIssuer("https://evil.example", APP, omnichannel.serviceClaim(), later),
                body))
        .isEqualTo(401);
    assertThat(
            status(
                "Bearer "
                    + omnichannel
                        .keys()
                        .token("another-app", omnichannel.serviceClaim(), Instant.EPOCH, later),
                body))
        .isEqualTo(401);
    assertThat(
            status(
                "Bearer "
                    + omnichannel
                        .keys()
                        .token(
                            APP,
                            omnichannel.serviceClaim(),
                            Instant.EPOCH,
                            Instant.now().minusSeconds(900)),
                body))
        .isEqualTo(401);
  }

  @Test
  void aTokenIsGoodForItsOwnServiceUrlOnly() {
    JsonObject activity =
        omnichannel
            .message(BotConnectorSimulator.newConversation(), "hello")
            .put("serviceUrl", "https://attacker.example/");
    assertThat(status("Bearer " + omnichannel.token(), activity.encode())).isEqualTo(403);
  }

  @Test
  void aServiceUrlOfAnUnknownHostIsRefusedEvenWhenTheTokenNamesIt() {
    String url = "https://attacker.example/";
    JsonObject activity =
        omnichannel
            .message(BotConnectorSimulator.newConversation(), "hello")
            .put("serviceUrl", url);
    String token =
        omnichannel
            .keys()
            .token(APP, Map.of("serviceurl", url), Instant.EPOCH, Instant.now().plusSeconds(600));
    assertThat(status("Bearer " + token, activity.encode())).isEqualTo(403);
  }

  @Test
  void newKeysAreFoundWithoutARestart() {
    greeted();
    omnichannel.keys().rotate();
    greeted();
  }

  @Test
  void whatIsNoActivityIsRefused() {
    assertThat(status("Bearer " + omnichannel.token(), "{not json")).isEqualTo(400);
    assertThat(status("Bearer " + omnichannel.token(), "[]")).isEqualTo(400);
    assertThat(status("Bearer " + omnichannel.token(), "{}")).isEqualTo(400);
  }

  @Test
  void aCustomerWhoComesBackFromARepresentativeTalksToTheBotAnew() {
    String conversation = greeted();
    post(omnichannel.message(conversation, "talk to a human"));
    await().atMost(RunningBaton.LIMIT).until(() -> omnichannel.commands(conversation).size() == 1);
    post(omnichannel.context(conversation, new JsonObject().put("msdyn_liveworkitemid", "5ba6")));
    post(omnichannel.message(conversation, "opening hours"));
    untilSeen(conversation, "We are open");
  }
}
