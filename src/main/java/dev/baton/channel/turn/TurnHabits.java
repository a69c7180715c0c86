package dev.baton.channel.turn;

import dev.baton.channel.turn.Verdict.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/**
 * What the turns of one bot have shown, in memory. A new bot is met with patience; a long record of
 * turns that are alike shortens it, one message that came too late brings it back for many turns.
 * Topics of one bot differ, so that few turns prove little. Thread-safe; one per bot and front end.
 */
public final class TurnHabits {
  /** So many turns of several messages are remembered. */
  static final int REMEMBERED = 64;

  /** So many of them make a pace. */
  static final int ENOUGH = 32;

  /** So many long turns in a row that were over with the post's answer make a habit. */
  static final int ENOUGH_ANSWERED = 4;

  private final TurnRules rules;
  private final Deque<Shape> shapes = new ArrayDeque<>();
  private final Trust answer = new Trust(-ENOUGH_ANSWERED);
  private final Trust hint = new Trust(0);
  private final Trust suggestions = new Trust(0);

  private record Shape(Duration gap, boolean burstWentOn) {}

  public TurnHabits(TurnRules rules) {
    this.rules = rules;
  }

  /** What is known now. */
  public synchronized BotPace pace() {
    return new BotPace(
        shapes.stream().map(Shape::gap).max(Comparator.naturalOrder()).orElse(Duration.ZERO),
        shapes.size() >= ENOUGH,
        shapes.stream().anyMatch(Shape::burstWentOn),
        answer.isGiven(),
        hint.isGiven(),
        suggestions.isGiven());
  }

  /** Takes in a turn that is over. */
  public synchronized void learn(TurnTrace turn) {
    turn.gaps().stream()
        .max(Comparator.naturalOrder())
        .ifPresent(gap -> remember(gap, turn.burstWentOn()));
    answer.learn(turn.answeredLast());
    hint.learn(turn.hintFollowed() == null ? null : !turn.hintFollowed());
    suggestions.learn(turn.suggestionsFollowed() == null ? null : !turn.suggestionsFollowed());
  }

  /**
   * A message came after its turn had been taken for complete.
   *
   * @param reason why it had been
   * @param gap time between the last message before and this one; what is longer than the longest
   *     quiet period is no part of the turn any more and changes nothing
   */
  public synchronized void late(Reason reason, Duration gap) {
    if (gap.isNegative() || gap.compareTo(rules.longest()) > 0) {
      return;
    }
    remember(gap, reason == Reason.QUIET);
    switch (reason) {
      case EXPECTING_INPUT -> hint.learn(false);
      case SUGGESTED_ACTIONS -> suggestions.learn(false);
      case POST_ANSWERED -> answer.learn(false);
      default -> {
        // the gap says it all
      }
    }
  }

  private void remember(Duration gap, boolean burstWentOn) {
    shapes.addLast(new Shape(gap, burstWentOn));
    if (shapes.size() > REMEMBERED) {
      shapes.removeFirst();
    }
  }

  /** Grows by one with each turn that keeps to a habit; one that does not costs many. */
  private static final class Trust {
    private int score;

    Trust(int start) {
      score = start;
    }

    boolean isGiven() {
      return score >= 0;
    }

    void learn(Boolean kept) {
      if (kept != null) {
        score = kept ? Math.min(score + 1, 0) : -REMEMBERED;
      }
    }
  }
}
