package dev.baton.journal;

import dev.baton.conversation.Lane;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** The three dispatchers. */
final class Lanes {
  private final Map<Lane, LaneDispatcher> dispatchers = new EnumMap<>(Lane.class);

  Lanes(Function<Lane, LaneDispatcher> factory) {
    for (Lane lane : Lane.values()) {
      dispatchers.put(lane, factory.apply(lane));
    }
  }

  LaneDispatcher of(Lane lane) {
    return dispatchers.get(lane);
  }

  void activate() {
    dispatchers.values().forEach(LaneDispatcher::activate);
  }

  void deactivate() {
    dispatchers.values().forEach(LaneDispatcher::deactivate);
  }

  /** Forgets what is in memory about a conversation and reads it anew. */
  void reset(String conversation) {
    dispatchers.values().forEach(lane -> lane.reset(conversation));
  }
}
