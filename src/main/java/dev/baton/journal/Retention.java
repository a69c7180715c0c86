package dev.baton.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes ended conversations once they are old enough, few at a time so that nobody waits long.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int PAGE = 100;

  private final SqlJournal journal;
  private final Duration keep;
  private final ScheduledExecutorService scheduler;
  private Future<?> task;

  Retention(SqlJournal journal, Duration keep, ScheduledExecutorService scheduler) {
    this.journal = journal;
    this.keep = keep;
    this.scheduler = scheduler;
  }

  synchronized void activate() {
    if (keep.isZero() || task != null) {
      return;
    }
    long period = Math.max(1_000, Math.min(keep.toMillis() / 10, Duration.ofHours(1).toMillis()));
    task = scheduler.scheduleWithFixedDelay(this::run, 1_000, period, TimeUnit.MILLISECONDS);
  }

  synchronized void deactivate() {
    if (task != null) {
      task.cancel(false);
      task = null;
    }
  }

  private void run() {
    try {
      int purged = purge(journal.clock().instant().minus(keep));
      if (purged > 0) {
        LOG.info("{} conversations that ended over {} ago were deleted", purged, keep);
      }
    } catch (RuntimeException e) {
      LOG.warn("Old conversations could not be deleted: {}", e.getMessage());
    }
  }

  int purge(Instant endedBefore) {
    long limit = endedBefore.toEpochMilli();
    int purged = 0;
    List<String> page;
    do {
      page = journal.read(reads -> reads.endedBefore(limit, PAGE));
      if (!page.isEmpty()) {
        purged += journal.delete(page, limit, false).join();
      }
    } while (page.size() == PAGE);
    return purged;
  }
}
