package dev.baton.channel.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.channel.turn.PlayedTurn.Outcome;
import dev.baton.channel.turn.TurnActivity.Hint;
import dev.baton.channel.turn.TurnActivity.Kind;
import dev.baton.channel.turn.Verdict.Reason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnDetectorTest {

  @Test
  void threeMessagesInOneGoAreCompleteRightAfterTheLast() {
    for (long latency : new long[] {100, 1200, 2500}) {
      Outcome turn =
          new PlayedTurn()
              .echo(5)
              .message(latency)
              .message(latency + 3)
              .message(latency + 5)
              .play();

      assertThat(turn.whole()).isTrue();
      assertThat(turn.reason()).isEqualTo(Reason.QUIET);
      assertThat(turn.at()).isLessThan(latency + 5 + 50);
    }
  }

  @Test
  void messagesSomeHundredMillisecondsApartAreNotCut() {
    Outcome turn = new PlayedTurn().echo(0).message(100).message(450).message(1000).play();

    assertThat(turn.whole()).isTrue();
  }

  @Test
  void typingBetweenMessagesKeepsTheTurnOpenForLongerThanTheQuietPeriod() {
    Outcome turn =
        new PlayedTurn()
            .echo(0)
            .message(100)
            .other(200, Kind.TYPING)
            .message(4000)
            .message(4002)
            .play();

    assertThat(turn.whole()).isTrue();
  }

  @Test
  void typingThatLeadsNowhereEndsAtItsOwnLimit() {
    PlayedTurn played = new PlayedTurn().bound(60_000).echo(0).message(100);
    for (long at = 500; at < 50_000; at += 1000) {
      played.other(at, Kind.TYPING);
    }

    assertThat(played.play().at()).isEqualTo(20_100);
    assertThat(new PlayedTurn().message(100).other(200, Kind.TYPING).play().at()).isEqualTo(5200);
  }

  @Test
  void aMessageThatExpectsInputEndsTheTurn() {
    Outcome turn = new PlayedTurn().message(100).message(500).expecting(900).play();

    assertThat(turn.reason()).isEqualTo(Reason.EXPECTING_INPUT);
    assertThat(turn.at()).isEqualTo(920);
  }

  @Test
  void anAnswerThatSwappedPlacesWithTheLastOneIsStillDelivered() {
    Outcome turn = new PlayedTurn().message(100).expecting(300).message(310).play();

    assertThat(turn.whole()).isTrue();
  }

  @Test
  void typingAfterAMessageThatExpectsInputShowsThatMoreComes() {
    Outcome turn = new PlayedTurn().expecting(100).other(110, Kind.TYPING).message(1500).play();

    assertThat(turn.whole()).isTrue();
  }

  @Test
  void aTraceAfterTheLastMessageDoesNotHideItsHint() {
    Outcome turn = new PlayedTurn().expecting(100).other(105, Kind.OTHER).play();

    assertThat(turn.at()).isEqualTo(125);
  }

  @Test
  void suggestedActionsOnTheLastMessageEndTheTurn() {
    Outcome turn = new PlayedTurn().message(100).suggesting(400).play();

    assertThat(turn.reason()).isEqualTo(Reason.SUGGESTED_ACTIONS);
    assertThat(turn.at()).isEqualTo(425);
  }

  @Test
  void aMessageThatIgnoresInputAnnouncesAnother() {
    Outcome turn =
        new PlayedTurn().message(100, PlayedTurn.POST, Hint.IGNORING, false).message(2900).play();

    assertThat(turn.whole()).isTrue();
  }

  @Test
  void aHeldPostThatIsAnsweredEndsTheTurnOfAnUnknownBot() {
    Outcome turn = new PlayedTurn().posted(0).message(700).message(1200).answered(1204).play();

    assertThat(turn.reason()).isEqualTo(Reason.POST_ANSWERED);
    assertThat(turn.at()).isEqualTo(1224);
  }

  @Test
  void aPostThatIsAnsweredAtOnceSaysNothing() {
    Outcome turn = new PlayedTurn().posted(0).message(2).answered(4).message(400).play();

    assertThat(turn.whole()).isTrue();
    assertThat(turn.reason()).isEqualTo(Reason.QUIET);
  }

  @Test
  void whileThePostIsOpenABurstIsNotTheEnd() {
    Outcome turn =
        new PlayedTurn()
            .posted(0)
            .message(100)
            .message(102)
            .message(104)
            .message(700)
            .answered(703)
            .play();

    assertThat(turn.whole()).isTrue();
    assertThat(turn.at()).isEqualTo(723);
  }

  @Test
  void aPostThatFailedIsNoSignAndAnswersAreStillWaitedFor() {
    Outcome turn = new PlayedTurn().posted(0).message(14_990).failed(15_000).message(15_600).play();

    assertThat(turn.whole()).isTrue();
    assertThat(turn.reason()).isEqualTo(Reason.QUIET);
  }

  @Test
  void aHandoffEndsTheTurnAtOnceOrAfterTheTextThatBelongsToIt() {
    Outcome after = new PlayedTurn().message(100).other(110, Kind.FINAL_EVENT).play();
    Outcome before = new PlayedTurn().other(100, Kind.FINAL_EVENT).message(250).play();
    Outcome alone = new PlayedTurn().other(100, Kind.FINAL_EVENT).play();

    assertThat(after).returns(130L, Outcome::at).returns(Reason.HANDOFF, Outcome::reason);
    assertThat(before).returns(270L, Outcome::at).returns(true, Outcome::whole);
    assertThat(alone).returns(350L, Outcome::at).returns(Reason.HANDOFF, Outcome::reason);
  }

  @Test
  void theEndOfTheConversationEndsTheTurn() {
    Outcome turn = new PlayedTurn().message(100).other(101, Kind.END).play();

    assertThat(turn).returns(121L, Outcome::at).returns(Reason.ENDED, Outcome::reason);
  }

  @Test
  void anAnswerToAnEarlierActivityIsNotThisTurns() {
    PlayedTurn played =
        new PlayedTurn().echo(0).message(50, "conv|0000001", Hint.EXPECTING, false).expecting(2500);

    Outcome turn = played.play();

    assertThat(turn.whole()).isTrue();
    assertThat(turn.at()).isEqualTo(2520);
  }

  @Test
  void aReplyToTheActivityBeforeTheNewestNeverEndsTheTurn() {
    TurnDetector detector =
        new TurnDetector(TurnRules.defaults(), BotPace.UNKNOWN, PlayedTurn.ms(9000));
    detector.echo("first", PlayedTurn.ms(0));
    detector.echo("second", PlayedTurn.ms(5));
    detector.activity(
        PlayedTurn.ms(10),
        new TurnActivity(Kind.CONTENT, "first", Hint.EXPECTING, true, PlayedTurn.ms(10)));

    assertThat(detector.at(PlayedTurn.ms(8999)))
        .isEqualTo(new Verdict.LookAgain(PlayedTurn.ms(9000)));
  }

  @Test
  void eventsAndTypingAloneAreNoAnswer() {
    Outcome turn =
        new PlayedTurn().bound(5000).other(100, Kind.OTHER).other(200, Kind.TYPING).play();

    assertThat(turn).returns(5000L, Outcome::at).returns(Reason.BOUND, Outcome::reason);
  }

  @Test
  void activitiesAreReadLeniently() {
    TurnRules rules = TurnRules.defaults();

    assertThat(TurnActivity.of(Map.of(), rules).kind()).isEqualTo(Kind.OTHER);
    assertThat(TurnActivity.of(Map.of("type", "message", "text", " ", "timestamp", "soon"), rules))
        .isEqualTo(new TurnActivity(Kind.OTHER, null, Hint.NONE, false, null));
    assertThat(
            TurnActivity.of(
                Map.of(
                    "type",
                    "message",
                    "text",
                    "Hi",
                    "inputHint",
                    "expecting",
                    "timestamp",
                    "2026-01-15T09:30:00.1234567+00:00"),
                rules))
        .returns(Kind.CONTENT, TurnActivity::kind)
        .returns(Hint.EXPECTING, TurnActivity::hint)
        .returns(PlayedTurn.ms(123).plusNanos(456_700), TurnActivity::timestamp);
    assertThat(TurnActivity.of(Map.of("type", "event", "name", "handoff.initiate"), rules).kind())
        .isEqualTo(Kind.FINAL_EVENT);
  }

  @Test
  void timestampsShowThePaceOfMessagesThatArriveTogether() {
    TurnDetector detector =
        new TurnDetector(TurnRules.defaults(), BotPace.UNKNOWN, PlayedTurn.ms(9000));
    for (long sent : new long[] {-700, -350, 0}) {
      detector.activity(
          PlayedTurn.ms(10),
          new TurnActivity(Kind.CONTENT, null, Hint.NONE, false, PlayedTurn.ms(sent)));
    }

    assertThat(detector.at(PlayedTurn.ms(60))).isEqualTo(new Verdict.LookAgain(PlayedTurn.ms(810)));
    assertThat(detector.trace().gaps())
        .containsExactly(Duration.ofMillis(350), Duration.ofMillis(350));
  }
}
