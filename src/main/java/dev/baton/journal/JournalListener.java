package dev.baton.journal;

import dev.baton.conversation.Conversation;
import java.util.List;

/** Told of everything that became durable. Called on the journal's own thread: must not block. */
@FunctionalInterface
public interface JournalListener {
  /**
   * @param conversation the state after the event
   * @param entries the entries that the event appended, in order, all lanes
   */
  void committed(Conversation conversation, List<StoredEntry> entries);
}
