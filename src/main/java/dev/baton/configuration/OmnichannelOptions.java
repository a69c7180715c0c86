package dev.baton.configuration;

import static dev.baton.configuration.OptionType.BOOLEAN;
import static dev.baton.configuration.OptionType.INTEGER;
import static dev.baton.configuration.OptionType.LIST;
import static dev.baton.configuration.OptionType.SECRET;
import static dev.baton.configuration.OptionType.TEXT;
import static dev.baton.configuration.OptionType.URL;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code baton.hubs.<hub>.*} of hubs of type {@code omnichannel}, and what is checked of them. */
final class OmnichannelOptions {
  static final String TYPE = "omnichannel";

  private static final String PREFIX = "baton.hubs.<hub>.";

  /** Options declared for other types that this one has, too. */
  private static final Set<String> SHARED =
      Set.of(
          "type",
          "url",
          "timeout",
          "client-id",
          "client-secret",
          "check-interval",
          "max-text",
          "max-transcript",
          "max-context-entries",
          "max-context-value");

  private static final String DIRECT_LINE = "direct-line";
  private static final List<String> NEEDED_OVER_DIRECT_LINE =
      List.of("direct-line-secret", "bot-handle");
  private static final List<String> NEEDED =
      List.of("url", "client-id", "client-secret", "scope", "channel-id", "organization-id");

  private OmnichannelOptions() {}

  static void add(Consumer<Option> options) {
    own().forEach(options);
  }

  /** Every key that such a hub may have. */
  static Set<String> keys() {
    Set<String> keys = new TreeSet<>(SHARED);
    own().forEach(option -> keys.add(option.name().substring(PREFIX.length())));
    return keys;
  }

  private static List<Option> own() {
    List<Option> all = new ArrayList<>();
    all.add(
        new Option(
            PREFIX + "way",
            TEXT,
            "messaging-api",
            List.of("messaging-api", DIRECT_LINE),
            "Type omnichannel: how it is reached: by the Messaging APIs, or as a custom channel"
                + " behind Direct Line"));
    directLine(all);
    option(all, "channel-id", TEXT, null, "record id of the custom messaging channel");
    option(all, "organization-id", TEXT, null, "id of the organisation");
    option(all, "scope", TEXT, null, "scope of tokens for the Messaging API");
    option(all, "tenant", TEXT, "common", "Entra tenant, by id or name");
    option(
        all,
        "authority",
        URL,
        "https://login.microsoftonline.com",
        "root of the login service; another one in sovereign clouds");
    option(all, "token-url", URL, null, "where tokens are had; default that of the tenant");
    option(
        all,
        "api-path",
        TEXT,
        "/api/v1.0/consumer",
        "path of the Messaging API below the hub's URL");
    all.add(
        new Option(
            PREFIX + "customer-id",
            TEXT,
            "conversation",
            List.of("conversation", "handoff", "customer"),
            "Type omnichannel: what a conversation of Omnichannel belongs to: the customer's"
                + " conversation, one handoff, or the customer in all windows"));
    option(all, "context-priority", LIST, null, "context entries kept first above 100");
    option(all, "context-hidden", LIST, null, "context entries that representatives do not see");
    option(all, "speaker", TEXT, "Virtual agent", "who the transcript at the start comes from");
    option(
        all,
        "verify-webhook",
        BOOLEAN,
        "true",
        "whether calls of the webhook must carry the tenant's token; without it anybody who knows"
            + " the URL can speak as an agent");
    option(
        all,
        "webhook-metadata",
        URL,
        null,
        "OpenID configuration of the tenant that signs those tokens; default the tenant's");
    option(all, "webhook-issuers", LIST, null, "their accepted issuers; default that of it");
    option(
        all,
        "webhook-audience",
        LIST,
        null,
        "their accepted audiences; default client-id and api://client-id");
    option(
        all,
        "dataverse-url",
        URL,
        null,
        "root of the Dataverse organisation, to ask for availability; with workstream");
    option(all, "workstream", TEXT, null, "id of the workstream whose availability counts");
    option(all, "dataverse-scope", TEXT, null, "scope of tokens for it; default <url>/.default");
    option(
        all,
        "availability-context",
        LIST,
        null,
        "context entries that are told with the question about availability, because routing needs"
            + " them; none unless named");
    option(
        all,
        "availability-cache",
        INTEGER,
        "30",
        "seconds for which an answer about availability holds");
    option(
        all,
        "agent-needed",
        BOOLEAN,
        "false",
        "whether a queue that is open, but has no free representative, counts as nobody there");
    return all;
  }

