package dev.baton.hub.servicenow;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The sessions of all hubs: one change at a time for each, and an index of what is due, so that the
 * watch need not read them all.
 */
final class Sessions {
  private static final int LOCKS = 256;

  private final SessionStore store;
  private final Object[] locks = new Object[LOCKS];
  private final Map<String, Map<String, Instant>> due = new ConcurrentHashMap<>();

  Sessions(SessionStore store) {
    this.store = store;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  /**
   * Does something with a session while nobody else does; {@link #save} is the caller's.
   *
   * @param change gets the stored session, empty when there is none
   */
  <T> T with(String hub, String id, Function<Optional<Session>, T> change) {
    synchronized (locks[Math.floorMod(Objects.hash(hub, id), LOCKS)]) {
      return change.apply(store.find(hub, id));
    }
  }

  /** Durable when it returns. Within {@link #with} only. */
  void save(Session session) {
    store.save(session);
    index(session);
  }

  Optional<Session> find(String hub, String id) {
    return id == null || id.isBlank() ? Optional.empty() : store.find(hub, id);
  }

  /** Like {@link #save}, for a session that begins: it is its user's newest from now on. */
  void begin(Session session) {
    save(session);
    store.newest(session);
  }

  /** The session that a user has, if any: ServiceNow has one for each. */
  Optional<Session> openOf(String hub, String userId) {
    return store.newestOf(hub, userId).filter(session -> !session.ended());
  }

  /** Ids of sessions for which something is due. */
  List<String> due(String hub, Instant now) {
    return due.getOrDefault(hub, Map.of()).entrySet().stream()
        .filter(entry -> !entry.getValue().isAfter(now))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Reads the index anew from the store: after a start, or when another node wrote. */
  int refresh(String hub) {
    Set<String> gone = new HashSet<>(due.getOrDefault(hub, Map.of()).keySet());
    List<Session> open = store.open(hub);
    open.forEach(this::index);
    open.forEach(session -> gone.remove(session.id));
    due.getOrDefault(hub, Map.of()).keySet().removeAll(gone);
    return open.size();
  }

  void unclaimed(String hub, String json) {
    store.unclaimed(hub, json);
  }

  private void index(Session session) {
    Map<String, Instant> ofHub =
        due.computeIfAbsent(session.hub, name -> new ConcurrentHashMap<>());
    Instant at = session.due();
    if (at == null) {
      ofHub.remove(session.id);
    } else {
      ofHub.put(session.id, at);
    }
  }
}
