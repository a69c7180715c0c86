package dev.baton.channel.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.channel.turn.TurnWait.Outcome;
import dev.baton.channel.turn.Verdict.Reason;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Waiting for a turn of which the customer's activity is number 4 of the stream. */
class TurnWaitTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final String SAID = "c|0000004";

  private final TurnRules rules = TurnRules.defaults().withQuiet(Duration.ofMillis(60));
  private final TurnWait wait = waiting(Duration.ofSeconds(10));

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  private TurnWait waiting(Duration budget) {
    return new TurnWait(
        VERTX,
        Clock.systemUTC(),
        rules,
        new TurnHabits(rules),
        Instant.now().plus(budget),
        Runnable::run);
  }

  @Test
  void whatCameBeforeTheTurnBeganIsTakenIn() {
    wait.sending(SAID);
    wait.activities(5, List.of(bot("hello", null)));

    assertThat(outcome(begin(true, false)).reason()).isEqualTo(Reason.QUIET);
  }

  @Test
  void theCustomersOwnActivityAndEarlierOnesAreNoAnswer() {
    CompletableFuture<Outcome> outcome = begin(true, false);
    wait.activities(3, List.of(bot("earlier", null), customer()));
    wait.sending(SAID);

    assertThat(outcome).isNotDone();
    wait.activities(5, List.of(bot("now", null)));
    assertThat(outcome(outcome).lastContent()).isNotNull();
  }

  @Test
  void whatTheBotSaysBeforeTheActivityIsSentAnswersSomethingElse() {
    CompletableFuture<Outcome> outcome = begin(true, false);
    wait.activities(
        5, List.of(bot("late words, choose", "old").put("inputHint", "expectingInput")));
    wait.sending(SAID);
    wait.activities(6, List.of(bot("more of the old", "old").put("inputHint", "expectingInput")));
    wait.answered(SAID, "new");

    wait.activities(7, List.of(bot("the answer", "new").put("inputHint", "expectingInput")));
    assertThat(outcome(outcome).reason()).isEqualTo(Reason.EXPECTING_INPUT);
    assertThat(outcome.join().post()).isEqualTo("new");
  }

  @Test
  void aGreetingIsNotTheFirstTurn() {
    CompletableFuture<Outcome> outcome = begin(true, true);
    wait.sending(SAID);
    wait.activities(5, List.of(bot("Welcome!", "start").put("inputHint", "expectingInput")));
    wait.activities(6, List.of(bot("One moment", "post").put("inputHint", "expectingInput")));
    assertThat(outcome).isNotDone();

    wait.answered(SAID, "post");
    assertThat(outcome(outcome).post()).isEqualTo("post");
  }

  @Test
  void aHandoffEndsTheTurnWheneverItComes() {
    CompletableFuture<Outcome> outcome = begin(true, true);
    ObjectNode handoff = bot(null, null).put("type", "event").put("name", "handoff.initiate");
    wait.activities(5, List.of(handoff));

    assertThat(outcome(outcome).reason()).isEqualTo(Reason.HANDOFF);
  }

  @Test
  void thatTheBotCannotBeReachedEndsTheTurnAtOnce() {
    CompletableFuture<Outcome> outcome = begin(true, true);
    ObjectNode word = bot("Sorry.", null);
    ((ObjectNode) word.at("/channelData/baton"))
        .put("speaker", "system")
        .put("source", "bot-unavailable");
    wait.activities(5, List.of(word));

    assertThat(outcome).isDone();
  }

  @Test
  void theBoundEndsATurnWithoutAWord() {
    TurnWait brief = waiting(Duration.ofMillis(80));
    Outcome outcome = outcome(brief.begin(SAID, 4, List.of(), true, false));

    assertThat(outcome.reason()).isEqualTo(Reason.BOUND);
    assertThat(outcome.lastContent()).isNull();
  }

  @Test
  void aTurnOfAnActivityThatWasSentBeforeNeedsNoSending() {
    CompletableFuture<Outcome> outcome = begin(false, false);
    wait.replay(5, List.of(bot("there already", null)));

    assertThat(outcome(outcome).reason()).isEqualTo(Reason.QUIET);
  }

  private CompletableFuture<Outcome> begin(boolean posting, boolean greeted) {
    return wait.begin(SAID, 4, List.of(), posting, greeted);
  }

  private static Outcome outcome(CompletableFuture<Outcome> future) {
    return future.orTimeout(5, TimeUnit.SECONDS).join();
  }

  private static ObjectNode bot(String text, String replyTo) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode().put("type", "message");
    if (text != null) {
      activity.put("text", text);
    }
    activity.putObject("from").put("role", "bot");
    ObjectNode mark = activity.putObject("channelData").putObject("baton").put("speaker", "bot");
    if (replyTo != null) {
      mark.put("replyTo", replyTo);
    }
    return activity;
  }

  private static ObjectNode customer() {
    ObjectNode said = bot("hi", null);
    said.putObject("from").put("role", "user");
    return said;
  }
}
