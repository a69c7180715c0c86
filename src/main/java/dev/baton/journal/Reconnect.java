package dev.baton.journal;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How long the writer waits before it tries to become active again. */
final class Reconnect {
  private static final long FIRST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 5_000;
  private static final long STANDBY_MILLIS = 500;

  private final Semaphore woken = new Semaphore(0);
  private long wait;

  void failed() {
    wait = wait == 0 ? FIRST_MILLIS : Math.min(LONGEST_MILLIS, wait * 2);
  }

  void standby() {
    wait = STANDBY_MILLIS;
  }

  void succeeded() {
    wait = 0;
  }

  /** Returns after the wait, or when woken. */
  void await() throws InterruptedException {
    if (wait > 0 && woken.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
      woken.drainPermits();
    }
  }

  void wake() {
    woken.release();
  }
}
