package dev.baton.hub.servicenow.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.servicenow.CustomRig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Baton's routes and the shipped scripts, which talk to each other, both over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RoundTrip {
  private static final List<String> SECRETS =
      List.of("inbound-token", "outbound-token", "request-secret", "old-key");

  static final ObjectMapper JSON = new ObjectMapper();
  private final Map<Map<String, String>, CustomRig> rigs = new HashMap<>();
  final CustomChatInstance instance = new CustomChatInstance();

  CustomRig rig;

  @BeforeAll
  void start() {
    instance.properties.put("baton.chat.inbound_secret", "request-secret");
  }

  @AfterAll
  void stop() {
    rigs.values().forEach(CustomRig::close);
    instance.close();
  }

  @AfterEach
  void everythingWasOfTheContractAndNoSecretWasLogged() {
    instance.settle();
    List<JsonNode> queued = List.copyOf(instance.queued);
    List<String> sent = List.copyOf(instance.sent);
    instance.healthy();
    for (JsonNode request : queued) {
      assertThat(Contract.REQUEST.problems(request)).as(request.toString()).isEmpty();
    }
    for (String body : sent) {
      assertThat(Contract.CALLBACK.problems(CustomChatInstance.read(body))).as(body).isEmpty();
    }
    assertThat(rig.log()).noneMatch(line -> SECRETS.stream().anyMatch(line::contains));
  }

  void start(Map<String, String> settings) {
    Map<String, String> keys = new HashMap<>(ServiceNowCustomConformanceTest.settings(instance));
    keys.put("bot-settle", "50ms");
    keys.putAll(settings);
    rig = rigs.computeIfAbsent(keys, CustomRig::new);
  }

  /** A conversation that waits for an agent. */
  String queued(Map<String, String> settings) {
    start(settings);
    String c = rig.conversation();
    Exchange opened = rig.open(c);
    assertThat(opened.getException()).isNull();
    soon().until(() -> rig.events(c).contains("hub.queued"));
    instance.settle();
    return c;
  }

  /** A conversation with Virtual Agent, which has asked its first question. */
  String greeted(Map<String, String> settings) {
    Map<String, String> keys = new HashMap<>(settings);
    keys.put("opening", "virtual-agent");
    start(keys);
    String c = rig.conversation();
    assertThat(rig.open(c).getException()).isNull();
    soon().until(() -> rig.texts(c).contains("How can I help?"));
    return c;
  }

  void ask(String conversation, String control) {
    chat(conversation).ask(control);
  }

  Exchange end(String conversation) {
    return rig.call(conversation, "end", Map.of("reason", "CUSTOMER"));
  }

  CustomChat chat(String conversation) {
    return instance.chat(CustomRig.id(conversation));
  }

  static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
  }
}
