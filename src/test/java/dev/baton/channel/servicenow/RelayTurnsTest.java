package dev.baton.channel.servicenow;

import static dev.baton.channel.servicenow.InterconnectCaller.said;
import static dev.baton.channel.servicenow.RelayRig.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.channel.servicenow.InterconnectCaller.Turns;
import dev.baton.channel.turn.TurnRules;
import dev.baton.simulator.copilot.Fault;
import dev.baton.simulator.copilot.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole turns through the relay: everything in the same answer, in order. */
class RelayTurnsTest {
  private static final String SCRIPT =
      "topics:\n"
          + topic("in one go", "wait: 100ms", "text: one", "text: two", "text: three")
          + topic(
              "spaced",
              "wait: 50ms",
              "text: one",
              "wait: 150ms",
              "text: two",
              "wait: 200ms",
              "text: three")
          + topic(
              "typing",
              "wait: 50ms",
              "text: one",
              "wait: 100ms",
              "typing: true",
              "wait: 700ms",
              "text: two",
              "{text: three, hint: expectingInput}")
          + topic("hint", "text: one", "wait: 150ms", "{text: two, hint: expectingInput}")
          + topic("human", "wait: 50ms", "text: I will get someone.", "handoff: {}")
          + topic("early human", "handoff: {}", "wait: 60ms", "text: I will get someone.")
          + topic("bye", "text: Bye", "end: completedSuccessfully")
          + topic("mute")
          + "  - name: fallback\n    fallback: true\n    steps:\n"
          + "      - {text: \"${text}!\", hint: expectingInput}\n";

  /** Half a second is enough for these bots, and shortens the tests. */
  private static final Duration QUIET = Duration.ofMillis(500);

  @TempDir static Path folder;
  private static RelayRig rig;

  @BeforeAll
  static void start() {
    rig =
        new RelayRig(RelayRig.options(folder, SCRIPT), 100, TurnRules.defaults().withQuiet(QUIET));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @AfterEach
  void repair() {
    rig.bot.faults().clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"in one go", "spaced", "typing"})
  void threeMessagesOfATurnComeTogetherAndInOrder(String text) {
    assertThat(rig.caller.start().ask(text)).containsExactly("one", "two", "three");
  }

  @Test
  void oneTurnAfterTheOtherEachHasItsOwnMessages() {
    Turns turns = rig.caller.start();

    assertThat(turns.ask("in one go")).containsExactly("one", "two", "three");
    assertThat(turns.ask("hint")).containsExactly("one", "two");
    assertThat(turns.ask("hello")).containsExactly("hello!");
    assertThat(turns.ask("spaced")).containsExactly("one", "two", "three");
  }

  @Test
  void theAnswerIsDirectLinesActivitySet() {
    Turns turns = rig.caller.start();
    turns.post("hello");

    JsonNode set = turns.read();

    assertThat(set.path("watermark").asText()).isEqualTo("1");
    assertThat(set.path("activities")).hasSize(2);
    assertThat(set.path("activities")).hasToString(all(turns.conversation));
  }

  @Test
  void aHandoffComesWithTheTextThatBelongsToIt() {
    for (String text : new String[] {"human", "early human"}) {
      Turns turns = rig.caller.start();
      turns.post(text);

      JsonNode set = turns.read();

      assertThat(said(set)).as(text).containsExactly("I will get someone.");
      assertThat(set.path("activities").findValuesAsText("name")).contains("handoff.initiate");
    }
    assertThat(rig.meters.counter("baton.relay.handoffs", "bot", RelayRig.BOT).count())
        .isGreaterThanOrEqualTo(2);
  }

  @Test
  void theEndOfTheConversationIsDelivered() {
    Turns turns = rig.caller.start();
    turns.post("bye");

    assertThat(turns.read().path("activities").findValuesAsText("type"))
        .containsExactly("message", "message", "endOfConversation");
  }

  @Test
  void anEmptyAnswerIsGivenAtTheBoundOnly() {
    Turns turns = rig.caller.start();
    turns.post("mute");
    long begin = System.nanoTime();

    JsonNode set = turns.read(Duration.ofMillis(250));

    assertThat(said(set)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(245));
  }

