package dev.baton.channel.genesys;

import dev.baton.channel.CallQueue;
import dev.baton.journal.JournalState;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions that Genesys let go silently, and goes on with turns that were promised before this
 * node became the active one.
 */
final class SessionWatch extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWatch.class);

  private final Vertx vertx;
  private final Supplier<JournalState> state;
  private final TurnTools tools;
  private final CallQueue queue;
  private final Map<String, GenesysBot> bots;
  private final Duration interval;
  private long timer = -1;
  private volatile boolean active;

  SessionWatch(
      Vertx vertx,
      Supplier<JournalState> state,
      TurnTools tools,
      CallQueue queue,
      Map<String, GenesysBot> bots,
      Duration interval) {
    this.vertx = vertx;
    this.state = state;
    this.tools = tools;
    this.queue = queue;
    this.bots = bots;
    this.interval = interval;
  }

  @Override
  protected void doStart() {
    timer = vertx.setPeriodic(1, interval.toMillis(), t -> look());
  }

  @Override
  protected void doStop() {
    vertx.cancelTimer(timer);
  }

  private void look() {
    vertx
        .executeBlocking(
            () -> {
              if (state.get() != JournalState.ACTIVE) {
                active = false;
                return null;
              }
              if (!active) {
                tools.sessions().load().forEach(this::resume);
                active = true;
              }
              long now = tools.clock().millis();
              for (String conversation : tools.sessions().expired(now)) {
                queue.run(
                    conversation,
                    () -> {
                      tools.expire(conversation);
                      return CompletableFuture.completedFuture(null);
                    });
              }
              return null;
            },
            false)
        .onFailure(e -> LOG.warn("Sessions of Genesys cannot be looked after: {}", e.toString()));
  }

  private void resume(String conversation, GenesysSession session) {
    GenesysBot bot = bots.get(session.bot());
    if (session.pending() != null && bot != null) {
      queue.run(conversation, () -> tools.resume(bot, conversation, session));
    }
  }
}
