package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.hub.servicenow.Session.Phase;
import dev.baton.journal.DeliveryException;
import dev.baton.simulator.servicenow.Callback;
import dev.baton.simulator.servicenow.Fault;
import dev.baton.simulator.servicenow.FaultKind;
import dev.baton.simulator.servicenow.InstanceOptions;
import dev.baton.simulator.servicenow.Misconfiguration;
import dev.baton.simulator.servicenow.ServiceNowSimulator;
import dev.baton.simulator.servicenow.VaChat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.util.TimeUtils;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hub's routes with a simulated instance, which behaves asynchronously as the real one. */
class WithSimulatorTest {
  private static ServiceNowSimulator instance;
  private static ServiceNowRig rig;
  private static Map<String, String> account;
  private Logged logged;

  @BeforeAll
  static void start() {
    instance =
        ServiceNowSimulator.startAndWait(
            InstanceOptions.defaults().processing(Duration.ofMillis(5)));
    account = new HashMap<>();
    instance
        .settings("it")
        .forEach((key, value) -> account.put(key.substring("baton.hubs.it.".length()), value));
    account.put("context.domain", "'IT_DOMAIN'");
    rig = new ServiceNowRig(account);
    callbacksTo(rig);
  }

  @AfterAll
  static void stop() {
    rig.close();
    instance.close();
  }

  @BeforeEach
  void listen() {
    instance.reset();
    instance.desk().capacity("Sam Reed", 50);
    instance.desk().capacity("Kim Osei", 50);
    callbacksTo(rig);
    logged = new Logged();
  }

  @AfterEach
  void close() {
    logged.close();
  }

  private static void callbacksTo(ServiceNowRig target) {
    instance
        .tables()
        .set("http_connection", "", "connection_url", target.rig.url() + "/hubs/it/events");
  }

  @Test
  void aHandoffRunsFromTheQueueToTheEnd() {
    String c = waiting();
    VaChat chat = chat(c);
    assertThat(chat.history()).hasSize(2);
    assertThat(chat.contextVariables().getString("short_description")).startsWith("VPN drops");
    instance.desk().accept(chat.id(), "Sam Reed");
    soon().until(() -> rig.events(c).contains("hub.accepted"));
    assertThat(rig.appended(c).toString()).contains("name=Sam");
    rig.call(c, "typing", Map.of("on", true));
    soon().until(chat::userTyping);
    rig.send(c, "m-1", "Grüße — it’s a \"laptop\"\\\n/path");
    soon().until(() -> chat.userTexts().contains("Grüße — it’s a \"laptop\"\\\n/path"));
    soon().until(() -> !chat.userTyping());
    String line = instance.desk().say(chat.id(), "ok");
    instance.desk().say(chat.id(), "ok");
    soon().until(() -> rig.texts(c).stream().filter("ok"::equals).count() == 2);
    soon().until(() -> "sent_to_user".equals(chat.receipts().get(line)));
    instance.desk().end(chat.id());
    soon().until(() -> rig.events(c).contains("hub.ended"));
    assertThat(rig.texts(c)).doesNotContain("Grüße — it’s a \"laptop\"\\\n/path");
  }

  @Test
  void messagesAreSignedAsTheInstanceVerifiesThem() {
    try (ServiceNowSimulator signed =
            ServiceNowSimulator.startAndWait(
                InstanceOptions.defaults().token("").signatureSecret("sign-secret-1"));
        ServiceNowRig own =
            new ServiceNowRig(
                Map.of(
                    "url", signed.url().toString(),
                    "signature-secret", "sign-secret-1",
                    "username", account.get("username"),
                    "password", account.get("password"),
                    "context.domain", "'IT_DOMAIN'",
                    "callback-user", account.get("callback-user"),
                    "callback-password", account.get("callback-password")))) {
      signed
          .tables()
          .set("http_connection", "", "connection_url", own.rig.url() + "/hubs/it/events");
      String c = own.conversation();
      Map<String, Object> open = own.handoff(c);
      open.put("summary", "Größe 漢字 \uD83D\uDE00 </script> \u2028 \\ /");
      assertThat(own.open(c, open).getException()).isNull();
      soon().until(() -> own.session(c).phase == Phase.QUEUED);
    }
  }

