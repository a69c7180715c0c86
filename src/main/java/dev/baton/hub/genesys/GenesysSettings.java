package dev.baton.hub.genesys;

import dev.baton.hub.HubProperties;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.util.TimeUtils;

/**
 * {@code baton.hubs.<name>.*} of a hub of type {@code genesys}.
 *
 * @param hub configured name
 * @param api root of the platform API, without a slash at the end
 * @param login root of the login service, without a slash at the end
 * @param clientId id of the OAuth client
 * @param clientSecret secret of the OAuth client
 * @param integrationId id of the Open Messaging integration
 * @param webhookSecrets keys of the signatures on the webhook; any one is accepted
 * @param notifications how the adapter learns of agents and of the end
 * @param topics what is subscribed for each conversation, without the prefix that names it
 * @param pollInterval time between two readings of a conversation where nothing tells of changes
 * @param checkInterval the same where something does
 * @param maxTopics most topics of a notification channel
 * @param renewAfter age at which a channel's topics are subscribed again
 * @param heartbeat silence after which a socket is taken for dead
 * @param requestsPerMinute the platform's limit for a token
 * @param receipts whether agents see what was delivered
 * @param reorderWindow how old a message must be before it is told, so that an older one may come
 * @param endSettle how long after its end a conversation counts as over, so that what the agent
 *     wrote last comes before it
 * @param farewell what the agent reads when the customer is gone; may be empty
 * @param reasonAttribute participant data in which a flow says why it turned a conversation away
 * @param maxText most characters of a message
 * @param capabilities what the core is told of limits
 */
record GenesysSettings(
    String hub,
    String api,
    String login,
    String clientId,
    String clientSecret,
    String integrationId,
    List<String> webhookSecrets,
    Notifications notifications,
    List<String> topics,
    Duration pollInterval,
    Duration checkInterval,
    int maxTopics,
    Duration renewAfter,
    Duration heartbeat,
    int requestsPerMinute,
    boolean receipts,
    Duration reorderWindow,
    Duration endSettle,
    String farewell,
    String reasonAttribute,
    int maxText,
    Map<String, Object> capabilities) {

  private static final int MAX_TEXT = 2000;

  /** How the adapter learns that an agent came or went. */
  enum Notifications {
    /** The notification socket. */
    ON,
    /** The conversation is read again and again. */
    POLL,
    /** A process automation trigger calls {@code /hubs/<name>/trigger}. */
    TRIGGER,
    /** Not at all: only time-outs end a handoff. */
    OFF
  }

  /** Settings of a hub; option defaults stand in {@code GenesysOptions}. */
  static GenesysSettings of(String hub, HubProperties properties) {
    String region = or(properties.get(hub, "region"), "mypurecloud.com");
    return new GenesysSettings(
        hub,
        root(or(properties.get(hub, "url"), "https://api." + region)),
        root(or(properties.get(hub, "login-url"), "https://login." + region)),
        properties.get(hub, "client-id"),
        properties.get(hub, "client-secret"),
        properties.get(hub, "integration-id"),
        properties.list(hub, "webhook-secret"),
        Notifications.valueOf(
            or(properties.get(hub, "notifications"), "on").toUpperCase(Locale.ROOT)),
        List.of(or(properties.get(hub, "topics"), "user.start,user.end,customer.end").split(",")),
        time(properties, hub, "poll-interval", "5s"),
        time(properties, hub, "watch-interval", "60s"),
        number(properties, hub, "max-topics", 1000),
        time(properties, hub, "renew-after", "20h"),
        time(properties, hub, "heartbeat-timeout", "75s"),
        number(properties, hub, "requests-per-minute", 300),
        !"false".equalsIgnoreCase(properties.get(hub, "receipts")),
        time(properties, hub, "reorder-window", "250ms"),
        time(properties, hub, "end-settle", "1s"),
        "none".equalsIgnoreCase(properties.get(hub, "farewell"))
            ? ""
            : or(properties.get(hub, "farewell"), "The customer has left the conversation."),
        or(properties.get(hub, "reason-attribute"), "batonReason"),
        number(properties, hub, "max-text", MAX_TEXT),
        capabilities(hub, properties));
  }

  private static Map<String, Object> capabilities(String hub, HubProperties properties) {
    return Map.of(
        "maxText", number(properties, hub, "max-text", MAX_TEXT),
        "maxTranscript", number(properties, hub, "max-transcript", 4000),
        "maxContextEntries", number(properties, hub, "max-context-entries", 50),
        "maxContextValue", number(properties, hub, "max-context-value", 1000),
        "typing", true,
        "attachments", true);
  }

  /** Whether anything is known about agents besides what their messages tell. */
  boolean watches() {
    return notifications != Notifications.OFF;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "GenesysSettings[" + hub + ", " + api + "]";
  }

  private static String root(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static String or(String value, String preset) {
    return value.isEmpty() ? preset : value;
  }

  private static int number(HubProperties properties, String hub, String key, int preset) {
    Integer value = properties.number(hub, key);
    return value == null ? preset : value;
  }

  private static Duration time(HubProperties properties, String hub, String key, String preset) {
    return Duration.ofMillis(TimeUtils.toMilliSeconds(or(properties.get(hub, key), preset)));
  }
}
