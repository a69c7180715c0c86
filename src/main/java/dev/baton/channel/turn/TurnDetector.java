package dev.baton.channel.turn;

import dev.baton.channel.turn.TurnActivity.Hint;
import dev.baton.channel.turn.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says when the bot's turn is complete. It is told what happens, with the time at which it
 * happened, and asked after each event and at the time that it named itself. It has no clock, does
 * no I/O and belongs to one turn; it is not thread-safe.
 *
 * <p>A turn without any content of the bot is complete only at its bound. Otherwise the earliest of
 * the signs counts that are valid for the last content; {@code docs/turns.md} lists them.
 */
public final class TurnDetector {
  /** A held post takes at least this long: less is what the service itself takes. */
  private static final Duration HELD = Duration.ofMillis(150);

  /** A held post is answered at most this long after the last message. */
  private static final Duration RIGHT_AFTER = Duration.ofMillis(100);

  /** A post of somebody else must have been held when this much came before its answer. */
  private static final Duration LONG_TURN = Duration.ofSeconds(1);

  private final TurnRules rules;
  private final BotPace pace;
  private final Instant bound;
  private final List<Seen> content = new ArrayList<>();
  private final Set<String> earlier = new HashSet<>();
  private String postId;
  private Instant echoedAt;
  private Instant postedAt;
  private Instant answeredAt;
  private boolean answerIsSign;
  private Instant typingAt;
  private Instant lifeAt;
  private Instant handoffAt;
  private Instant endAt;

  /**
   * @param pace what is known of the bot
   * @param bound when the turn is complete whatever happens
   */
  public TurnDetector(TurnRules rules, BotPace pace, Instant bound) {
    this.rules = rules;
    this.pace = pace;
    this.bound = bound;
  }

  /** When the turn is complete whatever happens. */
  public Instant bound() {
    return bound;
  }

  /** The customer's activity was sent; its answer will be told with {@link #answered}. */
  public void posted(Instant at) {
    postedAt = at;
    answeredAt = null;
    answerIsSign = false;
  }

  /**
   * The post has been answered with success. Where {@link #posted} was not called, the post is one
   * that somebody else made, and {@code at} the moment since when it is known to be answered.
   *
   * @param id the activity's id, or null
   */
  public void answered(Instant at, String id) {
    answeredAt = at;
    answerIsSign = true;
    if (id != null) {
      postId = id;
    }
  }

  /** The post has failed or its outcome is not known: its answer is no sign of anything. */
  public void answeredUncertainly(Instant at) {
    answeredAt = at;
    answerIsSign = false;
  }

  /** As {@link #echo(String, Instant)}, where the service's time of it is not known. */
  public void echo(String id) {
    echo(id, null);
  }

  /**
   * The customer's own activity was seen. The newest one is what the turn answers.
   *
   * @param id its id, or null
   * @param timestamp the service's time of it, or null
   */
  public void echo(String id, Instant timestamp) {
    if (id != null && !id.equals(postId) && !earlier.contains(id)) {
      if (postId != null) {
        earlier.add(postId);
      }
      postId = id;
    }
    if (id == null || id.equals(postId)) {
      echoedAt = timestamp;
    }
  }

  /** An activity that an earlier turn answered: what replies to it is not of this turn. */
  public void earlier(String id) {
    if (id != null && !id.equals(postId)) {
      earlier.add(id);
    }
  }

  /** The bot did something. Repeats are to be left out by the caller. */
  public void activity(Instant at, TurnActivity activity) {
    switch (activity.kind()) {
      case CONTENT ->
          content.add(
              new Seen(content.isEmpty() ? at : later(last(content).at, at), activity, typed()));
      case TYPING -> typingAt = later(typingAt, at);
      case FINAL_EVENT -> handoffAt = later(handoffAt, at);
      case END -> endAt = later(endAt, at);
      case OTHER -> lifeAt = later(lifeAt, at);
    }
  }

  /** Whether the bot has shown that it is typing since its last message. */
  private boolean typed() {
    return typingAt != null && (content.isEmpty() || !typingAt.isBefore(last(content).at));
  }

  /** Whether the turn is complete at {@code now}, and when to ask again if not. */
  public Verdict at(Instant now) {
    if (!now.isBefore(bound)) {
      return new Verdict.Complete(Reason.BOUND);
    }
    Due due = due();
    if (due == null) {
      return new Verdict.LookAgain(bound);
    }
    if (!now.isBefore(due.at)) {
      return new Verdict.Complete(due.reason);
    }
    return new Verdict.LookAgain(due.at.isBefore(bound) ? due.at : bound);
  }

  /** What this turn tells about the bot's habits, for {@link TurnHabits#learn}. */
  public TurnTrace trace() {
    List<Seen> ours = ours();
    return new TurnTrace(
        gaps(ours),
        burstWentOn(gaps(ours)),
        answeredLast(ours),
        followed(ours, seen -> seen.activity.hint() == Hint.EXPECTING),
        followed(ours, seen -> seen.activity.suggests()));
  }

  private static boolean burstWentOn(List<Duration> gaps) {
    for (int i = 1; i < gaps.size(); i++) {
      if (!isBurst(gaps.get(i))) {
        return isBurst(widest(gaps.subList(0, i)));
      }
    }
    return false;
  }

  /** Only a turn that took its time shows that the post was held for it. */
  private Boolean answeredLast(List<Seen> ours) {
    if (!answerIsSign || ours.isEmpty()) {
      return null;
    }
    Seen last = last(ours);
    if (last.at.isAfter(answeredAt)) {
      return false;
    }
    if (postedAt != null) {
      return wasHeld(last) ? true : null;
    }
    Instant sent = last.activity.timestamp();
    boolean slow = echoedAt != null && sent != null && !sent.isBefore(echoedAt.plus(LONG_TURN));
    return slow ? true : null;
  }