  @Test
  void oauthOpensTheInstanceToo() {
    Map<String, String> keys = new HashMap<>(account);
    keys.remove("username");
    keys.remove("password");
    keys.put("oauth-client-id", "simulated-client");
    keys.put("oauth-client-secret", "simulated-client-secret");
    try (ServiceNowRig own = new ServiceNowRig(keys)) {
      callbacksTo(own);
      String c = own.conversation();
      assertThat(own.open(c).getException()).isNull();
      soon().until(() -> own.session(c).phase == Phase.QUEUED);
      instance.faults().arm(FaultKind.TOKEN_EXPIRED);
      assertThat(own.send(c, "m-1", "still there").getException()).isNull();
    }
  }

  @Test
  void aWrongTokenIsFoundByTheSilence() {
    instance.misconfigure(Misconfiguration.TOKEN_DIFFERS);
    String c = opened();
    passes("31s");
    soon().until(() -> rig.events(c).contains("hub.error"));
    assertThat(cause(c)).contains("Message Auth refuses it");
  }

  @Test
  void aCallbackUrlThatIsWrongIsFoundByTheInteraction() {
    instance.misconfigure(Misconfiguration.CONNECTION_DIFFERS);
    String c = opened();
    soon()
        .until(
            () ->
                instance.desk().chats().stream()
                    .anyMatch(chat -> id(c).equals(chat.clientSessionId())));
    passes("31s");
    soon().until(() -> rig.events(c).contains("hub.error"));
    assertThat(cause(c)).contains("its callbacks do not arrive");
  }

  @Test
  void routingWithoutAPoolIsSaidToBeMisconfigured() {
    instance.misconfigure(Misconfiguration.POOL_MISSING);
    String c = opened();
    soon().until(() -> rig.session(c).heard);
    passes("31s");
    soon()
        .until(() -> rig.events(c).contains("hub.error") || rig.events(c).contains("hub.rejected"));
    assertThat(rig.appended(c).toString()).contains("BTN-2302");
  }

  @Test
  void nobodyIsThereWhateverTheWordsAre() {
    instance.texts().reword("no-agents", "誰もいません");
    instance.desk().available("Sam Reed", false);
    instance.desk().available("Kim Osei", false);
    String c = opened();
    soon().until(() -> rig.session(c).heard);
    passes("11s");
    soon().until(() -> rig.events(c).contains("hub.rejected"));
    assertThat(rig.texts(c)).containsExactly("誰もいません");
  }

  @Test
  void liveAgentsThatAreSwitchedOffAreNotMistakenForTheBot() {
    instance.misconfigure(Misconfiguration.LIVE_AGENT_EXCLUDED);
    String c = opened();
    soon().until(() -> rig.events(c).equals(List.of("hub.rejected")));
    assertThat(logged.of("BTN-2312")).isNotEmpty();
    soon().until(() -> chat(c).state() == VaChat.State.ENDED);
    soon().until(() -> last(c).contains("END_CONVERSATION"));
    assertThat(rig.events(c)).containsExactly("hub.rejected");
  }

  @Test
  void theCreateStartPairLeadsToTheQueueToo() {
    Map<String, String> keys = new HashMap<>(account);
    keys.put("opening", "create");
    try (ServiceNowRig own = new ServiceNowRig(keys)) {
      callbacksTo(own);
      String c = own.conversation();
      assertThat(own.open(c).getException()).isNull();
      soon().until(() -> own.session(c).phase == Phase.QUEUED);
      assertThat(own.session(c).interactionId).isNotNull();
    }
  }

