package dev.baton.channel.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.channel.turn.PlayedTurn.Outcome;
import dev.baton.channel.turn.TurnActivity.Kind;
import dev.baton.channel.turn.Verdict.Reason;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TurnHabitsTest {
  private final TurnHabits habits = new TurnHabits(TurnRules.defaults());

  @Test
  void aLongRecordOfOnePaceShortensTheQuietPeriod() {
    Supplier<PlayedTurn> turn = () -> new PlayedTurn().message(100).message(180);

    repeat(turn, TurnHabits.ENOUGH - 1);
    assertThat(turn.get().pace(habits.pace()).play().at()).isEqualTo(980);
    repeat(turn, 1);

    assertThat(turn.get().pace(habits.pace()).play().at()).isEqualTo(180 + 160);
  }

  @Test
  void noRecordShortensTheQuietPeriodAfterASingleMessage() {
    Supplier<PlayedTurn> bursts = () -> new PlayedTurn().message(100).message(101).message(102);
    repeat(bursts, 2 * TurnHabits.ENOUGH);

    assertThat(new PlayedTurn().message(100).pace(habits.pace()).play().at()).isEqualTo(900);
    assertThat(new PlayedTurn().message(100).message(600).pace(habits.pace()).play().whole())
        .isTrue();
  }

  @Test
  void turnsWithWideGapsDoNotSlowDownBursts() {
    repeat(() -> new PlayedTurn().message(100).message(700), 5);

    assertThat(new PlayedTurn().message(1).message(2).message(3).pace(habits.pace()).play().at())
        .isEqualTo(28);
  }

  @Test
  void wideGapsMakeTheQuietPeriodLonger() {
    repeat(() -> new PlayedTurn().message(100).message(800), 1);

    assertThat(new PlayedTurn().message(100).pace(habits.pace()).play().at()).isEqualTo(1500);
  }

  @Test
  void silenceWithTypingIsNone() {
    repeat(() -> new PlayedTurn().message(100).other(150, Kind.TYPING).message(2800), 1);

    assertThat(new PlayedTurn().message(100).pace(habits.pace()).play().at()).isEqualTo(900);
  }

  @Test
  void aMessageThatCameTooLateAfterABurstBringsThePatienceBack() {
    Supplier<PlayedTurn> turn = () -> new PlayedTurn().message(100).message(101).message(102);
    assertThat(turn.get().pace(habits.pace()).play().at()).isEqualTo(127);

    habits.late(Reason.QUIET, Duration.ofMillis(600));

    assertThat(turn.get().message(702).pace(habits.pace()).play().whole()).isTrue();
    repeat(turn, TurnHabits.REMEMBERED);
    assertThat(turn.get().pace(habits.pace()).play().at()).isEqualTo(127);
  }

  @Test
  void aBurstThatWentOnInTimeIsRememberedToo() {
    habits.learn(
        new PlayedTurn().message(100).message(102).message(600).bound(20_000).play().trace());
    assertThat(habits.pace().burstsGoOn()).isFalse();
    habits.learn(
        new PlayedTurn().message(100).message(102).message(200).bound(20_000).play().trace());

    assertThat(habits.pace().burstsGoOn()).isTrue();
  }

  @Test
  void whatComesLongAfterATurnIsNoPartOfIt() {
    habits.late(Reason.EXPECTING_INPUT, Duration.ofMinutes(2));

    assertThat(habits.pace()).isEqualTo(BotPace.UNKNOWN);
  }

  @Test
  void aBotThatExpectsInputInEveryMessageIsNoLongerBelieved() {
    Supplier<PlayedTurn> turn = () -> new PlayedTurn().expecting(100).expecting(500);
    Outcome first = turn.get().play();
    assertThat(first.whole()).isFalse();

    habits.learn(first.trace());
    habits.late(first.reason(), Duration.ofMillis(400));

    assertThat(turn.get().pace(habits.pace()).play().whole()).isTrue();
  }

  @Test
  void aBotThatIsKnownToHoldItsPostsIsTakenAtItsWord() {
    Supplier<PlayedTurn> quick = () -> new PlayedTurn().posted(0).message(2).answered(4);
    repeat(quick, 50);
    assertThat(quick.get().pace(habits.pace()).play().at()).isEqualTo(802);

    repeat(() -> new PlayedTurn().posted(0).message(300).answered(303), TurnHabits.ENOUGH_ANSWERED);
    assertThat(quick.get().pace(habits.pace()).play())
        .returns(24L, Outcome::at)
        .returns(Reason.POST_ANSWERED, Outcome::reason);

    habits.late(Reason.POST_ANSWERED, Duration.ofMillis(300));
    assertThat(quick.get().message(302).pace(habits.pace()).play().whole()).isTrue();
  }

  @Test
  void aPostOfSomebodyElseWasHeldWhenALongTurnIsThereAtOnce() {
    Supplier<PlayedTurn> turn = () -> new PlayedTurn().echo(0).message(1500).answered(1500);
    assertThat(turn.get().play().at()).isEqualTo(2300);

    repeat(turn, TurnHabits.ENOUGH_ANSWERED);

    assertThat(turn.get().pace(habits.pace()).play().at()).isEqualTo(1520);
  }

  private void repeat(Supplier<PlayedTurn> turn, int times) {
    for (int i = 0; i < times; i++) {
      Outcome outcome = turn.get().pace(habits.pace()).play();
      assertThat(outcome.whole()).isTrue();
      habits.learn(outcome.trace());
    }
  }
}
