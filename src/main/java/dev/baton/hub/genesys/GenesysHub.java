package dev.baton.hub.genesys;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One hub of type {@code genesys} at run time. */
final class GenesysHub {
  private static final int REMEMBERED = 10_000;

  private final GenesysSettings settings;
  private final GenesysAccount account;

  /** Messages that the platform has taken, so that a repeat of the others does not repeat them. */
  private final Map<String, String> taken =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > REMEMBERED;
            }
          });

  GenesysHub(GenesysSettings settings, GenesysAccount account) {
    this.settings = settings;
    this.account = account;
  }

  GenesysSettings settings() {
    return settings;
  }

  GenesysAccount account() {
    return account;
  }

  String name() {
    return settings.hub();
  }

  /** The platform's id of a message of ours, or null when it is not known to have been taken. */
  String taken(String from, String message) {
    return taken.get(from + " " + message);
  }

  void take(String from, String message, String id) {
    taken.put(from + " " + message, id == null ? "" : id);
  }
}
