package dev.baton.hub.servicenow;

import dev.baton.hub.HubProperties;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.util.TimeUtils;

/**
 * {@code baton.hubs.<hub>.*} of a hub of type {@code servicenow} or {@code servicenow-custom}, with
 * the defaults in place.
 */
final class ServiceNowConfig {
  /** How a conversation with an agent is asked for. */
  enum Opening {
    /** {@code START_CONVERSATION} with {@code live_agent_only}. */
    START,
    /** {@code CREATE_CONVERSATION}, then {@code START_CREATED_CONVERSATION}, then {@code AGENT}. */
    CREATE,
    /** {@code START_CONVERSATION}, and {@code AGENT} after its callback. */
    AGENT,
    /** {@code START_CONVERSATION}: the customer talks with ServiceNow's bot first. */
    VIRTUAL_AGENT
  }

  /** How it is found out whether somebody could answer. */
  enum AvailabilityCheck {
    OFF,
    PLAIN,
    CHANNEL,
    CAPACITY,
    GROUP
  }

  /** Chat service channel of the base system. */
  static final String CHAT_CHANNEL = "27f675e3739713004a905ee515f6a7c3";

  static final String PATH = "/api/sn_va_as_service/bot/integration";

  /**
   * Where the custom chat integration differs: an agent is asked for after Virtual Agent's first
   * answer; nobody can be told about typing and receipts; and there need not be an account that may
   * read tables.
   */
  static final Map<String, String> CUSTOM =
      Map.of(
          "opening", "agent",
          "typing", "false",
          "receipts", "false",
          "watch", "0s",
          "agent-look-up", "false",
          "availability", "off");

  private final String hub;
  private final HubProperties properties;
  private final Map<String, String> defaults;

  ServiceNowConfig(String hub, HubProperties properties) {
    this(hub, properties, Map.of());
  }

  /**
   * @param defaults of the hub's type, by key, where they are not those of type {@code servicenow}
   */
  ServiceNowConfig(String hub, HubProperties properties, Map<String, String> defaults) {
    this.hub = hub;
    this.properties = properties;
    this.defaults = defaults;
  }

  String hub() {
    return hub;
  }

  /** Root of the instance, without a slash at the end. */
  String url() {
    return properties.get(hub, "url").replaceAll("/+$", "");
  }

  String path() {
    return text("path", PATH);
  }

  String text(String key) {
    String value = properties.get(hub, key);
    return value.isEmpty() ? defaults.getOrDefault(key, "") : value;
  }

  String text(String key, String otherwise) {
    String value = text(key);
    return value.isEmpty() ? otherwise : value;
  }

  boolean isSet(String key) {
    return !text(key).isEmpty();
  }

  List<String> list(String key) {
    return properties.list(hub, key);
  }

  boolean flag(String key, boolean otherwise) {
    return isSet(key) ? Boolean.parseBoolean(text(key)) : otherwise;
  }

  int number(String key, int otherwise) {
    Integer value = properties.number(hub, key);
    return value == null ? otherwise : value;
  }

  Duration duration(String key, String otherwise) {
    return Duration.ofMillis(TimeUtils.toMilliSeconds(text(key, otherwise)));
  }

  Duration timeout() {
    return duration("timeout", "10s");
  }

  Opening opening() {
    return word("opening", Opening.class, Opening.START);
  }

  /** {@code always}, which other types know, asks nothing either. */
  AvailabilityCheck availability() {
    return "always".equalsIgnoreCase(text("availability"))
        ? AvailabilityCheck.OFF
        : word("availability", AvailabilityCheck.class, AvailabilityCheck.CAPACITY);
  }

  String channel() {
    return text("channel", CHAT_CHANNEL);
  }

  /** {@code context.<name>}: name of a context variable to where its value comes from. */
  Map<String, String> context(Iterable<String> keys) {
    Map<String, String> context = new LinkedHashMap<>();
    for (String key : keys) {
      if (key.startsWith("context.")) {
        context.put(key.substring("context.".length()), text(key));
      }
    }
    return context;
  }

  private <E extends Enum<E>> E word(String key, Class<E> type, E otherwise) {
    String value = text(key).toUpperCase(Locale.ROOT).replace('-', '_');
    try {
      return value.isEmpty() ? otherwise : Enum.valueOf(type, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "baton.hubs." + hub + "." + key + " cannot be '" + text(key) + "'", e);
    }
  }
}
