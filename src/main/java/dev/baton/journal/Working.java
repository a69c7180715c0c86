package dev.baton.journal;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** A conversation while a transaction works on it. Lives no longer than that. */
final class Working {
  /** How far the column {@code updated_at} may lag, which only orders lists. */
  private static final Duration LAG = Duration.ofMinutes(1);

  final String id;

  /** What the store holds; null until the conversation is stored. */
  private StateCache.Known stored;

  /** Null until it is started. */
  Conversation state;

  /** A first contact stands in this transaction. */
  boolean starting;

  boolean changed;

  /** The column {@code next_due} must become exact. */
  boolean rearm;

  Working(String id, StateCache.Known stored) {
    this.id = id;
    this.stored = stored;
    this.state = stored == null ? null : stored.conversation();
  }

  /** Whether more than the state has to be written: every index costs a page. */
  boolean needsAllColumns() {
    if (stored == null || rearm) {
      return true;
    }
    Conversation before = stored.conversation();
    Instant due = state.nextDue();
    return (due != null && (stored.due() == null || due.isBefore(stored.due())))
        || before.owner() != state.owner()
        || !Objects.equals(before.customer(), state.customer())
        || !Objects.equals(before.endedAt(), state.endedAt())
        || !Objects.equals(hub(before), hub(state))
        || !Objects.equals(requestedAt(before), requestedAt(state))
        || Duration.between(stored.updated(), state.updatedAt()).compareTo(LAG) >= 0;
  }

  void written(boolean allColumns) {
    changed = false;
    rearm = false;
    stored =
        allColumns
            ? new StateCache.Known(state, state.nextDue(), state.updatedAt())
            : new StateCache.Known(state, stored.due(), stored.updated());
  }

  StateCache.Known stored() {
    return stored;
  }

  static String hub(Conversation conversation) {
    Handoff handoff = conversation.handoff();
    return handoff == null ? null : handoff.hub();
  }

  static Instant requestedAt(Conversation conversation) {
    Handoff handoff = conversation.handoff();
    return handoff == null ? null : handoff.requestedAt();
  }
}
