package dev.baton.hub.omnichannel.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.omnichannel.OmnichannelSettings;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.HttpAsk;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tokens of the login service, and what Dataverse says about representatives. */
final class OmnichannelAsk {
  private static final String TOKEN = "BTN-2470";
  private static final String AVAILABILITY = "BTN-2472";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String hub;
  private final OmnichannelSettings keys;
  private final HttpAsk http = new HttpAsk();

  OmnichannelAsk(String hub, OmnichannelSettings keys) {
    this.hub = hub;
    this.keys = keys;
  }

  HttpAsk http() {
    return http;
  }

  /** A token, or null; what was found is added. */
  String token(String scope, List<Finding> findings) {
    Finding.About about = new Finding.About(TOKEN, "hub " + hub, "token");
    String prefix = "baton.hubs." + hub + ".";
    String form =
        "grant_type=client_credentials&client_id="
            + encode(keys.clientId())
            + "&client_secret="
            + encode(keys.clientSecret().reveal())
            + "&scope="
            + encode(scope);
    try {
      HttpResponse<String> answer =
          http.ask(
              HttpRequest.newBuilder(keys.tokenUrl())
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(form)));
      String token = json(answer.body()).path("access_token").asText("");
      if (answer.statusCode() == 200 && !token.isEmpty()) {
        findings.add(about.ok("the application gets one for " + scope));
        return token;
      }
      String error = json(answer.body()).path("error").asText("");
      findings.add(
          about.fail(
              "none is given (HTTP "
                  + answer.statusCode()
                  + (error.matches("[\\w.-]{1,60}") ? " " + error : "")
                  + ")",
              "tenant, client id, secret or scope is wrong, or the secret has expired",
              "check " + prefix + "tenant, client-id, client-secret and the scope " + scope));
    } catch (IOException e) {
      findings.add(
          about.fail(
              HttpAsk.why(keys.tokenUrl()),
              "wrong authority, or a firewall or proxy",
              "check " + prefix + "authority and the network"));
    }
    return null;
  }

  /** Asks as a handoff would. */
  Finding availability() {
    Finding.About about = new Finding.About(AVAILABILITY, "hub " + hub, "availability");
    String prefix = "baton.hubs." + hub + ".";
    OmnichannelSettings.Availability settings = keys.availability();
    if (settings == null) {
      return about.warn(
          "is not asked",
          prefix + "dataverse-url and workstream are not set",
          "set them, so that nobody is handed over out of hours");
    }
    List<Finding> findings = new ArrayList<>();
    String token = token(settings.scope(), findings);
    if (token == null) {
      return findings.get(0);
    }
    URI uri =
        URI.create(
            settings.url()
                + "/api/data/v9.2/CCaaS_GetRepresentativeAvailabilityBeforeConversation");
    String body =
        JSON.createObjectNode()
            .put("ApiVersion", "1.0")
            .put("LiveWorkStreamId", settings.workstream())
            .toString();
    try {
      HttpResponse<String> answer =
          http.ask(
              HttpRequest.newBuilder(uri)
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body)));
      return switch (answer.statusCode()) {
        case 200 -> about.ok("is told");
        case 401, 403 ->
            about.fail(
                "the application may not ask (HTTP " + answer.statusCode() + ")",
                "it is no application user in Dataverse, or without the role",
                "make it one, with the role Omnichannel administrator");
        case 404 ->
            about.fail(
                "there is no such workstream or action (HTTP 404)",
                "the id is wrong, or the organisation is too old",
                "check " + prefix + "workstream");
        default ->
            about.fail(
                "HTTP " + answer.statusCode(),
                "the organisation does not let it be asked",
                "check " + prefix + "workstream, or unset it");
      };
    } catch (IOException e) {
      return about.fail(
          HttpAsk.why(uri), "wrong URL, or a firewall", "check " + prefix + "dataverse-url");
    }
  }

  static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text == null ? "" : text, StandardCharsets.UTF_8);
  }
}
