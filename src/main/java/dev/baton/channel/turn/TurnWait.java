package dev.baton.channel.turn;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.channel.directline.CustomerStreams;
import dev.baton.channel.turn.Verdict.Reason;
import dev.baton.directline.server.DirectLineBackend;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Waits for the bot's turn in one conversation; no thread waits with it. It only watches: what the
 * turn consists of stands in the customer's stream. Open it before the customer's activity is
 * appended, so that nothing is missed.
 */
public final class TurnWait
    implements DirectLineBackend.Listener, BotPosts.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final String UNAVAILABLE = "bot-unavailable";
  private static final long ON_ITS_WAY = 15;

  /**
   * How a turn ended.
   *
   * @param lastContent when the last thing that the customer sees came, or null
   * @param post id of the customer's activity at the bot, or null when it is not known
   */
  public record Outcome(Reason reason, Instant lastContent, String post) {}

  private final Vertx vertx;
  private final Clock clock;
  private final TurnRules rules;
  private final TurnDetector detector;
  private final TurnHabits habits;
  private final Executor executor;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final List<AutoCloseable> subscriptions = new ArrayList<>();
  private final List<Runnable> early = new ArrayList<>();
  private final Set<String> repliesTo = new HashSet<>();
  private boolean begun;
  private boolean untilAnswered;
  private String activity;
  private long number = -1;
  private String post;
  private boolean sent;
  private boolean answered;
  private Instant lastContent;
  private long timer = -1;

  /**
   * @param bound when the turn ends whatever happens
   * @param executor where what waits for the outcome goes on
   */
  public TurnWait(
      Vertx vertx,
      Clock clock,
      TurnRules rules,
      TurnHabits habits,
      Instant bound,
      Executor executor) {
    this.vertx = vertx;
    this.clock = clock;
    this.rules = rules;
    this.habits = habits;
    this.detector = new TurnDetector(rules, habits.pace(), bound);
    this.executor = executor;
  }

  /** Watches from now on. */
  public synchronized TurnWait open(CustomerStreams streams, BotPosts posts, String conversation) {
    subscriptions.add(streams.listen(conversation, this));
    subscriptions.add(posts.listen(conversation, this));
    return this;
  }

  /**
   * The customer's activity stands in the stream: what comes after it is the turn.
   *
   * @param activityId its id in the stream, or null when the customer said nothing
   * @param place its number; what the stream holds up to it belongs to earlier turns
   * @param earlierPosts ids at the bot of activities that earlier turns answered
   * @param posting whether the activity is still to be sent to the bot: what the bot says before
   *     answers something else
   * @param greeted whether the bot may greet first, so that only the answer to the post tells where
   *     its own turn begins
   */
  public CompletableFuture<Outcome> begin(
      String activityId, long place, List<String> earlierPosts, boolean posting, boolean greeted) {
    synchronized (this) {
      sent = !posting;
      activity = activityId;
      number = place;
      untilAnswered = greeted && activityId != null;
      earlierPosts.forEach(detector::earlier);
      begun = true;
      early.forEach(Runnable::run);
      early.clear();
      check();
    }
    return outcome;
  }

  /** Activities that stood in the stream before the watch was opened. */
  public void replay(long first, List<ObjectNode> activities) {
    activities(first, activities);
  }

  @Override
  public void activities(long first, List<ObjectNode> activities) {
    Instant now = clock.instant();
    later(
        () -> {
          for (int i = 0; i < activities.size(); i++) {
            if (first + i > number) {
              seen(now, activities.get(i));
            }
          }
        });
  }

  @Override
  public void signal(ObjectNode signal) {
    Instant now = clock.instant();
    later(
        () -> {
          if (sent) {
            detector.activity(now, TurnActivity.of(JSON.convertValue(signal, MAP), rules));
          }
        });
  }

  @Override
  public void sending(String id) {
    Instant now = clock.instant();
    later(
        () -> {
          if (id.equals(activity)) {
            sent = true;
            detector.posted(now);
          }
        });
  }

  @Override
  public void answered(String id, String remoteId) {
    Instant now = clock.instant();
    later(
        () -> {
          if (id.equals(activity)) {
            // What came before the answer is still on its way through the journal.
            vertx.setTimer(ON_ITS_WAY, t -> later(() -> answered(now, remoteId)));
          } else if (remoteId != null) {
            detector.earlier(remoteId);
          }
        });
  }

  private void answered(Instant at, String remoteId) {
    post = remoteId;
    answered = true;
    detector.answered(lastContent == null || lastContent.isBefore(at) ? at : lastContent, remoteId);
    repliesTo.forEach(this::foreign);
  }

  @Override
  public void failed(String id) {
    Instant now = clock.instant();
    later(
        () -> {
          if (id.equals(activity)) {
            detector.answeredUncertainly(now);
          }
        });
  }

  private void seen(Instant at, ObjectNode body) {
    if (body.at("/from/role").asText().equals("user")) {
      return;
    }
    if (body.at("/channelData/baton/source").asText().equals(UNAVAILABLE)
        && body.at("/channelData/baton/speaker").asText().equals("system")) {
      complete(Reason.ENDED); // nothing more will come
      return;
    }
    Map<String, Object> map = new HashMap<>(JSON.convertValue(body, MAP));
    String replyTo = body.at("/channelData/baton/replyTo").asText(null);
    if (replyTo != null) {
      map.put("replyToId", replyTo);
      repliesTo.add(replyTo);
      foreign(replyTo);
    }
    TurnActivity read = TurnActivity.of(map, rules);
    boolean definite =
        read.kind() == TurnActivity.Kind.FINAL_EVENT || read.kind() == TurnActivity.Kind.END;
    if (!sent && !definite) {
      if (replyTo != null) {
        detector.earlier(replyTo);
      }
      return;
    }
    if (read.kind() == TurnActivity.Kind.CONTENT) {
      lastContent = at;
    }
    detector.activity(at, read);
  }

  /** What does not answer this turn's post is no sign that this turn is over. */
  private void foreign(String replyTo) {
    if (post != null && !replyTo.equals(post)) {
      detector.earlier(replyTo);
    }
  }

  private synchronized void later(Runnable event) {
    if (outcome.isDone()) {
      return;
    }
    if (begun) {
      event.run();
      check();
    } else {
      early.add(event);
    }
  }

  private void check() {
    if (outcome.isDone()) {
      return;
    }
    vertx.cancelTimer(timer);
    Instant now = clock.instant();
    Verdict verdict = detector.at(now);
    if (verdict instanceof Verdict.Complete complete && counts(complete.reason())) {
      complete(complete.reason());
    } else if (verdict instanceof Verdict.LookAgain again) {
      long millis = Math.max(1, Duration.between(now, again.at()).toMillis() + 1);
      timer = vertx.setTimer(millis, t -> onTimer());
    } else {
      timer = vertx.setTimer(untilBound(now), t -> onTimer());
    }
  }

  private long untilBound(Instant now) {
    return Math.max(1, Duration.between(now, detector.bound()).toMillis() + 1);
  }

  private synchronized void onTimer() {
    check();
  }

  private boolean counts(Reason reason) {
    return !untilAnswered
        || answered
        || reason == Reason.BOUND
        || reason == Reason.HANDOFF
        || reason == Reason.ENDED;
  }

  private void complete(Reason reason) {
    close();
    if (reason != Reason.BOUND) {
      habits.learn(detector.trace());
    }
    Outcome result = new Outcome(reason, lastContent, post);
    outcome.completeAsync(() -> result, executor);
  }

  /** Stops watching. */
  @Override
  public synchronized void close() {
    vertx.cancelTimer(timer);
    for (AutoCloseable subscription : subscriptions) {
      try {
        subscription.close();
      } catch (Exception e) {
        throw new IllegalStateException("A subscription cannot be closed", e);
      }
    }
    subscriptions.clear();
  }
}
