package dev.baton.journal;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Event;
import dev.baton.conversation.Timer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires the time-outs of conversations. They stand in the store; in memory is only when the next
 * one is due, so that any number of them costs nothing and a restart changes nothing.
 */
final class Timers {
  private static final Logger LOG = LoggerFactory.getLogger(Timers.class);
  private static final int PAGE = 256;
  private static final long AFTER_FAILURE_MILLIS = 5_000;

  private final Core core;
  private final Writer writer;
  private final Reads reads;
  private final Clock clock;
  private final ScheduledExecutorService scheduler;
  private boolean active;
  private long wakeAt = Long.MAX_VALUE;
  private Future<?> wakeUp;

  Timers(Core core, Writer writer, Reads reads, ScheduledExecutorService scheduler) {
    this.core = core;
    this.writer = writer;
    this.reads = reads;
    this.clock = core.clock();
    this.scheduler = scheduler;
  }

  synchronized void activate() {
    active = true;
    wakeNoLaterThan(clock.millis());
  }

  synchronized void deactivate() {
    active = false;
    wakeAt = Long.MAX_VALUE;
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
  }

  void committed(Conversation conversation) {
    Instant due = conversation.nextDue();
    if (due != null) {
      wakeNoLaterThan(due.toEpochMilli() + 1);
    }
  }

  private synchronized void wakeNoLaterThan(long millis) {
    if (!active || millis >= wakeAt) {
      return;
    }
    wakeAt = millis;
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
    wakeUp =
        scheduler.schedule(this::fire, Math.max(0, millis - clock.millis()), TimeUnit.MILLISECONDS);
  }

  private void fire() {
    synchronized (this) {
      wakeAt = Long.MAX_VALUE;
    }
    try {
      Instant now = clock.instant();
      List<CompletableFuture<?>> fired = new ArrayList<>();
      List<Conversation> due = reads.due(now.toEpochMilli(), PAGE);
      for (Conversation conversation : due) {
        List<Timer> timers =
            conversation.timers().entrySet().stream()
                .filter(timer -> !timer.getValue().isAfter(now))
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
        if (timers.isEmpty()) { // the column was early
          fired.add(writer.submit(new RearmWrite(conversation.id())));
        }
        for (Timer timer : timers) {
          fired.add(writer.submit(new FireWrite(core, conversation.id(), timer)));
        }
      }
      CompletableFuture.allOf(fired.toArray(CompletableFuture[]::new))
          .whenComplete((done, failure) -> planNext(failure));
    } catch (SQLException | RuntimeException e) {
      planNext(e);
    }
  }

  private synchronized boolean isActive() {
    return active;
  }

  private void planNext(Throwable failure) {
    if (!isActive()) {
      return;
    }
    if (failure != null) {
      LOG.error("A time-out could not be fired: {}", failure.getMessage());
      wakeNoLaterThan(clock.millis() + AFTER_FAILURE_MILLIS);
      return;
    }
    scheduler.execute(
        () -> {
          try {
            reads.nextDue().ifPresent(this::wakeNoLaterThan);
          } catch (SQLException | RuntimeException e) {
            LOG.warn("The next time-out cannot be read: {}", e.getMessage());
            wakeNoLaterThan(clock.millis() + AFTER_FAILURE_MILLIS);
          }
        });
  }

  private static void rearm(Working working) {
    if (working.state != null) {
      working.rearm = true;
      working.changed = true;
    }
  }

  /** Makes the column {@code next_due} exact. */
  private static final class RearmWrite extends Write<Void> {
    private final String conversation;

    RearmWrite(String conversation) {
      this.conversation = conversation;
    }

    @Override
    Void apply(Transaction transaction) throws SQLException {
      rearm(transaction.conversation(conversation));
      return null;
    }
  }

  /** Fires a time-out unless it was moved or cancelled in the meantime. */
  private static final class FireWrite extends AppendWrite {
    private final Core core;
    private final Timer timer;

    FireWrite(Core core, String conversation, Timer timer) {
      super(core, conversation, null, new Event.TimerFired(timer));
      this.core = core;
      this.timer = timer;
    }

    @Override
    Appended apply(Transaction transaction) throws SQLException {
      Working working = transaction.conversation(conversation());
      rearm(working);
      Instant due = working.state == null ? null : working.state.timers().get(timer);
      if (due == null || due.isAfter(core.clock().instant())) {
        return null;
      }
      Appended appended = super.apply(transaction);
      if (due.equals(appended.conversation().timers().get(timer))) {
        throw new IllegalStateException("Time-out " + timer + " stays due after it has fired");
      }
      return appended;
    }
  }
}
