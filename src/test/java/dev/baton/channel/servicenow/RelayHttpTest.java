package dev.baton.channel.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.channel.servicenow.InterconnectCaller.Turns;
import dev.baton.channel.turn.TurnRules;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.Fault;
import dev.baton.simulator.copilot.FaultKind;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The relay's HTTP: headers in, errors out. */
class RelayHttpTest {
  private static RelayRig rig;

  @BeforeAll
  static void start() {
    rig = new RelayRig(CopilotOptions.defaults().pace(0), 2, TurnRules.defaults());
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @AfterEach
  void repair() {
    rig.bot.faults().clear();
  }

  private static Map<String, String> headers(String conversation) {
    Map<String, String> headers = new HashMap<>();
    headers.put("authorization", "Bearer " + rig.bot.secret());
    headers.put("conversationid", conversation);
    headers.put("waittime", "1");
    return headers;
  }

  private static String conversation() {
    Turns turns = rig.caller.start();
    turns.post("count");
    return turns.conversation;
  }

  @ParameterizedTest
  @CsvSource({
    "authorization, Bearer simulated-secret",
    "authorization, bearer simulated-secret",
    "dlsecret, simulated-secret",
    "dlsecret, own-secret",
    "authorization, Bearer own-secret",
    "x-relay-key, own-secret",
  })
  void theSecretMayComeInAnyOfTheHeaders(String header, String value) {
    Map<String, String> headers = headers(conversation());
    headers.remove("authorization");
    headers.put(header, value);

    assertThat(rig.caller.call(headers).statusCode()).isEqualTo(200);
  }

  @Test
  void aWrongSecretIsRefusedAndNotShown() {
    Map<String, String> headers = headers(conversation());
    headers.put("authorization", "Bearer not-the-secret");

    HttpResponse<String> answer = rig.caller.call(headers);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(error(answer, "code")).isEqualTo("BadArgument");
    assertThat(answer.body()).contains("BTN-1101").doesNotContain("not-the-secret");
  }

  @Test
  void aMissingHeaderIsNamed() {
    Map<String, String> noConversation = headers("c");
    noConversation.remove("conversationid");
    Map<String, String> noSecret = headers("c");
    noSecret.remove("authorization");

    for (var expected :
        Map.of("conversationid", noConversation, "authorization", noSecret).entrySet()) {
      HttpResponse<String> answer = rig.caller.call(expected.getValue());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(error(answer, "code")).isEqualTo("BadArgument");
      assertThat(error(answer, "message")).contains("'" + expected.getKey() + "'");
    }
  }

  @Test
  void aWaitTimeThatIsNoNumberIsRefused() {
    Map<String, String> headers = headers("c");
    headers.put("waittime", "soon");

    assertThat(error(rig.caller.call(headers), "message")).contains("waittime");
  }

  @Test
  void anErrorOfDirectLinePassesThroughWithItsBody() {
    HttpResponse<String> answer = rig.caller.call(headers("no-such-conversation"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(error(answer, "code")).isEqualTo("BadArgument");
    assertThat(error(answer, "message")).startsWith("Unknown conversation");
  }

  @Test
  void aDirectLineThatBreaksTheConnectionIsFiveHundred() {
    String conversation = conversation();
    // The HTTP client itself sends a read once more when its connection had been used before.
    rig.bot.faults().arm(Fault.once(FaultKind.CONNECTION_RESET).at("get").times(3));

    HttpResponse<String> answer = rig.caller.call(headers(conversation));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(error(answer, "code")).isEqualTo("ServiceError");
  }

  @Test
  void withoutWatermarkTheWholeConversationIsRead() {
    String conversation = conversation();
    Map<String, String> headers = headers(conversation);
    headers.put("watermark", "");

    assertThat(InterconnectCaller.json(rig.caller.call(headers)).path("activities"))
        .hasSameSizeAs(rig.bot.stream(conversation));
  }

  @Test
  void theUsersOwnActivitiesAreLeftOutOnRequest() {
    String conversation = conversation();
    Map<String, String> headers = headers(conversation);
    headers.put("exclude", "own, trace");

    var set = InterconnectCaller.json(rig.caller.call(headers));

    assertThat(set.path("activities")).isNotEmpty();
    assertThat(set.path("activities"))
        .allMatch(activity -> activity.path("from").path("role").asText().equals("bot"));
    assertThat(set.path("watermark").asText())
        .isEqualTo(String.valueOf(rig.bot.stream(conversation).size() - 1));
  }

  @Test
  void anotherMethodIsRefusedWithTheOneThatIsTaken() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(rig.address).POST(BodyPublishers.ofString("{}")).build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void moreCallsThanAllowedAreToldToComeAgainAndACallerThatLeavesMakesRoom() {
    Map<String, String> headers = headers(rig.caller.start().conversation);
    headers.put("waittime", "30000");
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request = InterconnectCaller.request(rig.address, headers);
    var one = http.sendAsync(request, BodyHandlers.ofString());
    var two = http.sendAsync(request, BodyHandlers.ofString());
    await().until(() -> rig.waiting() == 2);

    HttpResponse<String> third = rig.caller.call(headers);

    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After")).isPresent();
    one.cancel(true);
    two.cancel(true);
    await().atMost(Duration.ofSeconds(20)).until(() -> rig.waiting() == 0);
  }

  @Test
  void aNodeThatStopsAnswersWhatWaits() {
    try (RelayRig stopping =
        new RelayRig(CopilotOptions.defaults().pace(0), 2, TurnRules.defaults())) {
      Turns turns = stopping.caller.start();
      var waiting =
          CompletableFuture.supplyAsync(
              () ->
                  stopping.caller.call(
                      Map.of(
                          "dlsecret",
                          stopping.bot.secret(),
                          "conversationid",
                          turns.conversation)));
      await().until(() -> stopping.waiting() == 1);

      stopping.relay.drain();

      assertThat(waiting.join().statusCode()).isEqualTo(503);
      assertThat(waiting.join().headers().firstValue("Retry-After")).isPresent();
    }
  }

  private static String error(HttpResponse<String> answer, String member) {
    return InterconnectCaller.json(answer).path("error").path(member).asText();
  }
}