  private static void directLine(List<Option> all) {
    all.add(
        new Option(
            PREFIX + "direct-line-secret",
            SECRET,
            null,
            List.of(),
            "Type omnichannel over Direct Line: secret of the Azure Bot's Direct Line channel"));
    overDirectLine(all, "bot-handle", null, "the Azure Bot's handle; only what it says counts");
    overDirectLine(all, "channel-type", "Baton", "what the channel calls itself");
    all.add(
        new Option(
            PREFIX + "stream",
            TEXT,
            "auto",
            List.of("auto", "polling", "websocket"),
            "Type omnichannel over Direct Line: how messages are received"));
    overDirectLine(
        all,
        "automated-accepted",
        null,
        "regular expression of the text that says that an agent has joined; a group"
            + " (?<agent>...) in it is the name");
    overDirectLine(
        all, "automated-left", null, "likewise, of the text that says that the agent has left");
    overDirectLine(
        all, "automated-ended", null, "likewise, of the text that says that the chat is over");
    overDirectLine(
        all, "automated-closed", null, "likewise, of the text for out of operating hours");
    overDirectLine(
        all, "automated-other", null, "likewise, of other texts that are not an agent's");
  }

  private static void overDirectLine(
      List<Option> all, String key, String preset, String description) {
    all.add(
        new Option(
            PREFIX + key,
            TEXT,
            preset,
            List.of(),
            "Type omnichannel over Direct Line: " + description));
  }

  private static void option(
      List<Option> all, String key, OptionType type, String preset, String description) {
    all.add(new Option(PREFIX + key, type, preset, List.of(), "Type omnichannel: " + description));
  }

  /** What is missing. */
  static void check(Values values, HubSettings hub) {
    Map<String, String> keys = hub.properties();
    String prefix = "baton.hubs." + hub.name() + ".";
    boolean directLine = DIRECT_LINE.equals(keys.get("way"));
    for (String key : directLine ? NEEDED_OVER_DIRECT_LINE : NEEDED) {
      if (!values.isSet(prefix + key)) {
        values.error("BTN-4003", prefix + key, "missing; a hub of type omnichannel needs it");
      }
    }
    if (directLine) {
      patterns(values, hub);
      if (values.isSet(prefix + "dataverse-url")) {
        for (String key : List.of("client-id", "client-secret", "tenant")) {
          if (!values.isSet(prefix + key)) {
            values.error("BTN-4003", prefix + key, "missing; availability needs a token");
          }
        }
      }
    } else if ("false".equalsIgnoreCase(keys.get("verify-webhook"))) {
      values.warning(
          "BTN-4013",
          prefix + "verify-webhook",
          "is off: whoever knows the webhook's URL can speak to customers as an agent");
    } else if (!values.isSet(prefix + "tenant") && !values.isSet(prefix + "webhook-metadata")) {
      values.error(
          "BTN-4003", prefix + "tenant", "missing; without it the webhook's tokens are not known");
    }
    if (values.isSet(prefix + "dataverse-url") != values.isSet(prefix + "workstream")) {
      values.error(
          "BTN-4003",
          prefix + (values.isSet(prefix + "workstream") ? "dataverse-url" : "workstream"),
          "missing; availability needs both dataverse-url and workstream");
    }
  }

  private static void patterns(Values values, HubSettings hub) {
    hub.properties().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("automated-"))
        .forEach(
            entry -> {
              try {
                Pattern.compile(entry.getValue());
              } catch (PatternSyntaxException e) {
                values.error(
                    "BTN-4002",
                    "baton.hubs." + hub.name() + "." + entry.getKey(),
                    "is no regular expression: " + e.getDescription());
              }
            });
  }
}
