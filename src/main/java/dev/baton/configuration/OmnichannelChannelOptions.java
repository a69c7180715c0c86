package dev.baton.configuration;

import static dev.baton.configuration.OptionType.LIST;
import static dev.baton.configuration.OptionType.SECRET;
import static dev.baton.configuration.OptionType.TEXT;
import static dev.baton.configuration.OptionType.URL;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code baton.channels.omnichannel.<bot>.*}: Baton as a bot inside Omnichannel. */
final class OmnichannelChannelOptions {
  static final String TYPE = "omnichannel";
  private static final String PREFIX = "baton.channels.omnichannel.<bot>.";

  private OmnichannelChannelOptions() {}

  static void add(Consumer<Option> options) {
    add(options, "app-id", TEXT, null, "Application id of the Azure Bot; one bot, one application");
    add(options, "app-password", SECRET, null, "Client secret of that application");
    add(
        options,
        "tenant",
        TEXT,
        "botframework.com",
        "Tenant of the application; its id for single-tenant bots");
    add(
        options,
        "openid-configuration",
        URL,
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "Where the Bot Connector publishes the keys of its tokens");
    add(
        options,
        "issuers",
        LIST,
        "https://api.botframework.com",
        "Accepted issuers of the Bot Connector's tokens");
    add(
        options,
        "token-url",
        URL,
        null,
        "Where a token for replies is had; default that of the tenant in the public cloud");
    add(
        options,
        "scope",
        TEXT,
        "https://api.botframework.com/.default",
        "Scope of the token for replies");
    add(
        options,
        "service-hosts",
        LIST,
        "*.botframework.com,*.trafficmanager.net,*.omnichannel.dynamics.com",
        "Hosts that replies may be sent to");
    add(
        options,
        "numbers",
        LIST,
        null,
        "Context variables that the workstream declares as numbers; others are sent as text");
    add(
        options,
        "displayable",
        LIST,
        "*",
        "Context variables that the representative sees, * for all; none sends plain values, which"
            + " older organisations expect");
    add(
        options,
        "context-priority",
        LIST,
        null,
        "Context variables that are kept first when there are more than 100");
  }

  private static void add(
      Consumer<Option> options, String key, OptionType type, String preset, String description) {
    options.accept(new Option(PREFIX + key, type, preset, List.of(), description));
  }

  /** What is missing, and applications that two bots would share. */
  static void check(Values values, List<ChannelSettings> channels) {
    Map<String, String> owners = new HashMap<>();
    for (ChannelSettings channel : channels) {
      if (!channel.type().equals(TYPE)) {
        continue;
      }
      String prefix = "baton.channels.omnichannel." + channel.bot() + ".";
      for (String key : List.of("app-id", "app-password")) {
        if (!values.isSet(prefix + key)) {
          values.error(
              "BTN-4003", prefix + key, "missing; take it from the Azure Bot's registration");
        }
      }
      String appId = channel.properties().getOrDefault("app-id", "");
      String other = appId.isEmpty() ? null : owners.putIfAbsent(appId, channel.bot());
      if (other != null) {
        values.error(
            "BTN-4012",
            prefix + "app-id",
            "is the application of bot '"
                + other
                + "' too; Omnichannel knows a bot by its application, so each needs its own");
      }
    }
  }
}
