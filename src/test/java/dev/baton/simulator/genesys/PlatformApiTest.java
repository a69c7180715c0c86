package dev.baton.simulator.genesys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mypurecloud.sdk.v2.model.BotConnectorBot;
import com.mypurecloud.sdk.v2.model.BotConnectorBotSummaryEntityListing;
import com.mypurecloud.sdk.v2.model.BotConnectorBotVersionSummaryEntityListing;
import com.mypurecloud.sdk.v2.model.BotList;
import com.mypurecloud.sdk.v2.model.ErrorBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OAuth, rates, faults, and the import of bots. */
class PlatformApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static GenesysSimulator genesys;
  private static Api api;
  private static String bots;

  @BeforeAll
  static void start() {
    genesys = GenesysSimulator.start(GenesysSimulatorOptions.quick());
    api = new Api(genesys).login();
    bots = "/api/v2/integrations/botconnector/" + genesys.connectorIntegrationId() + "/bots";
  }

  @AfterAll
  static void stop() {
    genesys.close();
  }

  @AfterEach
  void disarm() {
    genesys.faults().clear();
  }

  @Test
  void aTokenNeedsTheRightSecretAndTheRightGrant() {
    assertThat(api.token("wrong", "grant_type=client_credentials").statusCode()).isEqualTo(401);
    assertThat(api.token(genesys.clientSecret(), "grant_type=password").statusCode())
        .isEqualTo(400);
    JsonObject token =
        new JsonObject(api.token(genesys.clientSecret(), "grant_type=client_credentials").body());
    assertThat(token.getString("token_type")).isEqualTo("bearer");
    assertThat(token.getInteger("expires_in")).isEqualTo(86_400);
    assertThat(new Api(genesys).get(bots).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenThatHasExpiredIsRefusedAndSoIsOneThatAFaultRevokes() {
    try (GenesysSimulator other =
        GenesysSimulator.start(GenesysSimulatorOptions.quick().tokenLife(Duration.ofNanos(1)))) {
      assertThat(new Api(other).login().get("/api/v2/notifications/channels").statusCode())
          .isEqualTo(401);
    }
    Api client = new Api(genesys).login();
    genesys.faults().arm(GenesysFaultKind.TOKEN_EXPIRED);
    assertThat(client.get(bots).statusCode()).isEqualTo(401);
    assertThat(client.get(bots).statusCode()).isEqualTo(401);
    assertThat(client.login().get(bots).statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenThatCallsTooOftenHasToWaitAndAnotherOneHasNot() throws Exception {
    try (GenesysSimulator other =
        GenesysSimulator.start(GenesysSimulatorOptions.quick().rate(3, Duration.ofSeconds(20)))) {
      Api client = new Api(other).login();
      for (int i = 0; i < 3; i++) {
        assertThat(client.get("/api/v2/notifications/channels").statusCode()).isEqualTo(200);
      }
      HttpResponse<String> tooMany = client.get("/api/v2/notifications/channels");
      assertThat(tooMany.statusCode()).isEqualTo(429);
      assertThat(Long.parseLong(tooMany.headers().firstValue("Retry-After").orElseThrow()))
          .isBetween(1L, 20L);
      ErrorBody error = JSON.readValue(tooMany.body(), ErrorBody.class);
      assertThat(error.getLimit().getValue()).isEqualTo(3);
      assertThat(error.getLimit().getNamespace().toString()).isEqualTo("platform.api");
      assertThat(new Api(other).login().get("/api/v2/notifications/channels").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aFaultStrikesTheCallItIsMeantForAsOftenAsItWasOrdered() {
    genesys
        .faults()
        .arm(
            GenesysFaults.Fault.once(GenesysFaultKind.THROTTLED)
                .at("message")
                .times(2)
                .retryAfter(7));
    assertThat(api.get(bots).statusCode()).isEqualTo(200);
    HttpResponse<String> first = api.message("f-1", "m-1", Instant.now().toString(), "x");
    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("Retry-After")).contains("7");
    assertThat(api.message("f-1", "m-1", Instant.now().toString(), "x").statusCode())
        .isEqualTo(429);
    assertThat(genesys.conversationOf("f-1")).isEmpty();
    assertThat(api.message("f-1", "m-1", Instant.now().toString(), "x").statusCode())
        .isEqualTo(200);
    assertThat(genesys.faults().struck(GenesysFaultKind.THROTTLED)).isEqualTo(2);
  }

  @Test
  void aLostAnswerDoesNotMeanThatNothingWasDone() {
    genesys.faults().arm(GenesysFaultKind.BAD_GATEWAY);
    String time = Instant.now().toString();
    assertThat(api.message("f-2", "m-1", time, "once").statusCode()).isEqualTo(502);
    genesys.faults().arm(GenesysFaultKind.CONNECTION_RESET);
    assertThatThrownBy(() -> api.message("f-2", "m-1", time, "once"))
        .hasRootCauseInstanceOf(IOException.class);
    assertThat(api.message("f-2", "m-1", time, "once").statusCode()).isEqualTo(200);
    assertThat(genesys.conversationOf("f-2").orElseThrow().inboundTexts()).containsExactly("once");
  }

  @Test
  void everyStatusCanBeOrdered() {
    for (Map.Entry<GenesysFaultKind, Integer> expected :
        Map.of(
                GenesysFaultKind.SERVER_ERROR, 500,
                GenesysFaultKind.UNAVAILABLE, 503,
                GenesysFaultKind.GATEWAY_TIMEOUT, 504,
                GenesysFaultKind.FORBIDDEN, 403,
                GenesysFaultKind.NOT_FOUND, 404)
            .entrySet()) {
      genesys.faults().arm(expected.getKey());
      assertThat(api.get(bots).statusCode()).isEqualTo(expected.getValue());
    }
  }

  @Test
  void anImportReplacesTheListAndIsReadBackInTheVendorsShapes() throws Exception {
    JsonObject list = list(2);
    assertThat(api.call("PUT", bots, list.encode()).statusCode()).isEqualTo(204);
    BotList read = JSON.readValue(api.get(bots).body(), BotList.class);
    assertThat(read.getChatBots()).hasSize(2);
    BotConnectorBotSummaryEntityListing summaries =
        JSON.readValue(
            api.get(bots + "/summaries?pageSize=1&pageNumber=2").body(),
            BotConnectorBotSummaryEntityListing.class);
    assertThat(summaries.getTotal()).isEqualTo(2);
    assertThat(summaries.getEntities()).extracting(bot -> bot.getId()).containsExactly("bot-1");
    BotConnectorBot one =
        JSON.readValue(api.get(bots + "/bot-0?version=v1").body(), BotConnectorBot.class);
    assertThat(one.getVersions().get(0).getIntents().get(0).getSlots())
        .containsKey("va_AgentMessage");
    assertThat(api.get(bots + "/bot-0?version=v9").statusCode()).isEqualTo(404);
    assertThat(
            JSON.readValue(
                    api.get(bots + "/bot-0/versions").body(),
                    BotConnectorBotVersionSummaryEntityListing.class)
                .getEntities())
        .hasSize(1);
    assertThat(api.call("PUT", bots, list(1).encode()).statusCode()).isEqualTo(204);
    assertThat(api.get(bots + "/bot-1").statusCode()).isEqualTo(404);
    ArchitectFlow flow =
        ArchitectFlow.legacy("http://127.0.0.1:1/")
            .intentsOf(genesys.bots().version("bot-0", null).orElseThrow());
    assertThat(flow.branch("Escalate")).contains(Map.of("va_AgentMessage", "String"));
  }

  @Test
  void everyLimitOfTheImportIsChecked() {
    assertThat(refusal(list(51))).contains("chatBots has 51 elements");
    JsonObject bot = bot("b");
    bot.put("description", " outer blank");
    assertThat(refusal(listOf(bot))).contains("description");
    bot.put("description", "x".repeat(257));
    assertThat(refusal(listOf(bot))).contains("description");
    bot = bot("b");
    version(bot).put("version", "x".repeat(101));
    assertThat(refusal(listOf(bot))).contains("more than 100 characters");
    bot = bot("b");
    version(bot).put("supportedLanguages", new JsonArray());
    assertThat(refusal(listOf(bot))).contains("supportedLanguages is required");
    bot = bot("b");
    intent(bot).put("name", "Escalate ");
    assertThat(refusal(listOf(bot))).contains("must not begin or end with a blank");
    bot = bot("b");
    intent(bot)
        .put(
            "slots",
            new JsonObject()
                .put("a", new JsonObject().put("name", "a").put("type", "Text"))
                .put("b", new JsonObject().put("name", "x".repeat(101)).put("type", "string")));
    assertThat(refusal(listOf(bot))).contains("there is no type Text", "slot b: name");
    bot = bot("b");
    JsonObject slots = new JsonObject();
    IntStream.range(0, 51)
        .forEach(
            i ->
                slots.put(
                    "s" + i,
                    new JsonObject().put("name", "s" + i).put("type", "DecimalCollection")));
    intent(bot).put("slots", slots);
    assertThat(refusal(listOf(bot))).contains("51 slots").doesNotContain("no type");
    bot = bot("b");
    for (int i = 0; i < 50; i++) {
      version(bot).getJsonArray("intents").add(new JsonObject().put("name", "i" + i));
      bot.getJsonArray("versions").add(version(bot("b")));
    }
    assertThat(refusal(listOf(bot)))
        .contains("versions has 51 elements", "intents has 51 elements");
    assertThat(refusal(new JsonObject())).contains("chatBots is required");
    assertThat(refusal(listOf(new JsonObject())))
        .contains("chatBots[].id is required", "versions is required");
  }

  private static String refusal(JsonObject list) {
    HttpResponse<String> answer = api.call("PUT", bots, list.encode());
    assertThat(answer.statusCode()).isEqualTo(400);
    return new JsonObject(answer.body()).getString("message");
  }

  private static JsonObject list(int count) {
    JsonArray all = new JsonArray();
    IntStream.range(0, count).forEach(i -> all.add(bot("bot-" + i)));
    return new JsonObject().put("chatBots", all);
  }

  private static JsonObject listOf(JsonObject bot) {
    return new JsonObject().put("chatBots", new JsonArray().add(bot));
  }

  private static JsonObject bot(String id) {
    JsonObject slot = new JsonObject().put("name", "va_AgentMessage").put("type", "String");
    JsonObject intent =
        new JsonObject()
            .put("name", "Escalate")
            .put("slots", new JsonObject().put("va_AgentMessage", slot));
    JsonObject version =
        new JsonObject()
            .put("version", "v1")
            .put("supportedLanguages", new JsonArray().add("en-us"))
            .put("intents", new JsonArray().add(intent));
    return new JsonObject()
        .put("id", id)
        .put("name", "Bot " + id)
        .put("versions", new JsonArray().add(version));
  }

  private static JsonObject version(JsonObject bot) {
    return bot.getJsonArray("versions").getJsonObject(0);
  }

  private static JsonObject intent(JsonObject bot) {
    return version(bot).getJsonArray("intents").getJsonObject(0);
  }
}