  @Test
  void agentAfterStartLeadsToTheQueueToo() {
    Map<String, String> keys = new HashMap<>(account);
    keys.put("opening", "agent");
    keys.put("live-agent-only", "false");
    try (ServiceNowRig own = new ServiceNowRig(keys)) {
      callbacksTo(own);
      String c = own.conversation();
      assertThat(own.open(c).getException()).isNull();
      soon().until(() -> own.session(c).phase == Phase.QUEUED);
      assertThat(own.texts(c).toString()).doesNotContain("Virtual");
    }
  }

  @Test
  void transfersKeepTheConversation() {
    String c = waiting();
    instance.desk().accept(id(c), "Sam Reed");
    instance.desk().transferToAgent(id(c), "Kim Osei");
    soon().until(() -> rig.appended(c).toString().contains("name=Kim"));
    instance.desk().transferToQueue(id(c), "IT Chat");
    soon().until(() -> rig.events(c).stream().filter("hub.agentLeft"::equals).count() == 2);
    instance.desk().accept(id(c), "Sam Reed");
    soon().until(() -> rig.events(c).stream().filter("hub.accepted"::equals).count() == 3);
    assertThat(rig.session(c).phase).isEqualTo(Phase.CONNECTED);
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultKind.class,
      names = {
        "CALLBACK_TWICE",
        "CALLBACK_OCTET_STREAM",
        "CALLBACK_BARE_ITEM",
        "TEXTS_AS_VALUES",
        "OTHER_SPELLING",
        "NO_MESSAGE_ID",
        "TYPING_BESIDE_TEXT"
      })
  void anAgentsLineArrivesOnceInWhateverForm(FaultKind form) {
    String c = waiting();
    instance.faults().arm(Fault.once(form).times(Fault.ALWAYS));
    instance.desk().accept(id(c), "Sam Reed");
    instance.desk().say(id(c), "a line");
    instance.faults().clear();
    instance.desk().say(id(c), "the next");
    soon().until(() -> rig.texts(c).contains("the next"));
    assertThat(rig.texts(c)).containsOnlyOnce("a line");
    assertThat(rig.events(c)).contains("hub.accepted");
  }

  @Test
  void everyControlReachesTheCustomer() throws IOException {
    String c = waiting();
    instance.desk().accept(id(c), "Sam Reed");
    JsonObject controls;
    try (InputStream in = getClass().getResourceAsStream("/simulator/servicenow/controls.json")) {
      controls = Buffer.buffer(in.readAllBytes()).toJsonObject();
    }
    soon().until(() -> rig.events(c).contains("hub.accepted"));
    for (String name : controls.fieldNames()) {
      if (controls.getJsonObject(name).getString("uiType").equals("ActionMsg")) {
        continue; // a state, not a control
      }
      int before = rig.appended(c).size();
      instance.desk().control(id(c), name);
      soon().alias(name).until(() -> rig.appended(c).size() > before);
    }
    assertThat(logged.of("BTN-2348")).allMatch(line -> line.contains("hologramcontrol"));
  }

  @Test
  void aStreamedAnswerIsOneMessageAlsoInTheWrongOrder() {
    String c = waiting();
    instance.desk().accept(id(c), "Sam Reed");
    instance.faults().arm(FaultKind.STREAM_DISORDER);
    instance.desk().stream(id(c), Duration.ofMillis(5), "Printers", "need", "paper.");
    soon().until(() -> !printers(c).isEmpty());
    assertThat(printers(c)).hasSize(1);
    assertThat(printers(c).get(0)).startsWith("Printers need paper.");
  }

  @Test
  void autopilotAsksWhileTheAgentKeepsTheChat() {
    String c = waiting();
    instance.desk().accept(id(c), "Sam Reed");
    instance.desk().autopilot(id(c), true);
    soon().until(() -> !rig.session(c).options.isEmpty());
    String label = rig.session(c).options.keySet().iterator().next();
    String value = rig.session(c).options.get(label).toString();
    rig.send(c, "m-1", label);
    soon().until(() -> chat(c).userTexts().contains(value));
    assertThat(rig.session(c).phase).isEqualTo(Phase.CONNECTED);
  }

