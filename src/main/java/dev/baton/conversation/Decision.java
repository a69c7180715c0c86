package dev.baton.conversation;

import java.util.List;

/**
 * What the core decided about one event.
 *
 * @param next the conversation's next state
 * @param entries what to deliver, in order
 * @param unheard what becomes of entries that wait undelivered in the hub lane
 * @param note why an event had no effect or something was dropped, for journal and log; null when
 *     nothing is to say
 */
public record Decision(Conversation next, List<Entry> entries, Unheard unheard, String note) {

  /** What becomes of what the customer wrote to a hub that never got it. */
  public enum Unheard {
    /** Entries stay where they are. */
    KEEP,
    /**
     * Undelivered {@code send} entries of the hub lane move to the end of the bot lane as {@code
     * post} of their {@code activity}, in order, after {@link Decision#entries()} were appended.
     * While one of them is being delivered, they wait for its outcome and each becomes an {@link
     * Event.DeliveryFailed} with reason {@code GONE}. Undelivered {@code open} entries that were
     * never tried are dropped. One that was tried stays, because the hub may have taken it although
     * its answer was lost: it opens again, idempotently, and is ended. An {@code end} stays.
     */
    MOVE_TO_BOT,
    /**
     * Undelivered {@code send} entries of the hub lane are dropped, and {@code open} entries as
     * with {@link #MOVE_TO_BOT}.
     */
    DROP
  }

  public Decision {
    entries = List.copyOf(entries);
  }
}
