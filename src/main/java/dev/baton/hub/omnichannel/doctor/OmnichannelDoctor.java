package dev.baton.hub.omnichannel.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.hub.omnichannel.OmnichannelSettings;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.HttpAsk;
import dev.baton.operations.doctor.HubDoctor;
import dev.baton.operations.doctor.PublicUrlCheck;
import dev.baton.operations.doctor.Wishes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Hubs of type {@code omnichannel}: the application's token, the channel, availability, and whether
 * the webhook can be verified; over Direct Line the secret. Opens no conversation.
 */
public final class OmnichannelDoctor implements HubDoctor {
  private static final String CHANNEL = "BTN-2471";
  private static final String WEBHOOK = "BTN-2473";
  private static final String DIRECT_LINE = "BTN-2474";

  @Override
  public String type() {
    return "omnichannel";
  }

  @Override
  public List<Finding> examine(HubSettings hub, Settings settings, Wishes wishes) {
    OmnichannelSettings keys = OmnichannelSettings.of(hub.name(), hub.properties());
    OmnichannelAsk ask = new OmnichannelAsk(hub.name(), keys);
    List<Finding> findings = new ArrayList<>();
    if ("direct-line".equals(hub.properties().get("way"))) {
      findings.add(directLine(hub, ask.http()));
      findings.add(ask.availability());
      return findings;
    }
    String token = ask.token(keys.scope(), findings);
    if (token != null) {
      findings.add(channel(hub, keys, token, ask.http()));
    }
    findings.add(ask.availability());
    findings.add(webhook(hub, keys, settings, ask.http()));
    findings.add(PublicUrlCheck.look(WEBHOOK, hub, settings));
    return findings;
  }

  /** Asks for the open conversations, as the only question that changes nothing. */
  private static Finding channel(
      HubSettings hub, OmnichannelSettings keys, String token, HttpAsk http) {
    Finding.About about = new Finding.About(CHANNEL, "hub " + hub.name(), "messaging channel");
    String prefix = "baton.hubs." + hub.name() + ".";
    String root = hub.properties().getOrDefault("url", "").replaceAll("/+$", "");
    URI uri = URI.create(root + keys.apiPath() + "/conversations?PageSize=1");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json")
            .header("channel-id", String.valueOf(keys.channelId()))
            .header("organization-id", String.valueOf(keys.organizationId()))
            .GET();
    try {
      HttpResponse<String> answer = http.ask(request);
      int code = OmnichannelAsk.json(answer.body()).path("code").asInt(0);
      String seen = "HTTP " + answer.statusCode() + (code == 0 ? "" : ", code " + code);
      return switch (answer.statusCode()) {
        case 200 -> about.ok("answers");
        case 401, 403 ->
            about.fail(
                "refuses the token (" + seen + ")",
                "the scope is of another organisation, or the channel is not this application's",
                "check " + prefix + "scope, and msdyn_appid of the channel's record");
        case 400, 404 ->
            about.fail(
                "does not know the channel (" + seen + ")",
                "organisation or channel id is wrong, or the channel is in no workstream",
                "check "
                    + prefix
                    + "organization-id and channel-id; attach the channel to a"
                    + " workstream");
        default ->
            about.fail("answers " + seen, "the service is out of order", "try again after a while");
      };
    } catch (IOException e) {
      return about.fail(
          HttpAsk.why(uri), "wrong URL, or a firewall or proxy", "check " + prefix + "url");
    }
  }

  private static Finding webhook(
      HubSettings hub, OmnichannelSettings keys, Settings settings, HttpAsk http) {
    Finding.About about = new Finding.About(WEBHOOK, "hub " + hub.name(), "webhook");
    String prefix = "baton.hubs." + hub.name() + ".";
    String address = settings.server().publicUrl() + "/hubs/" + hub.name();
    if (keys.webhookMetadata() == null) {
      return about.warn(
          "calls are not verified; msdyn_webhookurl is to be " + address,
          prefix + "verify-webhook is false, so whoever knows the address can speak as an agent",
          "set up the managed identity of the channel, then remove " + prefix + "verify-webhook");
    }
    try {
      JsonNode metadata =
          OmnichannelAsk.json(http.ask(HttpRequest.newBuilder(keys.webhookMetadata())).body());
      String issuer = metadata.path("issuer").asText("");
      if (issuer.isEmpty() || metadata.path("jwks_uri").asText("").isEmpty()) {
        return about.fail(
            keys.webhookMetadata().getHost() + " gives no OpenID configuration",
            "the tenant does not exist there",
            "check " + prefix + "tenant and authority");
      }
      return about.ok(
          "tokens of "
              + (keys.webhookIssuers().isEmpty() ? issuer : keys.webhookIssuers())
              + " for "
              + keys.webhookAudiences()
              + " are taken; msdyn_webhookurl is to be "
              + address);
    } catch (IOException e) {
      return about.fail(
          HttpAsk.why(keys.webhookMetadata()),
          "the keys for verification cannot be had",
          "check " + prefix + "authority and the network");
    }
  }

  private static Finding directLine(HubSettings hub, HttpAsk http) {
    Finding.About about = new Finding.About(DIRECT_LINE, "hub " + hub.name(), "Direct Line");
    String prefix = "baton.hubs." + hub.name() + ".";
    String root =
        hub.properties()
            .getOrDefault("url", "https://directline.botframework.com")
            .replaceAll("/+$", "");
    URI uri = URI.create(root + "/v3/directline/tokens/generate");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header(
                "Authorization",
                "Bearer " + hub.properties().getOrDefault("direct-line-secret", ""))
            .POST(HttpRequest.BodyPublishers.noBody());
    try {
      int status = http.ask(request).statusCode();
      if (status == 401 || status == 403) {
        return about.fail(
            "refuses the secret (HTTP " + status + ")",
            "it is of another bot, or was made anew",
            "copy a secret of the Azure Bot's Direct Line channel to "
                + prefix
                + "direct-line-secret");
      }
      return status == 200
          ? about.ok("takes the secret; whether Omnichannel is behind it, only a handoff shows")
          : about.fail(
              "answers " + status, "no Direct Line stands there", "check " + prefix + "url");
    } catch (IOException e) {
      return about.fail(
          HttpAsk.why(uri), "wrong URL, or a firewall or proxy", "check " + prefix + "url");
    }
  }
}
