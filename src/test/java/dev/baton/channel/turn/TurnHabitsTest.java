package dev.baton.channel.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.channel.turn.PlayedTurn.Outcome;
import dev.baton.channel.turn.Verdict.Reason;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TurnHabitsTest {
  private final TurnHabits habits = new TurnHabits(TurnRules.defaults());

  @Test
  void aSteadyPaceShortensTheQuietPeriod() {
    Supplier<PlayedTurn> turn = () -> new PlayedTurn().message(100).message(180);

    assertThat(turn.get().play().at()).isEqualTo(980);
    repeat(turn, TurnHabits.ENOUGH);

    assertThat(turn.get().pace(habits.pace()).play().at()).isEqualTo(340);
  }

  @Test
  void turnsOfOneMessageTellNothingOfThePace() {
    Supplier<PlayedTurn> turn = () -> new PlayedTurn().message(100);

    repeat(turn, 50);

    assertThat(turn.get().pace(habits.pace()).play().at()).isEqualTo(900);
  }

  @Test
  void aMessageThatCameTooLateBringsThePatienceBack() {
    Supplier<PlayedTurn> turn = () -> new PlayedTurn().message(100).message(101).message(102);
    repeat(turn, 20);
    assertThat(turn.get().pace(habits.pace()).play().at()).isEqualTo(132);

    habits.late(Reason.QUIET, Duration.ofMillis(600));

    assertThat(turn.get().pace(habits.pace()).play().at()).isEqualTo(1302);
    repeat(turn, TurnHabits.REMEMBERED);
    assertThat(turn.get().pace(habits.pace()).play().at()).isEqualTo(132);
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
  void aBotThatAlwaysSendsEverythingBeforeItsPostIsAnsweredIsTakenAtItsWord() {
    Supplier<PlayedTurn> turn = () -> new PlayedTurn().posted(0).message(2).answered(4);
    assertThat(turn.get().play().at()).isEqualTo(802);

    repeat(turn, TurnHabits.ENOUGH);
    assertThat(turn.get().pace(habits.pace()).play())
        .returns(24L, Outcome::at)
        .returns(Reason.POST_ANSWERED, Outcome::reason);

    habits.late(Reason.POST_ANSWERED, Duration.ofMillis(300));
    assertThat(turn.get().message(302).pace(habits.pace()).play().whole()).isTrue();
  }

  private void repeat(Supplier<PlayedTurn> turn, int times) {
    for (int i = 0; i < times; i++) {
      Outcome outcome = turn.get().pace(habits.pace()).play();
      assertThat(outcome.whole()).isTrue();
      habits.learn(outcome.trace());
    }
  }
}
