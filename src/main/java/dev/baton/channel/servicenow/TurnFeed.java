package dev.baton.channel.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.channel.turn.TurnActivity;
import dev.baton.channel.turn.TurnActivity.Hint;
import dev.baton.channel.turn.TurnActivity.Kind;
import dev.baton.channel.turn.TurnDetector;
import dev.baton.channel.turn.TurnRules;
import dev.baton.channel.turn.Verdict;
import dev.baton.channel.turn.Verdict.Reason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Tells the detector of one turn what Direct Line gave, and the bot's record how it ended. */
final class TurnFeed {
  private final TurnRules rules;
  private final BotTurns turns;
  private final String conversation;
  private final Instant bound;
  private final BotTurns.Last before;
  private final Sides sides;
  private TurnDetector detector;
  private String postId;
  private Instant saidAt;
  private int messages;
  private boolean handoff;

  TurnFeed(TurnRules rules, BotTurns turns, String conversation, Instant bound) {
    this.rules = rules;
    this.turns = turns;
    this.conversation = conversation;
    this.bound = bound;
    this.before = turns.last(conversation).orElse(null);
    this.sides = new Sides(before == null ? null : before.customer());
  }

  /** After the first read. */
  Verdict at(Instant now) {
    return detector.at(now);
  }

  /**
   * Takes what one read brought.
   *
   * @param date the service's clock as HTTP says it, or null
   */
  void read(Instant now, List<JsonNode> activities, String date) {
    boolean first = detector == null;
    if (first) {
      lateOnes(activities);
      detector = new TurnDetector(rules, turns.habits().pace(), bound);
    }
    for (JsonNode activity : activities) {
      if (sides.isOwn(activity)) {
        echo(activity);
      } else {
        said(now, activity, first ? date : null);
      }
    }
    if (first) {
      // Whoever reads has posted before, and has had the answer to that.
      detector.answered(now, null);
    }
  }

  /** After the first read. */
  void typing(Instant now) {
    detector.activity(now, new TurnActivity(Kind.TYPING, null, Hint.NONE, false, null));
  }

  /** What belongs to the turn before shows that this had been taken for complete too early. */
  private void lateOnes(List<JsonNode> activities) {
    if (before == null || before.saidAt() == null) {
      return;
    }
    Sides known = new Sides(before.customer());
    boolean echoed = false;
    Instant previous = before.saidAt();
    for (JsonNode json : activities) {
      if (known.isOwn(json)) {
        echoed = true;
        continue;
      }
      TurnActivity activity = TurnActivity.of(RelayJson.map(json), rules);
      String replyTo = activity.replyToId();
      boolean late = replyTo == null ? !echoed : replyTo.equals(before.postId());
      if (late && activity.kind() == Kind.CONTENT && activity.timestamp() != null) {
        turns.habits().late(before.reason(), Duration.between(previous, activity.timestamp()));
        previous = activity.timestamp();
      }
    }
  }

  private void echo(JsonNode activity) {
    String id = activity.path("id").textValue();
    if (id == null || id.equals(postId)) {
      return;
    }
    if (before != null && !id.equals(before.postId())) {
      detector.earlier(before.postId());
    }
    postId = id;
    detector.echo(id, TurnActivity.of(RelayJson.map(activity), rules).timestamp());
  }

  private void said(Instant now, JsonNode json, String date) {
    TurnActivity activity = TurnActivity.of(RelayJson.map(json), rules);
    Instant sent = activity.timestamp();
    detector.activity(now.minus(age(sent, date)), activity);
    handoff |= activity.kind() == Kind.FINAL_EVENT;
    if (activity.kind() == Kind.CONTENT) {
      messages++;
      saidAt = sent == null ? saidAt : sent;
    }
  }

  /** By the service's own clock, which HTTP cuts to the second: at least so old it is. */
  private static Duration age(Instant sent, String date) {
    if (sent == null || date == null) {
      return Duration.ZERO;
    }
    try {
      Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration age = Duration.between(sent, then);
      return age.isNegative() ? Duration.ZERO : age;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  /** The turn is over: what it showed is kept. */
  void ended(Reason reason, ActivitySet set) {
    turns.habits().learn(detector.trace());
    String post = postId == null && before != null ? before.postId() : postId;
    turns.ended(
        conversation,
        new BotTurns.Last(
            post, reason, saidAt, set.watermark(), set.delivered(), sides.customer()));
  }

  int messages() {
    return messages;
  }

  boolean handoff() {
    return handoff;
  }
}
