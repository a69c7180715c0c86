package dev.baton.journal;

import dev.baton.conversation.Conversation;

/** A conversation while a transaction works on it. Lives no longer than that. */
final class Working {
  final String id;

  /** Null until it is started. */
  Conversation state;

  long lastEvent;
  long lastEntry;

  /** A first contact stands in this transaction. */
  boolean starting;

  boolean changed;

  Working(String id) {
    this.id = id;
  }

  Working(String id, StateCache.Known known) {
    this(id);
    this.state = known.conversation();
    this.lastEvent = known.lastEvent();
    this.lastEntry = known.lastEntry();
  }
}