  private Due due() {
    List<Seen> ours = ours();
    if (handoffAt != null || endAt != null) {
      Instant sign = later(handoffAt, endAt);
      Reason reason = handoffAt != null ? Reason.HANDOFF : Reason.ENDED;
      return ours.isEmpty()
          ? new Due(sign.plus(rules.handoff()), reason)
          : new Due(later(sign, last(ours).at).plus(rules.settle()), reason);
    }
    if (ours.isEmpty()) {
      return null;
    }
    Seen last = last(ours);
    Instant active = later(last.at, lifeAt);
    Due due = new Due(active.plus(quiet(ours, last)), Reason.QUIET);
    boolean typing = typingAt != null && typingAt.isAfter(last.at);
    if (typing) {
      Instant typed = earliest(typingAt.plus(rules.typing()), last.at.plus(rules.typingTotal()));
      due = new Due(later(typed, due.at), Reason.QUIET);
    }
    if (!mayReply(last)) {
      return due; // most likely an earlier turn's: its signs are not this turn's
    }
    if (answerIsSign && answerEndsTurn(last, typing)) {
      due = due.or(later(answeredAt, active).plus(rules.settle()), Reason.POST_ANSWERED);
    }
    if (!typing && last.activity.hint() == Hint.EXPECTING && pace.hintIsLast()) {
      due = due.or(active.plus(rules.settle()), Reason.EXPECTING_INPUT);
    }
    if (!typing && last.activity.suggests() && pace.suggestionsAreLast()) {
      due = due.or(active.plus(rules.shortest()), Reason.SUGGESTED_ACTIONS);
    }
    return due;
  }

  private boolean answerEndsTurn(Seen last, boolean typing) {
    if (pace.answerIsLast()) {
      return !typing || !typingAt.isAfter(answeredAt);
    }
    return !typing && wasHeld(last);
  }

  /** Whether the post was held open by the bot until right after its last message. */
  private boolean wasHeld(Seen last) {
    return postedAt != null
        && Duration.between(postedAt, answeredAt).compareTo(HELD) >= 0
        && !last.at.isAfter(answeredAt)
        && Duration.between(last.at, answeredAt).compareTo(RIGHT_AFTER) <= 0;
  }

  /** How long the bot must be silent, going by its pace in this turn and in earlier ones. */
  private Duration quiet(List<Seen> ours, Seen last) {
    List<Duration> gaps = gaps(ours);
    Duration widest = widest(gaps);
    boolean burst = !gaps.isEmpty() && isBurst(widest) && !pace.burstsGoOn();
    Duration quiet;
    if (burst) {
      quiet = gaps.size() > 1 ? rules.shortest() : TurnRules.BURST_OF_TWO;
    } else {
      quiet = pace.gapKnown() && !gaps.isEmpty() ? TurnRules.BURST_OF_TWO : rules.quiet();
      widest = longer(widest, pace.gap());
    }
    quiet = longer(quiet, widest.multipliedBy(2));
    if (postedAt != null && answeredAt == null) {
      quiet = longer(quiet, rules.quiet()); // the bot still holds the post: it is at work
    }
    if (last.activity.hint() == Hint.IGNORING || !mayReply(last)) {
      quiet = rules.longest();
    }
    return quiet.compareTo(rules.longest()) > 0 ? rules.longest() : quiet;
  }

  /** The content that counts for this turn: all but what answers an earlier activity. */
  private List<Seen> ours() {
    List<Seen> ours =
        content.stream().filter(seen -> !earlier.contains(seen.activity.replyToId())).toList();
    List<Seen> replies = ours.stream().filter(this::mayReply).toList();
    return replies.isEmpty() ? ours : replies;
  }

  private boolean mayReply(Seen seen) {
    String replyTo = seen.activity.replyToId();
    return replyTo == null || postId == null || replyTo.equals(postId);
  }

  /** The silences between messages, as far as they can be known. */
  private List<Duration> gaps(List<Seen> ours) {
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < ours.size(); i++) {
      Seen one = ours.get(i - 1);
      Seen next = ours.get(i);
      if (next.typed) {
        continue; // it was no silence
      }
      Duration arrived = Duration.between(one.at, next.at).abs();
      if (one.activity.timestamp() != null && next.activity.timestamp() != null) {
        Duration sent = Duration.between(one.activity.timestamp(), next.activity.timestamp()).abs();
        gaps.add(sent.compareTo(rules.longest()) > 0 ? arrived : longer(arrived, sent));
      } else if (!arrived.isZero()) {
        gaps.add(arrived);
      }
    }
    return gaps;
  }

  /** Null when the sign did not occur, else whether content followed it. */
  private static Boolean followed(List<Seen> ours, Predicate<Seen> sign) {
    Boolean followed = null;
    for (int i = 0; i < ours.size(); i++) {
      if (sign.test(ours.get(i))) {
        followed = Boolean.TRUE.equals(followed) || i < ours.size() - 1;
      }
    }
    return followed;
  }

  private static boolean isBurst(Duration widest) {
    return widest.compareTo(TurnRules.BURST) <= 0;
  }

  private static Duration widest(List<Duration> gaps) {
    return gaps.stream().reduce(Duration.ZERO, TurnDetector::longer);
  }

  private static Seen last(List<Seen> seen) {
    return seen.get(seen.size() - 1);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one == null || other != null && other.isAfter(one) ? other : one;
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private record Seen(Instant at, TurnActivity activity, boolean typed) {}

  private record Due(Instant at, Reason reason) {
    Due or(Instant other, Reason otherReason) {
      return other.isBefore(at) ? new Due(other, otherReason) : this;
    }
  }
}
