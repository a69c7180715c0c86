package dev.baton.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what follows from a delivery's outcome, and makes it durable before the lane goes on. */
final class DeliveryOutcomes {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryOutcomes.class);
  private static final long STORE_RETRY_MILLIS = 1_000;

  private final Core core;
  private final Writer writer;
  private final LaneOptions options;
  private final Clock clock;
  private final ScheduledExecutorService scheduler;

  DeliveryOutcomes(
      Core core, Writer writer, LaneOptions options, ScheduledExecutorService scheduler) {
    this.core = core;
    this.writer = writer;
    this.options = options;
    this.clock = core.clock();
    this.scheduler = scheduler;
  }

  /**
   * @param started when the delivery was
   * @param then gets the time of the next attempt, or null to go on with the next entry
   */
  void record(
      EntryRow row, Instant started, String remoteId, Throwable failure, Consumer<Instant> then) {
    StoredEntry entry = row.entry();
    int attempts = entry.attempts() + 1;
    Instant firstAt = row.firstAt() == null ? started : row.firstAt();
    if (failure == null) {
      write(
          entry,
          mark(entry, StoredEntry.Status.DONE, attempts, null, firstAt, remoteId, null),
          null,
          then);
      return;
    }
    DeliveryException advice = advice(failure);
    if (advice != null && advice.isNotYet()) {
      Instant turn = clock.instant().plus(delay(advice, attempts));
      LOG.debug("Delivery {} waits for its turn until {}", entry.deliveryId(), turn);
      write(
          entry,
          mark(
              entry,
              StoredEntry.Status.PENDING,
              entry.attempts(),
              turn,
              row.firstAt(),
              remoteId,
              entry.cause()),
          turn,
          then);
      return;
    }
    String cause = describe(failure);
    Instant due = clock.instant().plus(delay(advice, attempts));
    boolean hopeless =
        (advice != null && advice.isPermanent()) || due.isAfter(firstAt.plus(options.limit()));
    LOG.warn(
        "Delivery {} ({} {}) failed, attempt {}, {}: {}",
        entry.deliveryId(),
        entry.lane().id(),
        entry.operation(),
        attempts,
        hopeless ? "given up" : "next at " + due,
        cause);
    if (hopeless) {
      giveUp(
          entry,
          mark(entry, StoredEntry.Status.DEAD, attempts, null, firstAt, remoteId, cause),
          advice == null ? DeliveryException.Reason.UNREACHABLE : advice.reason(),
          then);
    } else {
      write(
          entry,
          mark(entry, StoredEntry.Status.PENDING, attempts, due, firstAt, remoteId, cause),
          due,
          then);
    }
  }

  /** Withdraws a {@code send} whose handoff is over, and lets the core decide who hears it now. */
  void takeBack(EntryRow row, Consumer<Instant> then) {
    StoredEntry entry = row.entry();
    giveUp(
        entry,
        mark(
            entry,
            StoredEntry.Status.DROPPED,
            entry.attempts(),
            null,
            row.firstAt(),
            null,
            AppendWrite.OVER),
        DeliveryException.Reason.GONE,
        then);
  }

  private Duration delay(DeliveryException advice, int attempts) {
    if (advice == null || advice.retryAfter() == null) {
      return options.delayAfter(attempts);
    }
    // A wait beyond the limit is as good as any longer one, which could not even be added to a
    // date.
    Duration beyond = options.limit().plusSeconds(1);
    return advice.retryAfter().compareTo(beyond) < 0 ? advice.retryAfter() : beyond;
  }

  private static LaneMark mark(
      StoredEntry entry,
      StoredEntry.Status status,
      int attempts,
      Instant due,
      Instant firstAt,
      String remoteId,
      String cause) {
    return new LaneMark(
        entry.conversation(),
        entry.seq(),
        status,
        attempts,
        due,
        firstAt,
        remoteId == null ? entry.remoteId() : remoteId,
        cause);
  }

  private void write(StoredEntry entry, LaneMark mark, Instant due, Consumer<Instant> then) {
    insist(entry, () -> new LaneMarkWrite(mark, () -> then.accept(due)), null, then);
  }

  private void giveUp(
      StoredEntry entry, LaneMark mark, DeliveryException.Reason reason, Consumer<Instant> then) {
    insist(
        entry,
        () -> new GiveUpWrite(core, entry, mark, reason, () -> then.accept(null)),
        () -> write(entry, mark, null, then),
        then);
  }

  /**
   * Tries until the outcome is durable, because the lane must not go on without it.
   *
   * @param otherwise what to do when the store is not to blame, or null to try again then, too
   */
  private void insist(
      StoredEntry entry, Supplier<Write<?>> write, Runnable otherwise, Consumer<Instant> then) {
    Write<?> prepared;
    try {
      prepared = write.get();
    } catch (RuntimeException e) {
      if (otherwise == null) {
        throw e;
      }
      LOG.error("Nothing can be decided on dead letter {}", entry.deliveryId(), e);
      otherwise.run();
      return;
    }
    writer
        .submit(prepared)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                return;
              }
              JournalState state = writer.state();
              if (state == JournalState.STANDBY || state == JournalState.STOPPED) {
                LOG.warn(
                    "The outcome of delivery {} was not recorded; it may be repeated",
                    entry.deliveryId());
                then.accept(null); // another node, or the next start, goes on
              } else if (otherwise != null && !(failure instanceof JournalException)) {
                LOG.error("Nothing was decided on dead letter {}", entry.deliveryId(), failure);
                otherwise.run();
              } else {
                scheduler.schedule(
                    () -> insist(entry, write, otherwise, then),
                    STORE_RETRY_MILLIS,
                    TimeUnit.MILLISECONDS);
              }
            });
  }

  private static DeliveryException advice(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof DeliveryException found) {
        return found;
      }
    }
    return null;
  }

  /** Class and message of the failure, which is what an operator looks for. */
  private static String describe(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof DeliveryException) {
      return cause.getMessage();
    }
    return cause.getClass().getSimpleName()
        + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
  }
}
