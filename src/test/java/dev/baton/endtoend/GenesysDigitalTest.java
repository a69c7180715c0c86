package dev.baton.endtoend;

import static dev.baton.endtoend.GenesysFront.SECRET;
import static dev.baton.endtoend.GenesysFront.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.simulator.genesys.ConnectorSession;
import dev.baton.simulator.genesys.ConnectorTurn;
import dev.baton.simulator.genesys.GenesysFaultKind;
import dev.baton.simulator.genesys.GenesysFaults.Fault;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digital Bot Connector: the bots are asked for, turns are answered at once or follow. */
class GenesysDigitalTest {
  private static GenesysFront front;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Map<String, String> more = new HashMap<>();
    GenesysFront.front(more, "later", Map.of("reply", "asynchronous", "asynchronous-budget", "5s"));
    GenesysFront.front(more, "strict", Map.of("budget-state", "Failed", "budget", "300ms"));
    front = GenesysFront.startWithCloud(folder, more, "later");
  }

  @AfterAll
  static void stop() {
    front.close();
  }

  @Test
  void theBotsAreListedWithTheirIntentsAndEntities() {
    JsonObject bots = turn(front.genesys.connector().bots(front.digital("demo")));
    JsonObject bot = bots.getJsonArray("entities").getJsonObject(0);
    JsonObject version = bot.getJsonArray("versions").getJsonObject(0);

    assertThat(bot.getString("id")).isEqualTo("demo");
    assertThat(bot.getString("provider")).isEqualTo("Baton");
    assertThat(version.getJsonArray("supportedLanguages")).containsExactly("en-us");
    assertThat(
            version.getJsonArray("intents").stream().map(i -> ((JsonObject) i).getString("name")))
        .containsExactly("None", "Escalate", "End");
    assertThat(version.getJsonArray("intents").getJsonObject(1).getJsonArray("entities"))
        .contains(new JsonObject().put("name", "Amount").put("type", "Integer"));
    assertThat(turn(front.genesys.connector().bot(front.digital("demo"), "demo"))).isEqualTo(bot);
  }

  @Test
  void anotherBotIsUnknownAndNothingIsToldWithoutTheCredential() {
    Http.Answer unknown =
        front.baton.http.call(
            "GET", front.url("demo", "/v2/bots/other"), null, "Authorization", SECRET);
    Http.Answer refused = front.baton.http.call("GET", front.url("demo", "/v2/bots"), null);

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().path("code").asText()).isEqualTo("BTN-1156");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body()).doesNotContain("Escalate");
  }

  @Test
  void aTurnIsAnsweredWithReplyMessagesAndEntitiesAsStrings() {
    ConnectorSession session = front.genesys.connector().start(front.digital("demo"));
    ConnectorTurn words = say(session, "after 1200 for A-1009");
    ConnectorTurn turn = say(session, "a human");

    assertThat(words.texts()).containsExactly("1200 one", "1200 two", "1200 three");
    assertThat(words.answer().containsKey("replyMessages")).isTrue();
    assertThat(turn.branch()).isEqualTo("Escalate");
    assertThat(turn.problems()).isEmpty();
    assertThat(turn.answer().getJsonArray("entities"))
        .contains(
            new JsonObject().put("name", "Amount").put("type", "Integer").put("value", "12"),
            new JsonObject()
                .put("name", "OrderNumber")
                .put("type", "String")
                .put("value", "A-1009"));
  }

  @Test
  void aFailureSaysWhyInBothSpellings() {
    ConnectorTurn turn =
        say(front.genesys.connector().start(front.digital("strict")), "after 9000");
    JsonObject info = turn.answer().getJsonObject("errorInfo");

    assertThat(turn.branch()).isEqualTo(ConnectorTurn.FAILURE);
    assertThat(info.getString("errorCode")).isEqualTo("504").isEqualTo(info.getString("code"));
    assertThat(info.getString("errorMessage"))
        .isEqualTo(info.getString("message"))
        .contains("in time");
  }

  @Test
  void aMessageThatIsRepeatedGetsTheSameAnswerAndReachesTheBotOnce() {
    String body =
        """
        {"messageId": "m-1", "conversationId": "c-repeated", "botId": "demo",
         "inputMessage": {"type": "Text", "text": "once"}}
        """;
    JsonNode first = post(body);
    JsonNode again = post(body);

    assertThat(first.at("/replyMessages/0/text").asText()).isEqualTo("You said once");
    assertThat(again).isEqualTo(first);
    assertThat(
            front.baton.bot.conversations().stream()
                .flatMap(id -> front.baton.bot.received(id).stream())
                .filter(a -> a.path("text").asText().equals("once")))
        .hasSize(1);
  }

  @Test
  void aTurnMayFollowByACallOfBatons() {
    ConnectorSession session = front.genesys.connector().start(front.digital("later"));

    assertThat(say(session, "after 2500").texts()).containsExactly("2500 one");
    ConnectorTurn turn = say(session, "a human for A-1009");
    assertThat(turn.branch()).isEqualTo("Escalate");
    assertThat(turn.slots()).containsEntry("va_AgentMessage", "order A-1009");
    assertThat(turn.problems()).isEmpty();
    assertThat(turn.answer().getString("botSessionId")).isEqualTo(session.id());
  }

  @Test
  void theCallIsMadeAgainWhenThePlatformIsBusyOrTheTokenWasRevoked() {
    ConnectorSession session = front.genesys.connector().start(front.digital("later"));
    front
        .genesys
        .faults()
        .arm(Fault.once(GenesysFaultKind.THROTTLED).at("outgoing").retryAfter(0))
        .arm(Fault.once(GenesysFaultKind.UNAVAILABLE).at("outgoing"));
    assertThat(say(session, "after 100").texts()).containsExactly("100 one");
    front.genesys.revokeTokens();
    assertThat(say(session, "after 100").texts()).containsExactly("100 one");
  }

  private static JsonNode post(String body) {
    return front
        .baton
        .http
        .call("POST", front.url("demo", "/v2/messages"), body, "Authorization", SECRET)
        .json();
  }

  private static <T> T turn(Future<T> future) {
    return RunningBaton.get(future.toCompletionStage());
  }
}
