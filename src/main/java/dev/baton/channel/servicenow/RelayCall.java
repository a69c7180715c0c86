package dev.baton.channel.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.channel.servicenow.DirectLineReads.Reply;
import dev.baton.channel.turn.Verdict;
import dev.baton.channel.turn.Verdict.Complete;
import dev.baton.channel.turn.Verdict.LookAgain;
import dev.baton.channel.turn.Verdict.Reason;
import dev.baton.configuration.RelaySettings;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One call of the relay, from its first read to its answer. What is answered comes from Direct
 * Line's GET alone; the stream is only a bell that says when to read, and brings typing signals. So
 * a stream that repeats old history, or never rings, cannot make an answer wrong. Runs on one event
 * loop.
 */
final class RelayCall {
  private static final int PAGE = 50;

  private final Vertx vertx;
  private final Context context;
  private final DirectLineReads reads;
  private final RelaySettings settings;
  private final RelayRequest request;
  private final Clock clock;
  private final ActivitySet set;
  private final TurnFeed turn;
  private final Bell bell;
  private final Instant begin;
  private final Instant bound;
  private final Promise<RelayAnswer> answer = Promise.promise();
  private HttpClientRequest reading;
  private boolean readingNow;
  private boolean readAgain;
  private boolean everRead;
  private boolean confirming;
  private boolean confirmed;
  private boolean over;
  private boolean hurried;
  private Instant nextRead = Instant.MAX;
  private long timer = -1;

  /** To be made on the event loop on which it shall run. */
  RelayCall(
      Vertx vertx,
      DirectLineReads reads,
      BotTurns turns,
      RelaySettings settings,
      RelayRequest request,
      Clock clock) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.reads = reads;
    this.settings = settings;
    this.request = request;
    this.clock = clock;
    this.begin = clock.instant();
    this.bound = begin.plus(request.bound());
    Optional<BotTurns.Last> last = turns.last(request.conversation());
    this.set =
        new ActivitySet(
            request.watermark(),
            last.filter(turn -> turn.leadsTo(request.watermark()))
                .map(BotTurns.Last::delivered)
                .orElse(List.of()),
            last.map(BotTurns.Last::customer).orElse(null));
    this.turn = new TurnFeed(settings.turns(), turns, request.conversation(), bound);
    this.bell = new Bell(reads, turns, settings, request, this::rung);
  }

  /** Begins. Fails with {@link RelayProblem}. */
  Future<RelayAnswer> run() {
    read();
    return answer.future();
  }

  /** The caller is gone: everything that was begun for it is given up. */
  void cancel() {
    context.runOnContext(
        v -> {
          if (!over) {
            stop();
            answer.tryFail("The caller is gone");
          }
        });
  }

  /** This node is being stopped: answers with what there is, or not at all. */
  void hurry() {
    context.runOnContext(
        v -> {
          hurried = true;
          evaluate();
        });
  }

  private void read() {
    if (readingNow) {
      readAgain = true;
      return;
    }
    readingNow = true;
    readAgain = false;
    bell.readBegins();
    reads
        .activities(
            settings.root(),
            request.conversation(),
            set.watermark(),
            request.credential(),
            sent -> reading = sent)
        .onComplete(this::wasRead);
  }

  private void wasRead(AsyncResult<Reply> result) {
    readingNow = false;
    if (over) {
      return;
    }
    Instant now = clock.instant();
    ObjectNode body =
        result.succeeded() && result.result().status() == 200
            ? RelayJson.object(result.result().body()).orElse(null)
            : null;
    if (body == null) {
      notRead(now, result);
      return;
    }
    List<JsonNode> fresh = set.add(body);
    turn.read(now, fresh, result.result().date());
    everRead = true;
    confirmed = confirming && fresh.isEmpty();
    confirming = false;
    bell.readEnds(set);
    nextRead = now.plus(Pace.between(Duration.between(begin, now), bell.state()));
    if (readAgain || fresh.size() >= PAGE) {
      read();
    }
    evaluate();
  }

  /** Only the first read can fail the call. Later ones are tried again until the bound. */
  private void notRead(Instant now, AsyncResult<Reply> result) {
    if (!everRead) {
      stop();
      answer.tryFail(problem(result));
      return;
    }
    Duration pause = Pace.between(Duration.between(begin, now), Bell.State.SILENT);
    if (result.succeeded()) {
      pause = Pace.afterRefusal(result.result(), pause);
    }
    nextRead = now.plus(pause);
    evaluate();
  }

  private static RelayProblem problem(AsyncResult<Reply> result) {
    if (result.failed()) {
      return RelayProblem.unreachable(result.cause().getClass().getSimpleName());
    }
    Reply reply = result.result();
    return reply.status() >= 400
        ? RelayProblem.upstream(reply.status(), reply.body())
        : RelayProblem.unreachable("HTTP " + reply.status() + " without an activity set");
  }

  /** The bell rang: there is something to read, or the bot is typing. */
  private void rung(boolean typing) {
    if (over) {
      return;
    }
    if (typing) {
      turn.typing(clock.instant());
      evaluate();
    } else {
      read();
    }
  }

  private void evaluate() {
    if (over || !everRead) {
      return;
    }
    Instant now = clock.instant();
    Verdict verdict = hurried ? new Complete(Reason.BOUND) : turn.at(now);
    if (verdict instanceof Complete complete) {
      if (complete.reason() == Reason.BOUND || !readingNow && (bell.vouches() || confirmed)) {
        finish(complete.reason());
      } else if (!readingNow) {
        confirming = true; // nothing else would tell of what came meanwhile
        read();
      }
      return;
    }
    Instant next = ((LookAgain) verdict).at();
    if (!bell.isTried()) {
      bell.hang(set.watermark(), Duration.between(now, next));
    }
    if (!now.isBefore(nextRead)) {
      nextRead = Instant.MAX; // set again when it is read
      read();
    }
    wake(now, next.isBefore(nextRead) ? next : nextRead);
  }

  private void wake(Instant now, Instant at) {
    vertx.cancelTimer(timer);
    // Rounded up: a timer that goes off early would only be set again.
    long millis = Math.max(1, Duration.between(now, at).plusNanos(999_999).toMillis());
    timer = vertx.setTimer(millis, fired -> evaluate());
  }

  private void finish(Reason reason) {
    stop();
    if (hurried && turn.messages() == 0) {
      answer.tryFail(RelayProblem.stopping());
      return;
    }
    turn.ended(reason, set);
    Duration took = Duration.between(begin, clock.instant());
    answer.tryComplete(
        new RelayAnswer(
            set.toJson(request.exclude()), turn.messages(), turn.handoff(), reason, took));
  }

  private void stop() {
    over = true;
    vertx.cancelTimer(timer);
    bell.close();
    if (readingNow && reading != null) {
      reading.reset();
    }
  }
}
