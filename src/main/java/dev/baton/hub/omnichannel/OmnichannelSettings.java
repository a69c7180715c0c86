package dev.baton.hub.omnichannel;

import dev.baton.configuration.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code baton.hubs.<hub>.*} of a hub of type {@code omnichannel}.
 *
 * @param apiPath root of the Messaging API below the hub's URL
 * @param channelId record id of the custom messaging channel
 * @param organizationId the organisation's id
 * @param tokenUrl where tokens towards Dynamics are had
 * @param scope of tokens for the Messaging API
 * @param customerId {@code conversation}, {@code handoff} or {@code customer}: what one
 *     conversation of Omnichannel belongs to
 * @param first context entries kept first
 * @param hidden context entries that representatives do not see
 * @param speaker who the start message comes from
 * @param webhookMetadata OpenID configuration of the tenant that signs webhook calls; null takes
 *     them without a token
 * @param webhookIssuers accepted issuers; empty takes what the metadata names
 * @param webhookAudiences accepted audiences
 * @param availability of agents, or null when it is not asked
 * @param capabilities as the hub contract has them
 */
public record OmnichannelSettings(
    String hub,
    String apiPath,
    String channelId,
    String organizationId,
    String clientId,
    Secret clientSecret,
    URI tokenUrl,
    String scope,
    String customerId,
    List<String> first,
    List<String> hidden,
    String speaker,
    URI webhookMetadata,
    List<String> webhookIssuers,
    List<String> webhookAudiences,
    Availability availability,
    Map<String, Object> capabilities) {

  /**
   * @param url of the Dataverse organisation
   * @param workstream id of the live workstream
   * @param scope of tokens for Dataverse
   * @param cache how long an answer holds
   * @param agentNeeded whether a queue without a free agent counts as nobody there
   * @param context names of the context entries that are told with the question
   */
  public record Availability(
      URI url,
      String workstream,
      String scope,
      Duration cache,
      boolean agentNeeded,
      List<String> context) {}

  /**
   * @param keys of the hub, without the prefix
   */
  public static OmnichannelSettings of(String hub, Map<String, String> keys) {
    String tenant = keys.getOrDefault("tenant", "common");
    String authority =
        keys.getOrDefault("authority", "https://login.microsoftonline.com").replaceAll("/+$", "");
    boolean verified = !"false".equalsIgnoreCase(keys.getOrDefault("verify-webhook", "true"));
    List<String> audiences = list(keys.get("webhook-audience"));
    return new OmnichannelSettings(
        hub,
        keys.getOrDefault("api-path", "/api/v1.0/consumer").replaceAll("/+$", ""),
        keys.get("channel-id"),
        keys.get("organization-id"),
        keys.get("client-id"),
        new Secret(keys.getOrDefault("client-secret", "")),
        URI.create(keys.getOrDefault("token-url", authority + "/" + tenant + "/oauth2/v2.0/token")),
        keys.get("scope"),
        keys.getOrDefault("customer-id", "conversation"),
        list(keys.get("context-priority")),
        list(keys.get("context-hidden")),
        keys.getOrDefault("speaker", "Virtual agent"),
        verified
            ? URI.create(
                keys.getOrDefault(
                    "webhook-metadata",
                    authority + "/" + tenant + "/v2.0/.well-known/openid-configuration"))
            : null,
        list(keys.get("webhook-issuers")),
        audiences.isEmpty() && keys.get("client-id") != null
            ? List.of(keys.get("client-id"), "api://" + keys.get("client-id"))
            : audiences,
        availability(keys),
        capabilities(keys));
  }

  private static Map<String, Object> capabilities(Map<String, String> keys) {
    return Map.of(
        "maxText", number(keys, "max-text", 6_000),
        "maxTranscript", number(keys, "max-transcript", CreateRequest.START_MESSAGE_BYTES),
        "maxContextEntries", number(keys, "max-context-entries", CreateRequest.MOST_ENTRIES),
        "maxContextValue", number(keys, "max-context-value", CreateRequest.LONGEST_VALUE),
        "typing", true,
        "attachments", true);
  }

  private static int number(Map<String, String> keys, String key, int otherwise) {
    String text = keys.get(key);
    return text == null || text.isBlank() ? otherwise : Integer.parseInt(text.strip());
  }

  private static Availability availability(Map<String, String> keys) {
    String organisation = keys.get("dataverse-url");
    String workstream = keys.get("workstream");
    if (organisation == null || workstream == null || keys.get("client-id") == null) {
      return null;
    }
    String url = organisation.replaceAll("/+$", "");
    return new Availability(
        URI.create(url),
        workstream,
        keys.getOrDefault("dataverse-scope", url + "/.default"),
        Duration.ofSeconds(Long.parseLong(keys.getOrDefault("availability-cache", "30"))),
        Boolean.parseBoolean(keys.getOrDefault("agent-needed", "false")),
        list(keys.get("availability-context")));
  }

  static List<String> list(String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
  }
}
