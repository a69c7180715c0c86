package dev.baton.hub.genesys;

import java.util.List;
import java.util.Optional;

/** Keeps the records of open conversations. All methods may block; writes are durable on return. */
public interface GenesysRecordStore {
  void put(GenesysRecord entry);

  /** Also when there is none. */
  void remove(GenesysRecord entry);

  Optional<GenesysRecord> find(String hub, String from);

  /** All of every hub, oldest first. */
  List<GenesysRecord> all();
}
