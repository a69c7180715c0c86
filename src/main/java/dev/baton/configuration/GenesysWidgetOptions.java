package dev.baton.configuration;

import static dev.baton.configuration.OptionType.DURATION;
import static dev.baton.configuration.OptionType.LIST;
import static dev.baton.configuration.OptionType.SECRETS;
import static dev.baton.configuration.OptionType.TEXT;
import static dev.baton.configuration.OptionType.URL;

import java.util.regex.Pattern;

/** The widget in the Genesys agent's desktop. */
final class GenesysWidgetOptions {
  private static final String PREFIX = "baton.channels.genesys.<bot>.widget.";

  /** A wildcard for everything would be no limit at all. */
  private static final Pattern ORIGIN = Pattern.compile("https?://(\\*\\.)?[A-Za-z0-9.\\[\\]:-]+");

  private GenesysWidgetOptions() {}

  /** Takes one option into the catalogue. */
  interface Catalogue {
    void add(String name, OptionType type, String preset, String description);
  }

  static void add(Catalogue options) {
    options.add(
        PREFIX + "secret",
        SECRETS,
        null,
        "Keys that sign the links to the agent's widget: the first signs, each is accepted. Without"
            + " one there is no widget");
    options.add(
        PREFIX + "origins",
        LIST,
        null,
        "Origins that may show the widget in a frame, such as https://apps.mypurecloud.de");
    options.add(PREFIX + "link-life", DURATION, "12h", "How long a link to the widget opens it");
    options.add(
        PREFIX + "attribute",
        TEXT,
        "batonWidget",
        "Name under which the link travels with a handoff: participant data, or a parameter");
    options.add(
        PREFIX + "api-url",
        URL,
        null,
        "Root of the platform API, such as https://api.mypurecloud.de: lets agents in by their own"
            + " token, without a link");
    options.add(
        PREFIX + "login-url",
        URL,
        null,
        "Root of the login service, such as https://login.mypurecloud.de: offers agents to sign"
            + " in");
    options.add(
        PREFIX + "client-id",
        TEXT,
        null,
        "OAuth client (token implicit grant) with which agents sign in");
  }

  /** Whether a front end is a widget and nothing else, which needs no secret of a caller. */
  static boolean alone(ChannelSettings channel) {
    return channel.type().equals("genesys")
        && channel.properties().keySet().stream().allMatch(key -> key.startsWith("widget."));
  }

  /** Reports an origin that is none: the origins go into a header of the page. */
  static void check(Values values, ChannelSettings channel) {
    String key = "baton.channels.genesys." + channel.bot() + ".widget.origins";
    if (!channel.type().equals("genesys") || !values.isSet(key)) {
      return;
    }
    for (String origin : channel.list("widget.origins")) {
      if (!ORIGIN.matcher(origin).matches()) {
        values.error(
            "BTN-4002", key, "'" + origin + "' is no origin such as https://apps.mypurecloud.de");
      }
    }
  }
}
