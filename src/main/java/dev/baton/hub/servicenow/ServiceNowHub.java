package dev.baton.hub.servicenow;

import java.util.LinkedHashMap;
import java.util.Map;

/** Bean {@code serviceNow}: what a hub of this type tells about itself. */
public final class ServiceNowHub {
  private final ServiceNowHubs hubs;
  private final Availability availability;

  ServiceNowHub(ServiceNowHubs hubs, Availability availability) {
    this.hubs = hubs;
    this.availability = availability;
  }

  /** The answer of the hub contract's {@code availability}. Blocks. */
  public Map<String, Object> availability(String hub) {
    return availability.ask(hubs.get(hub));
  }

  /** The configured limits; a missing one means no limit. */
  public Map<String, Object> capabilities(String hub) {
    ServiceNowConfig config = hubs.get(hub);
    Map<String, Object> limits = new LinkedHashMap<>();
    limit(limits, "maxText", config, "max-text");
    limit(limits, "maxTranscript", config, "max-transcript");
    limit(limits, "maxContextEntries", config, "max-context-entries");
    limit(limits, "maxContextValue", config, "max-context-value");
    limits.put("typing", config.flag("typing", true));
    limits.put("attachments", true);
    return limits;
  }

  private static void limit(
      Map<String, Object> limits, String name, ServiceNowConfig config, String key) {
    if (config.isSet(key)) {
      limits.put(name, config.number(key, 0));
    }
  }
}