  @Test
  void whatTheBotSaysAfterTheBoundComesWithTheNextCall() {
    Turns turns = rig.caller.start();
    turns.post("in one go");

    assertThat(said(turns.read(Duration.ZERO))).isEmpty();
    assertThat(said(turns.read())).containsExactly("one", "two", "three");
  }

  @Test
  void twoCallsForOneConversationBothGetTheTurn() {
    Turns turns = rig.caller.start();
    turns.post("spaced");
    Turns same = rig.caller.join(turns.conversation);

    CompletableFuture<JsonNode> other = CompletableFuture.supplyAsync(same::read);

    assertThat(said(turns.read())).containsExactly("one", "two", "three");
    assertThat(said(other.join())).containsExactly("one", "two", "three");
  }

  @Test
  void aStreamThatBreaksOrRepeatsChangesNothing() {
    for (FaultKind fault :
        new FaultKind[] {
          FaultKind.SOCKET_DROP,
          FaultKind.HISTORY_REPLAY,
          FaultKind.DUPLICATE,
          FaultKind.NUMERIC_WATERMARK,
          FaultKind.WATERMARK_RESET
        }) {
      Turns turns = rig.caller.start();
      turns.ask("hello");
      rig.bot.faults().arm(Fault.once(fault).in(turns.conversation).times(2));

      assertThat(turns.ask("in one go")).as(fault.id()).containsExactly("one", "two", "three");
      rig.bot.faults().clear();
    }
  }

  @Test
  void withoutAStreamTheTurnIsReadAtIntervals() {
    Turns turns = rig.caller.start();
    rig.bot.faults().arm(Fault.once(FaultKind.SERVER_ERROR).at("reconnect").times(Fault.ALWAYS));

    assertThat(turns.ask("spaced")).containsExactly("one", "two", "three");
  }

  @Test
  void aReadThatFailsInTheMiddleOfATurnIsTriedAgain() {
    Turns turns = rig.caller.start();
    turns.post("in one go");
    Fault fault = Fault.once(FaultKind.UNAVAILABLE).at("get").in(turns.conversation);
    CompletableFuture<JsonNode> read = CompletableFuture.supplyAsync(turns::read);
    await().until(() -> rig.waiting() == 1);
    rig.bot.faults().arm(fault);

    assertThat(said(read.join())).containsExactly("one", "two", "three");
  }

  private static String all(String conversation) {
    return "["
        + String.join(",", rig.bot.stream(conversation).stream().map(Object::toString).toList())
        + "]";
  }

  @Test
  void aMessageThatCameTooLateIsDeliveredNextAndTeachesPatience() {
    String script =
        "topics:\n"
            + topic("go", "text: one", "text: two", "text: three", "wait: 250ms", "text: four");
    try (RelayRig own =
        new RelayRig(RelayRig.options(folder, script), 10, TurnRules.defaults().withQuiet(QUIET))) {
      Turns turns = own.caller.start();
      assertThat(turns.ask("go")).containsExactly("one", "two", "three");
      await().until(() -> own.bot.stream(turns.conversation).size() == 5);

      assertThat(turns.ask("go")).containsExactly("four", "one", "two", "three", "four");
    }
  }

  @Test
  void aServiceWithoutStreamsRolesAndHintsIsReadOftenEnough() throws Exception {
    try (PlainDirectLine service = new PlainDirectLine()) {
      InterconnectCaller caller = service.caller();
      Turns turns = caller.join("c");
      service.post("c", "hello");
      CompletableFuture<JsonNode> read = CompletableFuture.supplyAsync(turns::read);
      await().until(() -> service.reads() > 3);

      Instant said = service.say("c", "one", "two", "three");
      JsonNode set = read.join();

      assertThat(set.path("activities").findValuesAsText("text"))
          .containsExactly("hello", "one", "two", "three");
      // Far below the usual interval of reading: 20 ms, the quiet period, and a loaded machine.
      assertThat(Duration.between(said, Instant.now())).isLessThan(Duration.ofMillis(700));
    }
  }
}
