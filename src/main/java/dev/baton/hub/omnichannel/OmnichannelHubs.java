package dev.baton.hub.omnichannel;

import dev.baton.configuration.HubSettings;
import dev.baton.tokens.BearerVerifier;
import dev.baton.tokens.ClientCredentials;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The hubs of type {@code omnichannel} with their tokens. */
final class OmnichannelHubs {
  static final String TYPE = "omnichannel";

  private final Map<String, OmnichannelSettings> settings = new HashMap<>();
  private final Map<String, ClientCredentials> messaging = new HashMap<>();
  private final Map<String, ClientCredentials> dataverse = new HashMap<>();
  private final Map<String, BearerVerifier> verifiers = new HashMap<>();

  OmnichannelHubs(Collection<HubSettings> hubs, Clock clock) {
    hubs.stream()
        .filter(hub -> hub.type().equals(TYPE))
        .map(hub -> OmnichannelSettings.of(hub.name(), hub.properties()))
        .forEach(hub -> add(hub, clock));
  }

  private void add(OmnichannelSettings hub, Clock clock) {
    settings.put(hub.hub(), hub);
    if (hub.clientId() == null) {
      return; // over Direct Line, and nobody is asked about availability
    }
    messaging.put(hub.hub(), credentials(hub, hub.scope(), clock));
    if (hub.availability() != null) {
      dataverse.put(hub.hub(), credentials(hub, hub.availability().scope(), clock));
    }
    if (hub.webhookMetadata() != null) {
      verifiers.put(
          hub.hub(),
          new BearerVerifier(
              hub.webhookMetadata(), hub.webhookIssuers(), hub.webhookAudiences(), clock));
    }
  }

  private static ClientCredentials credentials(OmnichannelSettings hub, String scope, Clock clock) {
    return new ClientCredentials(
        hub.tokenUrl(),
        hub.clientId(),
        hub.clientSecret(),
        scope == null ? Map.of() : Map.of("scope", scope),
        clock);
  }

  OmnichannelSettings settings(String hub) {
    return settings.get(hub);
  }

  ClientCredentials messaging(String hub) {
    return messaging.get(hub);
  }

  ClientCredentials dataverse(String hub) {
    return dataverse.get(hub);
  }

  /** Null when webhook calls carry no token. */
  BearerVerifier verifier(String hub) {
    return verifiers.get(hub);
  }
}
