package dev.baton.hub.genesys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records that a test can look into. */
final class MemoryGenesysRecords implements GenesysRecordStore {
  private final Map<String, GenesysRecord> records = new LinkedHashMap<>();

  @Override
  public synchronized void put(GenesysRecord entry) {
    records.put(entry.id(), entry);
  }

  @Override
  public synchronized void remove(GenesysRecord entry) {
    records.remove(entry.id());
  }

  @Override
  public synchronized Optional<GenesysRecord> find(String hub, String from) {
    return Optional.ofNullable(records.get(hub + "/" + from));
  }

  @Override
  public synchronized List<GenesysRecord> all() {
    return List.copyOf(records.values());
  }
}
