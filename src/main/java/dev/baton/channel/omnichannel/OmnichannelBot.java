package dev.baton.channel.omnichannel;

import dev.baton.configuration.ChannelSettings;
import dev.baton.configuration.Secret;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code baton.channels.omnichannel.<bot>.*}: Baton as one bot inside Omnichannel.
 *
 * @param appId application id of the Azure Bot
 * @param appPassword its secret
 * @param openIdConfiguration where the Bot Connector publishes its keys
 * @param issuers accepted issuers of its tokens
 * @param tokenUrl where a token towards the Bot Connector is had
 * @param scope of that token
 * @param serviceHosts hosts that replies may go to; {@code *.example.com} for any below
 * @param numbers variables that the workstream declares as numbers
 * @param shown variables that the representative sees, {@code *} for all
 * @param first variables that are kept first when there are too many
 */
record OmnichannelBot(
    String bot,
    String appId,
    Secret appPassword,
    URI openIdConfiguration,
    List<String> issuers,
    URI tokenUrl,
    String scope,
    List<String> serviceHosts,
    List<String> numbers,
    List<String> shown,
    List<String> first) {

  /** The defaults are those of the public cloud. Source: Microsoft, "Bot Connector API". */
  static OmnichannelBot of(ChannelSettings channel) {
    Map<String, String> keys = channel.properties();
    String tenant = keys.getOrDefault("tenant", "botframework.com");
    return new OmnichannelBot(
        channel.bot(),
        keys.get("app-id"),
        new Secret(keys.getOrDefault("app-password", "")),
        URI.create(
            keys.getOrDefault(
                "openid-configuration",
                "https://login.botframework.com/v1/.well-known/openidconfiguration")),
        list(keys.getOrDefault("issuers", "https://api.botframework.com")),
        URI.create(
            keys.getOrDefault(
                "token-url", "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token")),
        keys.getOrDefault("scope", "https://api.botframework.com/.default"),
        list(
            keys.getOrDefault(
                "service-hosts",
                "*.botframework.com,*.trafficmanager.net,*.omnichannel.dynamics.com")),
        list(keys.get("numbers")),
        list(keys.getOrDefault("displayable", "*")),
        list(keys.get("context-priority")));
  }

  private static List<String> list(String text) {
    return text == null || text.equals("none")
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
  }

  /** Whether replies may go there. */
  boolean serves(URI serviceUrl) {
    String host = serviceUrl.getHost();
    return host != null
        && serviceHosts.stream()
            .anyMatch(
                allowed ->
                    allowed.startsWith("*.")
                        ? host.regionMatches(
                            true,
                            host.length() - allowed.length() + 1,
                            allowed,
                            1,
                            allowed.length() - 1)
                        : host.equalsIgnoreCase(allowed));
  }
}
