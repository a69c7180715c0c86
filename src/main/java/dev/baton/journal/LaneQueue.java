package dev.baton.journal;

import java.util.ArrayDeque;
import java.util.concurrent.Future;

/**
 * What a dispatcher keeps of one conversation's lane while something waits in it. Guarded by the
 * dispatcher.
 */
final class LaneQueue {
  enum Step {
    IDLE,
    /** A worker will look at it. */
    SCHEDULED,
    /** An entry is being delivered, or its outcome is being made durable. */
    DELIVERING,
    /** Backing off. */
    WAITING
  }

  final String conversation;
  final ArrayDeque<EntryRow> entries = new ArrayDeque<>();
  Step step = Step.IDLE;

  /** More than {@link #entries} may stand in the store. */
  boolean more;

  /** Something was appended while {@link #more} was set. */
  boolean arrived;

  /** Highest number that was ever in {@link #entries}. */
  long lastSeq = -1;

  /** Number of the entry being delivered, or -1. */
  long inFlight = -1;

  /** Nothing may start while a transaction withdraws entries. */
  boolean held;

  /**
   * A {@code send} up to this number is not to be delivered any more, its handoff is over; -1 for
   * none.
   */
  long takenBackTo = -1;

  /** Changes with each withdrawal, so that what was read before is not used after. */
  int version;

  Future<?> wakeUp;

  LaneQueue(String conversation) {
    this.conversation = conversation;
  }

  /** Leaves only what the store holds. */
  void forget() {
    entries.clear();
    more = true;
    version++;
  }

  boolean isTakenBack(StoredEntry entry) {
    return entry.seq() <= takenBackTo && entry.operation().equals("send");
  }

  void cancelWakeUp() {
    if (wakeUp != null) {
      wakeUp.cancel(false);
      wakeUp = null;
    }
  }
}
