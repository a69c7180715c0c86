package dev.baton.hub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

final class MemoryParkedHubEvents implements ParkedHubEventStore {
  final List<ParkedHubEvent> kept = new CopyOnWriteArrayList<>();

  @Override
  public void add(ParkedHubEvent event) {
    kept.add(event);
  }

  @Override
  public void remove(ParkedHubEvent event) {
    kept.remove(event);
  }

  @Override
  public List<ParkedHubEvent> load() {
    return List.copyOf(kept);
  }
}
