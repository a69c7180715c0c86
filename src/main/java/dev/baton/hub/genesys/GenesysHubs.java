package dev.baton.hub.genesys;

import dev.baton.hub.HubProperties;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The hubs of type {@code genesys}. Those with the same OAuth client share its account. */
final class GenesysHubs {
  private final HubProperties properties;
  private final Clock clock;
  private final Map<String, GenesysHub> hubs = new ConcurrentHashMap<>();
  private final Map<List<String>, GenesysAccount> accounts = new ConcurrentHashMap<>();

  GenesysHubs(Collection<String> names, HubProperties properties, Clock clock) {
    this.properties = properties;
    this.clock = clock;
    names.forEach(this::get);
  }

  GenesysHub get(String name) {
    return hubs.computeIfAbsent(name, this::make);
  }

  Collection<GenesysHub> all() {
    return hubs.values();
  }

  private GenesysHub make(String name) {
    GenesysSettings settings = GenesysSettings.of(name, properties);
    GenesysAccount account =
        accounts.computeIfAbsent(
            List.of(settings.login(), settings.clientId()),
            key -> new GenesysAccount(settings.requestsPerMinute(), clock));
    return new GenesysHub(settings, account);
  }
}
