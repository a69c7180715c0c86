package dev.baton.endtoend;

import static dev.baton.endtoend.GenesysFront.SECRET;
import static dev.baton.endtoend.GenesysFront.say;
import static dev.baton.endtoend.GenesysFront.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.simulator.genesys.ArchitectFlow;
import dev.baton.simulator.genesys.ConnectorSession;
import dev.baton.simulator.genesys.ConnectorTurn;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow of Genesys calls the bot turn by turn. */
class GenesysBotConnectorTest {
  private static GenesysFront front;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Map<String, String> more = new HashMap<>();
    GenesysFront.front(more, "brief", Map.of("session-limit", "1s"));
    GenesysFront.front(more, "strict", Map.of("budget-state", "Failed", "budget", "300ms"));
    GenesysFront.front(
        more, "kind", Map.of("budget-state", "Failed", "budget", "300ms", "graceful", "true"));
    GenesysFront.front(more, "greeted", Map.of());
    GenesysFront.front(
        more, "crowd", Map.of("budget", "15s", "repeat-header", "inin-correlation-id"));
    GenesysFront.front(more, "away", Map.of("budget", "10s"));
    more.put("baton.bots.away.url", "http://127.0.0.1:" + RunningBaton.freePort());
    more.put("baton.lanes.bot.limit", "1s");
    more.put("baton.bots.greeted.start-event", "greetMe");
    front = GenesysFront.start(folder, more);
  }

  @AfterAll
  static void stop() {
    front.close();
  }

  @Test
  void turnsOfEveryPaceAreDeliveredWholeAndInOrder() {
    ConnectorSession session = front.session();

    assertThat(say(session, "after 100").texts()).containsExactly("100 one");
    assertThat(say(session, "after 800").texts()).containsExactly("800 one", "800 two");
    assertThat(say(session, "after 1200").texts())
        .containsExactly("1200 one", "1200 two", "1200 three");
    assertThat(say(session, "after 2500").texts()).containsExactly("2500 one");
  }

  @Test
  void theGreetingDoesNotEndTheFirstTurn() {
    ConnectorSession session = front.genesys.connector().start(front.legacy("greeted"));

    assertThat(say(session, "after 1200").texts())
        .containsExactly("Hello.", "What can I do?", "1200 one", "1200 two", "1200 three");
  }

  @Test
  void anEmptyFirstMessageGetsTheGreetingAlone() {
    ConnectorSession session = front.genesys.connector().start(front.legacy("greeted"));

    assertThat(say(session, "").texts()).containsExactly("Hello.", "What can I do?");
    assertThat(say(session, "after 100").texts()).containsExactly("100 one");
  }

  @Test
  void whatComesAfterTheBudgetGoesOutFirstInTheNextAnswer() {
    ConnectorSession session = front.session();
    say(session, "after 100");

    ConnectorTurn slow = say(session, "after 9000");
    assertThat(slow.wantsMore()).isTrue();
    assertThat(slow.texts())
        .containsExactly("This is taking longer than usual. Thank you for your patience.");
    front.untilBotSaid(session, "9000 two");
    assertThat(say(session, "after 100").texts())
        .containsExactly("9000 one", "9000 two", "100 one");
    assertThat(front.heard(session)).containsExactly("after 100", "after 9000", "after 100");
  }

  @Test
  void aHandoffIsCompleteWithEscalateAndTheAgentsMessageAsASlot() {
    ConnectorSession session = front.session();
    say(session, "I have order A-1009");

    ConnectorTurn turn = say(session, "a human please");

    assertThat(turn.branch()).isEqualTo("Escalate");
    assertThat(turn.texts()).containsExactly("I am getting a colleague.");
    assertThat(turn.slots())
        .containsEntry("va_AgentMessage", "order A-1009")
        .containsEntry("OrderNumber", "A-1009")
        .containsEntry("Amount", 12)
        .containsEntry(
            "va_Phrases", new JsonArray().add("I have order A-1009").add("a human please"))
        .hasSizeGreaterThan(5);
    assertThat(turn.outputs()).containsEntry("Secret", "shh");
    assertThat(turn.problems()).isEmpty();
    assertThat(session.over()).isTrue();
  }

  @Test
  void aHandoffThatCameTooLateIsTheNextAnswerAndTheBotHearsNoMore() {
    ConnectorSession session = front.session();
    assertThat(say(session, "think about a human").wantsMore()).isTrue();
    front.untilBotSaid(session, "A human will help you.");

    ConnectorTurn turn = say(session, "are you there?");

    assertThat(turn.branch()).isEqualTo("Escalate");
    assertThat(turn.texts()).containsExactly("A human will help you.");
    assertThat(turn.slots()).containsEntry("va_AgentMessage", "thought about it");
    assertThat(front.heard(session)).containsExactly("think about a human");
  }

  @Test
  void theBotsGoodbyeIsCompleteWithItsOwnIntent() {
    ConnectorTurn turn = say(front.session(), "goodbye");

    assertThat(turn.branch()).isEqualTo("End");
    assertThat(turn.texts()).containsExactly("Goodbye!");
  }

  @Test
  void suggestedActionsAreQuickRepliesAndAPressedOneIsToldByItsPayload() {
    ConnectorSession session = front.session();
    ConnectorTurn choice = say(session, "choose");
    JsonObject reply = choice.replies().get(0);

    assertThat(choice.problems()).isEmpty();
    assertThat(reply.getString("type")).isEqualTo("Structured");
    assertThat(reply.getJsonArray("content").getJsonObject(0).getJsonObject("quickReply"))
        .isEqualTo(
            new JsonObject("{\"text\":\"A-17\",\"payload\":\"A-17\",\"action\":\"Message\"}"));
    turn(session.press("QuickReply", "A-17", "the one of 17"));
    assertThat(front.heard(session)).endsWith("the one of 17");
  }

  @Test
  void languageAndParametersReachTheBotAlsoWhenTheyChange() {
    ArchitectFlow gold = front.legacy("demo").language("de-de").input("customerTier", "gold");
    ConnectorSession session = front.genesys.connector().start(gold);

    assertThat(say(session, "who am i").texts()).containsExactly("customerTier = gold");
    JsonNode said =
        front.received(session).stream()
            .filter(a -> a.path("text").asText().equals("who am i"))
            .findFirst()
            .orElseThrow();
    assertThat(said.path("locale").asText()).isEqualTo("de-DE");
    assertThat(said.at("/channelData/genesys/parameters/customerTier").asText()).isEqualTo("gold");
    gold.input("customerTier", "platinum");
    assertThat(say(session, "who am i").texts()).containsExactly("customerTier = platinum");
  }

  @Test
  void oneTalkWithTheBotForEachSession() {
    ConnectorSession one = front.session();
    ConnectorSession other = front.session();
    say(one, "one");
    say(other, "other");
    say(one, "one more");

    assertThat(front.talks(one)).hasSize(1);
    assertThat(front.talks(other)).hasSize(1);
    assertThat(front.heard(one)).containsExactly("one", "one more");
  }

  @Test
  void callsOfOneSessionRunOneAfterTheOther() {
    ConnectorSession session = front.session();
    Future<ConnectorTurn> first = session.say("after 1200");
    front.untilBotHeard(session, "after 1200");
    Future<ConnectorTurn> second = session.say("after 100");

    assertThat(turn(first).texts()).containsExactly("1200 one", "1200 two", "1200 three");
    assertThat(turn(second).texts()).containsExactly("100 one");
    assertThat(front.heard(session)).containsExactly("after 1200", "after 100");
  }

  @Test
  void manyCallsWaitForTheirBotsWithoutAThreadEach() {
    List<ConnectorSession> sessions =
        Stream.generate(() -> front.genesys.connector().start(front.legacy("crowd")))
            .limit(40)
            .toList();
    List<Future<ConnectorTurn>> pending =
        sessions.stream().map(session -> session.say("nothing")).toList();
    sessions.forEach(session -> front.untilBotHeard(session, "nothing"));

    assertThat(pending).noneMatch(Future::isComplete);
    sessions.forEach(session -> front.baton.bot.say(front.talks(session).get(0), "at last"));
    for (Future<ConnectorTurn> turn : pending) {
      assertThat(turn(turn).texts()).containsExactly("at last");
    }
  }

  @Test
  void anAnswerThatNobodyWaitedForGoesOutWithTheNextOne() {
    String url = front.url("demo", "/botconnector/postutterance");
    String call =
        "{\"botSessionId\":\"impatient\",\"inputMessage\":{\"type\":\"Text\",\"text\":\"after"
            + " %d\"}}";
    HttpRequest impatient =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofMillis(250))
            .header("Authorization", SECRET)
            .POST(HttpRequest.BodyPublishers.ofString(call.formatted(2500)))
            .build();

    assertThatThrownBy(
            () ->
                HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(impatient, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
    Http.Answer next =
        front.baton.http.call("POST", url, call.formatted(100), "Authorization", SECRET);
    assertThat(next.json().path("replymessages").findValuesAsText("text"))
        .containsExactly("2500 one", "100 one");
  }

  @Test
  void aBotThatCannotBeReachedIsAFailure() {
    ConnectorTurn turn = say(front.genesys.connector().start(front.legacy("away")), "hello");

    assertThat(turn.branch()).isEqualTo(ConnectorTurn.FAILURE);
    assertThat(turn.error()).contains("502");
  }

  @Test
  void theSameRequestTwiceAtTheSameTimeReachesTheBotOnceAndBothAreAnswered() {
    CompletableFuture<Http.Answer> first = CompletableFuture.supplyAsync(() -> post("twice"));
    CompletableFuture<Http.Answer> second = CompletableFuture.supplyAsync(() -> post("twice"));

    assertThat(first.join().body()).contains("800 two").isEqualTo(second.join().body());
    assertThat(
            front.baton.bot.conversations().stream()
                .flatMap(id -> front.baton.bot.received(id).stream())
                .filter(a -> a.path("text").asText().equals("after 800 twice")))
        .hasSize(1);
  }

  @Test
  void aRepeatIsKnownByTheHeaderThatIsNamedForIt() {
    String url = front.url("crowd", "/botconnector/postutterance");
    String body =
        "{\"botSessionId\":\"by-header\",\"inputMessage\":{\"type\":\"Text\",\"text\":\"by"
            + " header\"}}";
    List<String> answers = new ArrayList<>();
    for (String id : List.of("call-1", "call-1", "call-2")) {
      Http.Answer answer =
          front.baton.http.call(
              "POST", url, body, "Authorization", SECRET, "inin-correlation-id", id);
      answers.add(answer.json().at("/replymessages/0/text").asText());
    }

    assertThat(answers).containsOnly("You said by header").hasSize(3);
    assertThat(
            front.baton.bot.conversations().stream()
                .flatMap(id -> front.baton.bot.received(id).stream())
                .filter(a -> a.path("text").asText().equals("by header")))
        .hasSize(2);
  }

  @Test
  void aSessionThatGenesysLetGoSilentlyBeginsAnew() {
    ConnectorSession session = front.genesys.connector().start(front.legacy("brief"));
    say(session, "before");
    Instant over = Instant.now().plusMillis(1_050);
    await("the session's limit").until(() -> Instant.now().isAfter(over));
    assertThat(say(session, "after").texts()).containsExactly("You said after");

    assertThat(front.talks(session)).hasSize(2);
  }

  @Test
  void aSpentBudgetGivesTheConfiguredState() {
    ConnectorTurn turn = say(front.genesys.connector().start(front.legacy("strict")), "after 9000");

    assertThat(turn.branch()).isEqualTo(ConnectorTurn.FAILURE);
    assertThat(turn.error()).contains("504");
  }

  @Test
  void aFailureMayEscalateGracefully() {
    ConnectorTurn turn = say(front.genesys.connector().start(front.legacy("kind")), "after 9000");

    assertThat(turn.branch()).isEqualTo("Escalate");
    assertThat(turn.outputs().get("batonError")).startsWith("504");
    assertThat(turn.problems()).isEmpty();
  }

  @Test
  void wrongCredentialsAreRefusedAndEveryAcceptedOneIsTaken() {
    ArchitectFlow wrong = front.legacy("demo").credential("Authorization", "guessed");
    ArchitectFlow old = front.legacy("demo").credential("Authorization", "old-secret-of-theirs");

    ConnectorTurn refused = say(front.genesys.connector().start(wrong), "hello");
    assertThat(refused.branch()).isEqualTo(ConnectorTurn.FAILURE);
    assertThat(refused.error()).contains("401").contains("BTN-1150").doesNotContain(SECRET);
    assertThat(say(front.genesys.connector().start(old), "hello").wantsMore()).isTrue();
  }

  @Test
  void aMalformedRequestIsRefusedWithItsReason() {
    String url = front.url("demo", "/botconnector/postutterance");
    Http.Answer broken =
        front.baton.http.call("POST", url, "{\"botSessionId\":", "Authorization", SECRET);
    Http.Answer without =
        front.baton.http.call("POST", url, "{\"botSessionId\":\"s1\"}", "Authorization", SECRET);

    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.json().path("code").asText()).isEqualTo("BTN-1152");
    assertThat(without.json().path("detail").asText()).contains("inputMessage");
    assertThat(without.json().path("botState").asText()).isEqualTo("Failed");
  }

  private static Http.Answer post(String session) {
    String body =
        """
        {"BotSessionId": "%s", "unknown": {"a": [1]},
         "inputMessage": {"type": "text", "text": "after 800 %s"}}
        """
            .formatted(session, session);
    String url = front.url("demo", "/botconnector/postutterance");
    return front.baton.http.call("POST", url, body, "Authorization", SECRET);
  }
}
