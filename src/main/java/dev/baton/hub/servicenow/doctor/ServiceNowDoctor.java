package dev.baton.hub.servicenow.doctor;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.hub.servicenow.InstanceAccess;
import dev.baton.operations.ManagementClient;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.HubDoctor;
import dev.baton.operations.doctor.PublicUrlCheck;
import dev.baton.operations.doctor.Wishes;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    Map<String, String> keys = given(hub);
    Target target = target(hub, settings, wishes);
    InstanceAccess instance = new InstanceAccess(hub);
    Tables tables = new Tables(new RestTableApi(instance));
    String callbackUser = keys.get("callback-user");
    List<Finding> findings = new ArrayList<>();
    findings.add(PublicUrlCheck.look(Symptom.SILENCE.code(), hub, settings));
    List<Finding> seen =
        new Examination(target, tables, settings, callbackUser, Instant.now()).run();
    findings.addAll(seen);
    boolean reached = seen.stream().anyMatch(f -> f.code().equals(Symptom.APPLICATION.code()));
    if (wishes.endToEnd() && reached) {
      TestRequest request = new TestRequest(instance, target.inboundId());
      findings.addAll(endToEnd(target, request, settings, keys, wishes));
    }
    return findings;
  }

  private static List<Finding> endToEnd(
      Target target,
      TestRequest request,
      Settings settings,
      Map<String, String> keys,
      Wishes wishes) {
    try (CallbackWatch watch = watch(target, settings, keys)) {
      return new EndToEnd(target, request, watch, wishes.patience()).run();
    } catch (IOException e) {
      return List.of(
          new Finding.About("BTN-4512", "hub " + target.hub(), "test message")
              .fail(
                  e.getMessage(),
                  "another program has the port, or a Baton with another configuration runs",
                  "start Baton first, or free the port, then run this again"));
    }
  }

  /** The Baton that runs, else the doctor itself, gets the callbacks. */
  private static CallbackWatch watch(Target target, Settings settings, Map<String, String> keys)
      throws IOException {
    Optional<ManagementClient> running = ManagementClient.connect(settings);
    return running.isPresent()
        ? new RunningBatonWatch(running.get(), target.hub())
        : new ListeningWatch(settings.server(), keys);
  }

  static Target target(HubSettings hub, Settings settings, Wishes wishes) {
    Map<String, String> keys = given(hub);
    String root = settings.server().publicUrl().toString();
    String mediaHost = settings.server().publicUrl().getHost();
    return new Target(
        hub.name(),
        URI.create(keys.getOrDefault("url", "").replaceAll("/+$", "")),
        keys.get("username"),
        keys.containsKey("oauth-client-id"),
        messageAuth(keys),
        endpoints(root, hub),
        !List.of("off", "always").contains(keys.getOrDefault("availability", "capacity")),
        keys.getOrDefault("channel", CHAT),
        keys.get("queue"),
        keys.get("app-inbound-id"),
        keys.getOrDefault("attachments", "url").equalsIgnoreCase("upload"),
        mediaHost == null ? "" : mediaHost,
        wishes.user());
  }

  /** Without empty values: these are as good as none. */
  private static Map<String, String> given(HubSettings hub) {
    Map<String, String> keys = new HashMap<>(hub.properties());
    keys.values().removeIf(String::isBlank);
    return keys;
  }

  private static List<URI> endpoints(String root, HubSettings hub) {
    URI own = URI.create(root + "/hubs/" + hub.name() + "/events");
    boolean alias = Boolean.parseBoolean(hub.properties().get("callback-alias"));
    return alias ? List.of(own, URI.create(root + Target.ALIAS)) : List.of(own);
  }

  private static Target.MessageAuth messageAuth(Map<String, String> keys) {
    if (keys.containsKey("signature-secret")) {
      return Target.MessageAuth.SIGNATURE;
    }
    return keys.containsKey("token") ? Target.MessageAuth.TOKEN : Target.MessageAuth.NONE;
  }
}
