package dev.baton.channel.servicenow;

import dev.baton.channel.turn.Verdict.Reason;
import dev.baton.configuration.RelaySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relay of one bot: its calls, their limit, and what the log and the meters say of them. */
final class BotRelay {
  private static final Logger LOG = LoggerFactory.getLogger(BotRelay.class);
  private static final int CALLS_WITHOUT_HANDOFF = 200;

  private final Vertx vertx;
  private final DirectLineReads reads;
  private final RelaySettings settings;
  private final BotTurns turns;
  private final RelayMeters meters;
  private final Set<RelayCall> calls = ConcurrentHashMap.newKeySet();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger withoutHandoff = new AtomicInteger();

  BotRelay(Vertx vertx, DirectLineReads reads, RelaySettings settings, MeterRegistry meters) {
    this.vertx = vertx;
    this.reads = reads;
    this.settings = settings;
    this.turns = new BotTurns(settings.turns());
    this.meters = new RelayMeters(meters, settings.bot(), waiting);
  }

  /** Answers one call. On its event loop. */
  void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    RelayRequest asked;
    try {
      asked = RelayRequest.of(request.headers(), settings);
    } catch (RelayProblem problem) {
      fail(response, "", problem);
      return;
    }
    if (waiting.incrementAndGet() > settings.concurrent() && settings.concurrent() > 0) {
      waiting.decrementAndGet();
      fail(response, asked.conversation(), tooMany());
      return;
    }
    RelayCall call = new RelayCall(vertx, reads, turns, settings, asked, Clock.systemUTC());
    calls.add(call);
    response.closeHandler(v -> call.cancel());
    call.run()
        .onComplete(
            result -> {
              calls.remove(call);
              waiting.decrementAndGet();
              if (result.succeeded()) {
                answer(response, asked, result.result());
              } else if (result.cause() instanceof RelayProblem problem) {
                fail(response, asked.conversation(), problem);
              }
            });
  }

  private void answer(HttpServerResponse response, RelayRequest asked, RelayAnswer answer) {
    meters.answered(answer);
    LOG.info(
        "ServiceNow relay {}: conversation {}: {} activities, {} messages, handoff: {}, after {} of"
            + " at most {} ms ({})",
        settings.bot(),
        asked.conversation(),
        answer.activitySet().path("activities").size(),
        answer.messages(),
        answer.handoff() ? "yes" : "no",
        answer.took().toMillis(),
        asked.bound().toMillis(),
        answer.reason().name().toLowerCase(Locale.ROOT));
    if (answer.reason() == Reason.BOUND && answer.messages() == 0) {
      LOG.warn(
          "BTN-2327 ServiceNow relay {}: conversation {}: the bot said nothing within {} ms; if it"
              + " is slow, raise the waittime that ServiceNow sends, or {}wait, and ServiceNow's"
              + " timeout",
          settings.bot(),
          asked.conversation(),
          asked.bound().toMillis(),
          "baton.channels.servicenow." + settings.bot() + ".");
    }
    noteHandoff(answer.handoff());
    send(response, 200, RelayJson.bytes(answer.activitySet()));
  }

  private void noteHandoff(boolean handoff) {
    if (handoff) {
      withoutHandoff.set(Integer.MIN_VALUE);
    } else if (withoutHandoff.incrementAndGet() == CALLS_WITHOUT_HANDOFF) {
      LOG.info(
          "BTN-2328 ServiceNow relay {}: none of {} in {} calls; if customers do ask for humans,"
              + " the bot lacks the node 'Transfer conversation'",
          settings.bot(),
          settings.turns().finalEvents(),
          CALLS_WITHOUT_HANDOFF);
    }
  }

  private void fail(HttpServerResponse response, String conversation, RelayProblem problem) {
    meters.failed(problem.problem());
    LOG.warn(
        "{} ServiceNow relay {}: conversation {}: {} ({})",
        problem.problem(),
        settings.bot(),
        conversation.isEmpty() ? "not named" : conversation,
        problem.getMessage(),
        problem.status());
    if (problem.status() == 429 || problem.status() == 503) {
      response.putHeader("Retry-After", "1");
    }
    send(response, problem.status(), problem.body());
  }

  private RelayProblem tooMany() {
    return RelayProblem.of(
        429,
        "BTN-1103",
        "TooManyRequests",
        "More than %d calls wait for bot %s".formatted(settings.concurrent(), settings.bot()));
  }

  static void send(HttpServerResponse response, int status, byte[] body) {
    if (!response.ended() && !response.closed()) {
      response
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json; charset=utf-8")
          .putHeader("Cache-Control", "no-store")
          .putHeader("X-Content-Type-Options", "nosniff")
          .end(Buffer.buffer(body));
    }
  }

  /** Answers all that wait with what there is. */
  void hurry() {
    calls.forEach(RelayCall::hurry);
  }
}
