package dev.baton.hub.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sessions as they would be stored: as JSON. */
final class MemorySessions implements SessionStore {
  final Map<String, String> stored = new ConcurrentHashMap<>();
  private final Map<String, String> newest = new ConcurrentHashMap<>();
  final List<String> unclaimed = new CopyOnWriteArrayList<>();

  @Override
  public void save(Session session) {
    stored.put(session.hub + "/" + session.id, session.json());
  }

  @Override
  public Optional<Session> find(String hub, String id) {
    return Optional.ofNullable(stored.get(hub + "/" + id)).map(Session::of);
  }

  @Override
  public void newest(Session session) {
    newest.put(session.hub + "/" + session.userId, session.id);
  }

  @Override
  public Optional<Session> newestOf(String hub, String userId) {
    return Optional.ofNullable(newest.get(hub + "/" + userId)).flatMap(id -> find(hub, id));
  }

  @Override
  public List<Session> open(String hub) {
    List<Session> open = new ArrayList<>();
    stored.forEach(
        (key, json) -> {
          Session session = Session.of(json);
          if (key.startsWith(hub + "/") && !session.ended()) {
            open.add(session);
          }
        });
    return open;
  }

  @Override
  public void unclaimed(String hub, String json) {
    unclaimed.add(json);
  }
}
