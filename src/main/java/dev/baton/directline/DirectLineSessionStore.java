package dev.baton.directline;

import java.util.Collection;

/**
 * Keeps the sessions of conversations over a restart. Called on worker threads, so it may block;
 * calls for one key never overlap and come in order.
 */
public interface DirectLineSessionStore {

  /** All sessions of a bot. */
  Collection<DirectLineSession> load(String bot) throws Exception;

  /** Inserts or replaces the session of {@code session.bot()} and {@code session.key()}. */
  void save(DirectLineSession session) throws Exception;

  /** Deletes a session; nothing happens when there is none. */
  void delete(String bot, String key) throws Exception;
}
