package dev.baton.configuration;

import java.util.Map;

/**
 * {@code baton.hubs.<name>.*}: one engagement hub.
 *
 * @param type {@code http}, {@code desk}, …; {@code routes} when the user's own routes are the
 *     adapter
 * @param properties all keys of this hub without the prefix, resolved
 */
public record HubSettings(String name, String type, Map<String, String> properties) {
  /** Without the properties: some are secrets. */
  @Override
  public String toString() {
    return "HubSettings[" + name + ", type=" + type + "]";
  }
}