  @Test
  void aSurveyIsRelayedUntilItIsCompleted() {
    try (ServiceNowSimulator surveying =
        ServiceNowSimulator.startAndWait(
            InstanceOptions.defaults().survey(true).processing(Duration.ofMillis(5)))) {
      Map<String, String> keys = new HashMap<>(account);
      keys.put("url", surveying.url().toString());
      try (ServiceNowRig own = new ServiceNowRig(keys)) {
        surveying
            .tables()
            .set("http_connection", "", "connection_url", own.rig.url() + "/hubs/it/events");
        String c = own.conversation();
        own.open(c);
        soon().until(() -> own.session(c).phase == Phase.QUEUED);
        surveying.desk().accept(id(c));
        surveying.desk().end(id(c));
        soon().until(() -> own.session(c).question);
        assertThat(own.events(c)).doesNotContain("hub.ended");
        assertThat(own.send(c, "m-1", "5").getException()).isNull();
        soon().until(() -> own.events(c).contains("hub.ended"));
      }
    }
  }

  @Test
  void theSynchronousModeWorksWithAWarning() {
    instance.misconfigure(Misconfiguration.CHANNEL_SYNCHRONOUS);
    String c = opened();
    soon().until(() -> rig.events(c).contains("hub.queued"));
    assertThat(logged.of("BTN-2320")).isNotEmpty();
    instance.desk().accept(id(c), "Sam Reed");
    instance.desk().say(id(c), "hello");
    soon().until(() -> rig.texts(c).contains("hello"));
  }

  @Test
  void availabilityFollowsTheAgents() {
    assertThat(availability()).isEqualTo("AVAILABLE");
    instance.desk().available("Sam Reed", false);
    instance.desk().available("Kim Osei", false);
    instance.desk().available("Robin Vale", false);
    assertThat(availability()).isEqualTo("UNAVAILABLE");
    instance.misconfigure(Misconfiguration.AVAILABILITY_UNREADABLE);
    assertThat(availability()).isEqualTo("UNKNOWN");
  }

  @Test
  void aRateLimitOfTheInstanceIsWaitedFor() {
    String c = waiting();
    instance.faults().arm(Fault.once(FaultKind.THROTTLED).at("bot").retryAfter(7));
    assertThat(rig.send(c, "m-1", "hello").getException(DeliveryException.class).retryAfter())
        .isEqualTo(Duration.ofSeconds(7));
  }

  private static List<String> printers(String c) {
    return rig.texts(c).stream().map(Object::toString).filter(t -> t.contains("Printers")).toList();
  }

  private static Object availability() {
    return rig.rig
        .call("it", "availability", Map.of(), Map.of())
        .getMessage()
        .getBody(Map.class)
        .get("state");
  }

  private static String opened() {
    String c = rig.conversation();
    assertThat(rig.open(c).getException()).isNull();
    return c;
  }

  private static String waiting() {
    String c = opened();
    soon()
        .until(
            () -> rig.events(c).contains("hub.queued") && chat(c).state() == VaChat.State.QUEUED);
    return c;
  }

  /** What the instance called back last for a conversation. */
  private static String last(String conversation) {
    return instance.callbacks().stream()
        .map(Callback::text)
        .filter(text -> text.contains(id(conversation)))
        .reduce("", (one, next) -> next);
  }

  private static VaChat chat(String conversation) {
    return instance.desk().chat(id(conversation));
  }

  private static String id(String conversation) {
    return ServiceNowRig.id(conversation);
  }

  private String cause(String c) {
    return logged.of("BTN-2305").stream()
        .filter(line -> line.contains(id(c)))
        .findFirst()
        .orElseThrow();
  }

  private static void passes(String time) {
    rig.clock.passes(Duration.ofMillis(TimeUtils.toMilliSeconds(time)));
    rig.check();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
  }
}
