package dev.baton.directline;

import java.util.Collection;

/**
 * Keeps the sessions of conversations over a restart. Called on worker threads, so it may block;
 * calls for one key never overlap and come in order.
 */
public interface DirectLineSessionStore {

  /** The stored sessions of a bot; asked when its consumer starts and when this node takes over. */
  Collection<DirectLineSession> load(String bot) throws Exception;

  /**
   * The session of one key, asked for a key that is not in memory: it may have come from another
   * node meanwhile.
   *
   * @return null when there is none
   */
  default DirectLineSession find(String bot, String key) throws Exception {
    for (DirectLineSession session : load(bot)) {
      if (session.key().equals(key)) {
        return session;
      }
    }
    return null;
  }

  /** Inserts or replaces the session of {@code session.bot()} and {@code session.key()}. */
  void save(DirectLineSession session) throws Exception;

  /** Deletes a session; nothing happens when there is none. */
  void delete(String bot, String key) throws Exception;
}
