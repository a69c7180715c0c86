package dev.baton.directline;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps sessions as long as the process lives. */
public class MemoryDirectLineSessionStore implements DirectLineSessionStore {
  private final Map<String, Map<String, DirectLineSession>> sessions = new ConcurrentHashMap<>();

  @Override
  public Collection<DirectLineSession> load(String bot) {
    return sessions.getOrDefault(bot, Map.of()).values();
  }

  @Override
  public DirectLineSession find(String bot, String key) {
    return sessions.getOrDefault(bot, Map.of()).get(key);
  }

  @Override
  public void save(DirectLineSession session) {
    sessions
        .computeIfAbsent(session.bot(), b -> new ConcurrentHashMap<>())
        .put(session.key(), session);
  }

  @Override
  public void delete(String bot, String key) {
    Map<String, DirectLineSession> ofBot = sessions.get(bot);
    if (ofBot != null) {
      ofBot.remove(key);
    }
  }
}
