package dev.baton.hub.servicenow;

import java.util.List;
import java.util.Optional;

/** Keeps {@link Session}s over restarts. May block. */
interface SessionStore {
  /** Durable when it returns. */
  void save(Session session);

  /** Also one that has ended, as long as its conversation is kept. */
  Optional<Session> find(String hub, String id);

  /**
   * Notes that a session is its user's newest. Durable when it returns.
   *
   * @see #newestOf
   */
  void newest(Session session);

  /** The user's newest session, whether it has ended or not. */
  Optional<Session> newestOf(String hub, String userId);

  /** Those of the hub that have not ended, oldest first. */
  List<Session> open(String hub);

  /**
   * Keeps a callback that belongs to no session, for a person to look at. The newest hundred stay.
   */
  void unclaimed(String hub, String json);
}
