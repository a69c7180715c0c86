package dev.baton.channel.genesys.widget;

import dev.baton.configuration.ChannelSettings;
import dev.baton.configuration.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One bot's widget.
 *
 * @param keys that sign links; the first signs
 * @param origins that may frame it
 * @param attribute name under which a link travels with a handoff
 * @param apiUrl where agents' tokens are checked, or null
 * @param signInUrl where agents get a token, or null; lacks {@code redirect_uri} and {@code state}
 * @param own the front end's own keys, for masking
 */
record WidgetSettings(
    String bot,
    List<Secret> keys,
    List<String> origins,
    Duration linkLife,
    String attribute,
    URI apiUrl,
    String signInUrl,
    Map<String, String> own) {

  /** The widget of a front end, or null when it has none. */
  static WidgetSettings of(ChannelSettings channel) {
    List<Secret> keys =
        Arrays.stream(channel.properties().getOrDefault("widget.secret", "").split(",", -1))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .map(Secret::new)
            .toList();
    if (keys.isEmpty()) {
      return null;
    }
    URI login = channel.url("widget.login-url");
    String client = channel.text("widget.client-id");
    String signIn =
        login == null || client == null
            ? null
            : strip(login) + "/oauth/authorize?response_type=token&client_id=" + client;
    URI api = channel.url("widget.api-url");
    return new WidgetSettings(
        channel.bot(),
        keys,
        channel.list("widget.origins").stream()
            .map(origin -> origin.toLowerCase(Locale.ROOT))
            .toList(),
        channel.duration("widget.link-life"),
        channel.text("widget.attribute"),
        api == null ? null : URI.create(strip(api)),
        signIn,
        channel.properties());
  }

  private static String strip(URI url) {
    return url.toString().replaceAll("/+$", "");
  }
}
