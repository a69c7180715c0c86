package dev.baton.channel.turn;

import dev.baton.channel.turn.TurnActivity.Hint;
import dev.baton.channel.turn.TurnActivity.Kind;
import dev.baton.channel.turn.Verdict.Complete;
import dev.baton.channel.turn.Verdict.LookAgain;
import dev.baton.channel.turn.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** A turn on a clock of its own: events at milliseconds, asked as a front end would ask. */
final class PlayedTurn {
  static final Instant START = Instant.parse("2026-01-15T09:30:00Z");
  static final String POST = "conv|0000003";

  private final List<Step> steps = new ArrayList<>();
  private TurnRules rules = TurnRules.defaults();
  private BotPace pace = BotPace.UNKNOWN;
  private long bound = 20_000;

  /** When the turn was complete, why, and how many messages had come by then. */
  record Outcome(long at, Reason reason, int delivered, int sent, TurnTrace trace) {
    boolean whole() {
      return delivered == sent;
    }
  }

  private record Step(long at, boolean message, Consumer<TurnDetector> event) {}

  static Instant ms(long millis) {
    return START.plusMillis(millis);
  }

  PlayedTurn rules(TurnRules newRules) {
    rules = newRules;
    return this;
  }

  PlayedTurn pace(BotPace newPace) {
    pace = newPace;
    return this;
  }

  PlayedTurn bound(long newBound) {
    bound = newBound;
    return this;
  }

  PlayedTurn posted(long at) {
    return step(at, detector -> detector.posted(ms(at)));
  }

  PlayedTurn answered(long at) {
    return step(at, detector -> detector.answered(ms(at), POST));
  }

  PlayedTurn failed(long at) {
    return step(at, detector -> detector.answeredUncertainly(ms(at)));
  }

  PlayedTurn echo(long at) {
    return step(at, detector -> detector.echo(POST, ms(at)));
  }

  PlayedTurn message(long at) {
    return message(at, POST, Hint.NONE, false);
  }

  PlayedTurn message(long at, String replyTo, Hint hint, boolean suggests) {
    steps.add(
        new Step(
            at,
            true,
            detector ->
                detector.activity(
                    ms(at), new TurnActivity(Kind.CONTENT, replyTo, hint, suggests, ms(at)))));
    return this;
  }

  PlayedTurn expecting(long at) {
    return message(at, POST, Hint.EXPECTING, false);
  }

  PlayedTurn suggesting(long at) {
    return message(at, POST, Hint.NONE, true);
  }

  PlayedTurn other(long at, Kind kind) {
    return step(
        at,
        detector ->
            detector.activity(ms(at), new TurnActivity(kind, POST, Hint.NONE, false, ms(at))));
  }

  private PlayedTurn step(long at, Consumer<TurnDetector> event) {
    steps.add(new Step(at, false, event));
    return this;
  }

  Outcome play() {
    TurnDetector detector = new TurnDetector(rules, pace, ms(bound));
    List<Step> ahead = new ArrayList<>(steps);
    ahead.sort(Comparator.comparingLong(Step::at));
    int sent = (int) ahead.stream().filter(Step::message).count();
    int delivered = 0;
    Instant now = START;
    while (true) {
      while (!ahead.isEmpty() && !ms(ahead.get(0).at).isAfter(now)) {
        Step step = ahead.remove(0);
        step.event.accept(detector);
        delivered += step.message ? 1 : 0;
      }
      Verdict verdict = detector.at(now);
      if (verdict instanceof Complete complete) {
        long at = Duration.between(START, now).toMillis();
        return new Outcome(at, complete.reason(), delivered, sent, detector.trace());
      }
      Instant next = ((LookAgain) verdict).at();
      if (!next.isAfter(now) || next.isAfter(ms(bound))) {
        throw new AssertionError("Asked at %s to look again at %s".formatted(now, next));
      }
      now = ahead.isEmpty() || next.isBefore(ms(ahead.get(0).at)) ? next : ms(ahead.get(0).at);
    }
  }
}
