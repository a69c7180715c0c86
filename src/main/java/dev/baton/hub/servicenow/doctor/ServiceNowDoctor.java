package dev.baton.hub.servicenow.doctor;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.HttpAsk;
import dev.baton.operations.doctor.HubDoctor;
import dev.baton.operations.doctor.PublicUrlCheck;
import dev.baton.operations.doctor.Wishes;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hubs of type {@code servicenow}: everything that the service account can see. */
public final class ServiceNowDoctor implements HubDoctor {
  /** Chat service channel of the base system. */
  private static final String CHAT = "27f675e3739713004a905ee515f6a7c3";

  @Override
  public String type() {
    return "servicenow";
  }

  @Override
  public List<Finding> examine(HubSettings hub, Settings settings, Wishes wishes) {
    Map<String, String> keys = hub.properties();
    Target target = target(hub, settings, wishes);
    HttpAsk http = new HttpAsk();
    InstanceLogin login = new InstanceLogin(http, target.url(), keys);
    Tables tables = new Tables(new RestTableApi(http, target.url(), login));
    String callbackUser = keys.get("callback-user");
    List<Finding> findings = new ArrayList<>();
    findings.add(PublicUrlCheck.look(Symptom.SILENCE.code(), hub, settings));
    findings.addAll(new Examination(target, tables, settings, callbackUser, Instant.now()).run());
    return findings;
  }

  static Target target(HubSettings hub, Settings settings, Wishes wishes) {
    Map<String, String> keys = hub.properties();
    String root = settings.server().publicUrl().toString();
    String mediaHost = settings.server().publicUrl().getHost();
    return new Target(
        hub.name(),
        URI.create(keys.getOrDefault("url", "").replaceAll("/+$", "")),
        keys.get("username"),
        InstanceLogin.isOauth(keys),
        messageAuth(keys),
        List.of(
            URI.create(root + "/hubs/" + hub.name() + "/events"),
            URI.create(root + "/rest/LiveAgentService/SnowSendMessageToUser")),
        !List.of("off", "always").contains(keys.getOrDefault("availability", "capacity")),
        keys.getOrDefault("channel", CHAT),
        keys.get("queue"),
        keys.get("app-inbound-id"),
        mediaHost == null ? "" : mediaHost,
        wishes.user());
  }

  private static Target.MessageAuth messageAuth(Map<String, String> keys) {
    if (keys.containsKey("signature-secret")) {
      return Target.MessageAuth.SIGNATURE;
    }
    return keys.containsKey("token") ? Target.MessageAuth.TOKEN : Target.MessageAuth.NONE;
  }
}
