package dev.baton.hub.genesys.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Addresses;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.HttpAsk;
import dev.baton.operations.doctor.HubDoctor;
import dev.baton.operations.doctor.PublicUrlCheck;
import dev.baton.operations.doctor.Wishes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Hubs of type {@code genesys}: the OAuth client's token, and the Open Messaging integration with
 * the webhook that it calls. Source: platform API, {@code
 * /api/v2/conversations/messaging/integrations/open/{integrationId}}.
 */
public final class GenesysDoctor implements HubDoctor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "BTN-4516";
  private static final String INTEGRATION = "BTN-4517";

  @Override
  public String type() {
    return "genesys";
  }

  @Override
  public List<Finding> examine(HubSettings hub, Settings settings, Wishes wishes) {
    return new Examination(hub, settings).run();
  }

  private static final class Examination {
    private final HubSettings hub;
    private final Settings settings;
    private final Map<String, String> keys;
    private final String prefix;
    private final HttpAsk http = new HttpAsk();
    private final List<Finding> findings = new ArrayList<>();

    Examination(HubSettings hub, Settings settings) {
      this.hub = hub;
      this.settings = settings;
      this.keys = hub.properties();
      this.prefix = "baton.hubs." + hub.name() + ".";
    }

    List<Finding> run() {
      String token = token();
      if (token != null) {
        findings.add(integration(token));
      }
      findings.add(PublicUrlCheck.look(INTEGRATION, hub, settings));
      return findings;
    }

    private String token() {
      Finding.About about = new Finding.About(TOKEN, "hub " + hub.name(), "token");
      URI uri = URI.create(root("login-url", "https://login.") + "/oauth/token");
      String client =
          keys.getOrDefault("client-id", "") + ":" + keys.getOrDefault("client-secret", "");
      String basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
      try {
        HttpResponse<String> answer =
            http.ask(
                HttpRequest.newBuilder(uri)
                    .header("Authorization", "Basic " + basic)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
        String token = json(answer.body()).path("access_token").asText("");
        if (answer.statusCode() == 200 && !token.isEmpty()) {
          findings.add(about.ok("the OAuth client gets one"));
          return token;
        }
        findings.add(
            about.fail(
                "none is given (HTTP " + answer.statusCode() + ")",
                "client id or secret is wrong, its grant is not Client Credentials, or the region"
                    + " is another one",
                "check " + prefix + "client-id, client-secret and region"));
      } catch (IOException e) {
        findings.add(
            about.fail(
                HttpAsk.why(uri),
                "wrong region, or a firewall or proxy between here and there",
                "check " + prefix + "region and the network"));
      }
      return null;
    }

    private Finding integration(String token) {
      Finding.About about =
          new Finding.About(INTEGRATION, "hub " + hub.name(), "Open Messaging integration");
      String id = keys.getOrDefault("integration-id", "");
      String path = "/api/v2/conversations/messaging/integrations/open/";
      URI uri = URI.create(root("url", "https://api.") + path + id);
      try {
        HttpResponse<String> answer =
            http.ask(
                HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + token)
                    .header("Accept", "application/json")
                    .GET());
        return judge(about, id, answer);
      } catch (IOException e) {
        return about.fail(HttpAsk.why(uri), "the network", "check " + prefix + "region");
      }
    }

    private Finding judge(Finding.About about, String id, HttpResponse<String> answer) {
      switch (answer.statusCode()) {
        case 200 -> {
          return webhook(about, json(answer.body()));
        }
        case 403 -> {
          return about.warn(
              "the OAuth client may not look at it",
              "its role has no Messaging > Integration > View; Baton itself does not need that",
              "grant it for the doctor, or compare webhook and secret by hand");
        }
        case 404 -> {
          return about.fail(
              "there is no integration " + id,
              "the id is of another organisation, region or kind of integration",
              "copy the id of the Open Messaging integration to " + prefix + "integration-id");
        }
        default -> {
          return about.fail(
              "HTTP " + answer.statusCode(), "the platform refuses", "try again, then check roles");
        }
      }
    }

    private Finding webhook(Finding.About about, JsonNode integration) {
      String url = integration.path("outboundNotificationWebhookUrl").asText("");
      String ours = settings.server().publicUrl() + "/hubs/" + hub.name() + "/events";
      String shown = Addresses.shown(url);
      return Addresses.same(url, ours)
          ? about.ok("calls " + shown + "; its secret cannot be read back")
          : about.fail(
              "calls " + shown,
              "agents' messages go there instead of to Baton",
              "set the outbound notification webhook URL to " + ours);
    }

    private String root(String key, String standard) {
      String region = keys.getOrDefault("region", "mypurecloud.com");
      return keys.getOrDefault(key, standard + region).replaceAll("/+$", "");
    }

    private static JsonNode json(String body) {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        return JSON.missingNode();
      }
    }
  }
}
