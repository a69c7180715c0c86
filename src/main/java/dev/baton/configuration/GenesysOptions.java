package dev.baton.configuration;

import static dev.baton.configuration.OptionType.DURATION;
import static dev.baton.configuration.OptionType.INTEGER;
import static dev.baton.configuration.OptionType.LIST;
import static dev.baton.configuration.OptionType.SECRET;
import static dev.baton.configuration.OptionType.SECRETS;
import static dev.baton.configuration.OptionType.TEXT;
import static dev.baton.configuration.OptionType.URL;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code baton.hubs.<hub>.*} of hubs of type {@code genesys}, and what is checked about them. */
final class GenesysOptions {
  /** The type's name. */
  static final String TYPE = "genesys";

  private static final String TITLE = "Type genesys: ";
  private static final int LEAST_SECRET = 16;

  /** Source: the platform SDK's list of regions. */
  private static final List<String> REGIONS =
      List.of(
          "mypurecloud.com",
          "usw2.pure.cloud",
          "cac1.pure.cloud",
          "mxc1.pure.cloud",
          "sae1.pure.cloud",
          "mypurecloud.ie",
          "euw2.pure.cloud",
          "mypurecloud.de",
          "euc2.pure.cloud",
          "edee1.eusc-pure.cloud",
          "mec1.pure.cloud",
          "aps1.pure.cloud",
          "apse1.pure.cloud",
          "apne2.pure.cloud",
          "apne3.pure.cloud",
          "mypurecloud.jp",
          "mypurecloud.com.au",
          "use2.us-gov-pure.cloud");

  /** Options declared for other types that this one has, too. */
  private static final Set<String> SHARED =
      Set.of(
          "type",
          "url",
          "timeout",
          "receipts",
          "max-text",
          "max-transcript",
          "max-context-entries",
          "max-context-value");

  private GenesysOptions() {}

  static void add(Consumer<Option> options) {
    own().forEach(options);
  }

  /** All keys of a hub of this type. */
  static Set<String> keys() {
    Set<String> keys = new HashSet<>(SHARED);
    own().forEach(option -> keys.add(option.suffix()));
    return keys;
  }

  private static List<Option> own() {
    return List.of(
        option(
            "region",
            TEXT,
            "mypurecloud.com",
            "region of the organisation, such as mypurecloud.de; url and login-url follow from it"),
        option(
            "login-url", URL, null, "root of the login service, where the region's is not meant"),
        option("client-id", TEXT, null, "id of the OAuth client (client credentials)"),
        option("client-secret", SECRET, null, "secret of the OAuth client"),
        option("integration-id", TEXT, null, "id of the Open Messaging integration"),
        option(
            "webhook-secret",
            SECRETS,
            null,
            "outbound notification webhook signature secret token of the integration; several while"
                + " it is changed"),
        choice(
            "notifications",
            "on",
            List.of("on", "poll", "trigger", "off"),
            "how Baton learns of agents and of the end: the notification socket, reading again and"
                + " again, a process automation trigger, or not at all"),
        option(
            "topics",
            LIST,
            "user.start,user.end,customer.end",
            "events that are subscribed for each conversation"),
        option(
            "poll-interval",
            DURATION,
            "5s",
            "time between two readings of a conversation while nothing tells of changes"),
        option("watch-interval", DURATION, "60s", "the same while something does"),
        option("max-topics", INTEGER, "1000", "most topics of a notification channel"),
        option(
            "renew-after",
            DURATION,
            "20h",
            "when topics are subscribed again; the platform forgets them after a day"),
        option(
            "heartbeat-timeout",
            DURATION,
            "75s",
            "silence after which a notification socket is opened again"),
        option(
            "trigger-secret",
            SECRETS,
            null,
            "keys that a trigger presents; without one /hubs/<hub>/trigger refuses all calls"),
        option(
            "trigger-header", TEXT, "authorization", "header in which a trigger presents its key"),
        option(
            "requests-per-minute",
            INTEGER,
            "300",
            "the platform's limit for a token; Baton stays below it, 0 sets none"),
        option(
            "reorder-window",
            DURATION,
            "250ms",
            "how old an agent's message must be before it is shown, so that an earlier one can"
                + " arrive"),
        option(
            "end-settle",
            DURATION,
            "1s",
            "how long after its end a conversation counts as over, so that the agent's last words"
                + " can arrive"),
        option(
            "farewell",
            TEXT,
            "The customer has left the conversation.",
            "what the agent reads when the customer is gone; none says nothing"),
        option(
            "reason-attribute",
            TEXT,
            "batonReason",
            "participant data in which a flow says why it turned a customer away: CLOSED, NO_AGENT"
                + " or REFUSED"));
  }

  private static Option option(String key, OptionType type, String preset, String text) {
    return new Option("baton.hubs.<hub>." + key, type, preset, List.of(), TITLE + text);
  }

  private static Option choice(String key, String preset, List<String> choices, String text) {
    return new Option("baton.hubs.<hub>." + key, TEXT, preset, choices, TITLE + text);
  }

  /** What no single value shows. */
  static void check(Values values, HubSettings hub) {
    String prefix = "baton.hubs." + hub.name() + ".";
    for (String key : List.of("client-id", "client-secret", "integration-id", "webhook-secret")) {
      if (!values.isSet(prefix + key)) {
        values.error("BTN-4003", prefix + key, "missing; a hub of type genesys needs it");
      }
    }
    String region = hub.properties().getOrDefault("region", REGIONS.get(0));
    if (!REGIONS.contains(region) && !values.isSet(prefix + "url")) {
      values.warning(
          "BTN-2412",
          prefix + "region",
          "'"
              + region
              + "' is no region that Baton knows"
              + Nearest.of(region, REGIONS).map(near -> "; did you mean " + near + "?").orElse(""));
    }
    for (String secret : hub.properties().getOrDefault("webhook-secret", "").split(",", -1)) {
      if (!secret.isBlank() && secret.strip().length() < LEAST_SECRET) {
        values.warning(
            "BTN-2412",
            prefix + "webhook-secret",
            "Genesys Cloud takes no secret token of less than " + LEAST_SECRET + " characters");
      }
    }
    boolean trigger = "trigger".equalsIgnoreCase(hub.properties().get("notifications"));
    if (trigger && !values.isSet(prefix + "trigger-secret")) {
      values.error(
          "BTN-4003", prefix + "trigger-secret", "missing; notifications=trigger needs it");
    }
  }
}
