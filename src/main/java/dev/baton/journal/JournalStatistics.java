package dev.baton.journal;

import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import java.time.Instant;
import java.util.Map;

/** Counts for operators, of all nodes together. */
public interface JournalStatistics {

  /**
   * Everything at one moment.
   *
   * @param conversations by owner; ended ones as long as they are kept
   * @param openByBot conversations that have not ended, by bot
   * @param openByHub conversations that wait for or have an agent, by hub; those whose hub is not
   *     chosen yet are not counted
   * @param laneDepths entries that wait for delivery, by lane
   * @param deadLetters entries given up and neither replayed nor dropped
   * @param oldestWaiting when the customer who waits longest for an agent asked for one, or null
   *     when nobody waits
   */
  record Snapshot(
      Map<Owner, Long> conversations,
      Map<String, Long> openByBot,
      Map<String, Long> openByHub,
      Map<Lane, Long> laneDepths,
      long deadLetters,
      Instant oldestWaiting) {}

  /** Counts now. Reads from disk: never call it on an event loop. */
  Snapshot statistics();

  /** Events that this node dropped as repeats since it started. */
  long duplicates();
}
