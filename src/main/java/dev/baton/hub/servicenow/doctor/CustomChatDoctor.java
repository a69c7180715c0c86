package dev.baton.hub.servicenow.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.hub.HubSignature;
import dev.baton.hub.servicenow.InstanceAccess;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.HttpAsk;
import dev.baton.operations.doctor.HubDoctor;
import dev.baton.operations.doctor.PublicUrlCheck;
import dev.baton.operations.doctor.Wishes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Hubs of type {@code servicenow-custom}: asks the scripts on the instance whether they are
 * complete. {@code GET <url><path>/health} checks the credentials too, and changes nothing.
 */
public final class CustomChatDoctor implements HubDoctor {
  private static final String CODE = "BTN-4515";

  @Override
  public String type() {
    return "servicenow-custom";
  }

  @Override
  public List<Finding> examine(HubSettings hub, Settings settings, Wishes wishes) {
    List<Finding> findings = new ArrayList<>();
    findings.add(scripts(hub));
    findings.add(PublicUrlCheck.look(CODE, hub, settings));
    return findings;
  }

  private static Finding scripts(HubSettings hub) {
    Finding.About about = new Finding.About(CODE, "hub " + hub.name(), "scripts on the instance");
    String prefix = "baton.hubs." + hub.name() + ".";
    Map<String, String> keys = hub.properties();
    String root = keys.getOrDefault("url", "").replaceAll("/+$", "");
    String id =
        URLEncoder.encode(keys.getOrDefault("app-inbound-id", "baton"), StandardCharsets.UTF_8);
    URI uri = URI.create(root + keys.getOrDefault("path", "") + "/health?appInboundId=" + id);
    try {
      return judge(about, prefix, new InstanceAccess(hub).get(uri, signature(keys)));
    } catch (InstanceAccess.NoTokenException e) {
      return about.fail(e.reason(), "the client is refused", "check the OAuth client");
    } catch (IOException e) {
      return about.fail(
          HttpAsk.why(uri),
          "wrong URL, or a firewall or proxy between here and there",
          "correct " + prefix + "url or the network");
    }
  }

  /** The signature that the scripts check themselves, of an empty body. */
  private static Map<String, String> signature(Map<String, String> keys) {
    String secret = keys.getOrDefault("request-secret", "");
    return secret.isEmpty()
        ? Map.of()
        : Map.of("X-Baton-Signature-256", HubSignature.sign(secret, new byte[0]));
  }

  private static Finding judge(Finding.About about, String prefix, HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status == 401 || status == 403) {
      return about.fail(
          "refused (HTTP " + status + ")",
          "token or signature differ, or the resource requires a user",
          "compare " + prefix + "token, signature-secret and request-secret with the instance");
    }
    if (status == 404) {
      return about.fail(
          "there is no such REST API (HTTP 404)",
          "it was not created, or its path is another one",
          "copy \"Base API path\" with its version to " + prefix + "path");
    }
    JsonNode health = health(answer.body());
    if (status != 200 || health == null) {
      return about.fail(
          "answers " + status + (health == null ? " without JSON" : ""),
          "a sleeping developer instance, or a fault in the scripts",
          "open the address in a browser and look at the instance's system log");
    }
    List<String> missing = new ArrayList<>();
    health
        .path("checks")
        .properties()
        .forEach(
            check -> {
              if (!check.getValue().asBoolean() && !check.getKey().equals("signedByBaton")) {
                missing.add(check.getKey());
              }
            });
    String remedy = "follow the scripts' README for each of these";
    if (!health.path("ok").asBoolean()) {
      return about.fail("incomplete: " + String.join(", ", missing), "a step was left out", remedy);
    }
    return missing.isEmpty()
        ? about.ok("complete, and they accept Baton's credentials")
        : about.warn("lacking: " + String.join(", ", missing), "a step was left out", remedy);
  }

  private static JsonNode health(byte[] body) {
    try {
      JsonNode json = new ObjectMapper().readTree(body);
      JsonNode health = json.has("result") ? json.path("result") : json;
      return health.isObject() ? health : null;
    } catch (IOException e) {
      return null;
    }
  }
}
