package dev.baton.channel.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.channel.turn.PlayedTurn.Outcome;
import dev.baton.channel.turn.TurnActivity.Kind;
import dev.baton.channel.turn.Verdict.Reason;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * What holds for every turn of a bot of which nothing is known yet, and for any order of events.
 */
class AnyTurnTest {

  @Property
  void aTurnEndsAtItsBoundAtTheLatestAndNeverWithoutContentBefore(
      @ForAll @Size(max = 12) List<@IntRange(max = 7) Integer> kinds,
      @ForAll @Size(min = 12, max = 12) List<@LongRange(max = 9000) Long> times,
      @ForAll @LongRange(min = 1, max = 8000) long bound) {
    PlayedTurn played = new PlayedTurn().bound(bound);
    for (int i = 0; i < kinds.size(); i++) {
      event(played, kinds.get(i), times.get(i));
    }

    Outcome turn = played.play();

    assertThat(turn.at()).isLessThanOrEqualTo(bound);
    if (turn.delivered() == 0) {
      assertThat(turn.reason()).isIn(Reason.BOUND, Reason.HANDOFF, Reason.ENDED);
    }
  }

  private static void event(PlayedTurn played, int kind, long at) {
    switch (kind) {
      case 0 -> played.posted(0).answered(at);
      case 1 -> played.echo(at);
      case 2 -> played.expecting(at);
      case 3 -> played.suggesting(at);
      case 4 -> played.other(at, Kind.TYPING);
      case 5 -> played.other(at, Kind.OTHER);
      case 6 -> played.other(at, Kind.FINAL_EVENT);
      default -> played.message(at);
    }
  }

  @Property
  void messagesUpToSevenHundredMillisecondsApartAreNeverCut(
      @ForAll @LongRange(max = 15_000) long latency,
      @ForAll @Size(min = 1, max = 6) List<@LongRange(min = 41, max = 700) Long> gaps,
      @ForAll boolean typingBetween,
      @ForAll boolean postAnsweredAtOnce) {
    PlayedTurn played = new PlayedTurn().bound(60_000).echo(0);
    if (postAnsweredAtOnce) {
      played.posted(0).answered(3);
    }
    long at = latency;
    played.message(at);
    for (long gap : gaps) {
      if (typingBetween) {
        played.other(at + gap / 2, Kind.TYPING);
      }
      at += gap;
      played.message(at);
    }

    assertThat(played.play().whole()).isTrue();
  }

  @Property
  void aBurstOfThreeOrMoreIsWholeAndAtBotLatencyPlusLessThanFiftyMilliseconds(
      @ForAll @LongRange(max = 15_000) long latency,
      @ForAll @Size(min = 2, max = 6) List<@LongRange(max = 15) Long> gaps) {
    long last = latency;
    PlayedTurn played = new PlayedTurn().echo(0).message(last);
    for (long gap : gaps) {
      last += gap;
      played.message(last);
    }

    Outcome turn = played.play();

    assertThat(turn.whole()).isTrue();
    assertThat(turn.at() - last).isLessThan(50);
  }

  @Property
  void aBotThatSaysThatItExpectsInputIsWaitedForNoLonger(
      @ForAll @LongRange(max = 15_000) long latency,
      @ForAll @Size(max = 5) List<@LongRange(min = 41, max = 700) Long> gaps) {
    long last = latency;
    PlayedTurn played = new PlayedTurn().echo(0);
    for (long gap : gaps) {
      played.message(last);
      last += gap;
    }
    played.expecting(last);

    Outcome turn = played.play();

    assertThat(turn.whole()).isTrue();
    assertThat(turn.at() - last).isLessThan(50);
  }

  @Property
  void aHeldPostEndsTheTurnHoweverItsMessagesAreSpaced(
      @ForAll @LongRange(min = 150, max = 10_000) long latency,
      @ForAll @Size(max = 6) List<@LongRange(max = 700) Long> gaps,
      @ForAll @LongRange(min = 1, max = 60) long overhead) {
    long last = latency;
    PlayedTurn played = new PlayedTurn().posted(0).message(last);
    for (long gap : gaps) {
      last += gap;
      played.message(last);
    }
    played.answered(last + overhead);

    Outcome turn = played.play();

    assertThat(turn.whole()).isTrue();
    assertThat(turn.at()).isLessThan(last + overhead + 50);
  }
}
