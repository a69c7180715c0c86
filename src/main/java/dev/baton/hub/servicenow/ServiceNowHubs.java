package dev.baton.hub.servicenow;

import dev.baton.hub.HubProperties;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The hubs of the types {@code servicenow} and {@code servicenow-custom}, and their configuration.
 */
final class ServiceNowHubs {
  private final Map<String, ServiceNowConfig> hubs = new LinkedHashMap<>();
  private final Map<String, Set<String>> keys;

  /**
   * @param keys the configured keys of each hub, without {@code baton.hubs.<hub>.}
   */
  ServiceNowHubs(HubProperties properties, Map<String, Set<String>> keys) {
    this.keys = Map.copyOf(keys);
    keys.keySet().stream()
        .sorted()
        .forEach(
            hub -> hubs.put(hub, new ServiceNowConfig(hub, properties, defaults(hub, properties))));
  }

  private static Map<String, String> defaults(String hub, HubProperties properties) {
    return "servicenow-custom".equalsIgnoreCase(properties.get(hub, "type"))
        ? ServiceNowConfig.CUSTOM
        : Map.of();
  }

  ServiceNowConfig get(String hub) {
    ServiceNowConfig config = hubs.get(hub);
    if (config == null) {
      throw new IllegalArgumentException("There is no hub " + hub + " of type servicenow");
    }
    return config;
  }

  Collection<ServiceNowConfig> all() {
    return hubs.values();
  }

  /** {@code context.<name>} keys: name of a context variable to where its value comes from. */
  Map<String, String> context(String hub) {
    return get(hub).context(keys.getOrDefault(hub, Set.of()).stream().sorted().toList());
  }
}
