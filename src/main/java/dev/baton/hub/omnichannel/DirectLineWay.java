package dev.baton.hub.omnichannel;

import dev.baton.configuration.HubSettings;
import java.util.List;
import java.util.Map;

/**
 * {@code baton.hubs.<hub>.*} of a hub of type {@code omnichannel} that is reached over Direct Line:
 * a custom channel whose bot is Omnichannel itself.
 *
 * @param botHandle whose activities count
 * @param channelType what the channel calls itself in {@code channelData}
 * @param first context entries kept first
 * @param speaks what the platform says by itself
 */
record DirectLineWay(
    String hub, String botHandle, String channelType, List<String> first, AutomatedTexts speaks) {
  static final String WAY = "direct-line";

  /** Name of the connection in {@code directline:}; no bot can be called like that. */
  static String connection(String hub) {
    return "hub." + hub;
  }

  static boolean isWayOf(HubSettings hub) {
    return hub.type().equals(OmnichannelHubs.TYPE)
        && WAY.equals(hub.properties().getOrDefault("way", "messaging-api"));
  }

  static DirectLineWay of(String hub, Map<String, String> keys) {
    return new DirectLineWay(
        hub,
        keys.getOrDefault("bot-handle", ""),
        keys.getOrDefault("channel-type", "Baton"),
        OmnichannelSettings.list(keys.get("context-priority")),
        AutomatedTexts.of(keys));
  }
}
