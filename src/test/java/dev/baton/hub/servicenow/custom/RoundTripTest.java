package dev.baton.hub.servicenow.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.servicenow.CustomRig;
import dev.baton.hub.servicenow.custom.CustomChat.State;
import dev.baton.journal.DeliveryException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Baton's routes and the shipped scripts talk to each other, both over real HTTP. */
class RoundTripTest {
  private static final List<String> SECRETS =
      List.of("inbound-token", "outbound-token", "request-secret", "old-key");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Map<String, String>, CustomRig> RIGS = new HashMap<>();
  private static CustomChatInstance instance;

  private CustomRig rig;

  @BeforeAll
  static void start() {
    instance = new CustomChatInstance();
    instance.properties.put("baton.chat.inbound_secret", "request-secret");
  }

  @AfterAll
  static void stop() {
    RIGS.values().forEach(CustomRig::close);
    RIGS.clear();
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

  @Test
  void aVirtualAgentConversationIsOpenedSwitchedToAnAgentAndClosedByThem() {
    String c = queued(Map.of());
    CustomChat chat = chat(c);
    assertThat(chat.actions).containsExactly("startConversation", "switchToLiveAgent");
    assertThat(chat.variables.path("baton_transcript").asText()).isEqualTo("User: my vpn drops");
    rig.send(c, "m-1", "waiting \u2013 \ud83d\ude00");
    chat.accept("Sam");
    chat.say("Sam", "Hello \u00dcmit, let me look.");
    soon().until(() -> rig.texts(c).contains("Hello \u00dcmit, let me look."));
    rig.send(c, "m-2", "it is a laptop");
    soon().until(() -> chat.heard.size() == 2);
    assertThat(chat.heard).containsExactly("waiting \u2013 \ud83d\ude00", "it is a laptop");
    chat.agentEnds("Sam");
    soon().until(() -> rig.events(c).contains("hub.ended"));
    assertThat(rig.events(c))
        .containsSubsequence("hub.queued", "hub.accepted", "hub.message", "hub.ended");
    assertThat(rig.texts(c)).doesNotContain("Hi, I'm your Virtual Agent.");
  }

  @Test
  void theCustomerClosesAChatWithAnAgent() {
    String c = queued(Map.of());
    chat(c).accept("Sam");
    soon().until(() -> rig.events(c).contains("hub.accepted"));
    assertThat(end(c).getException()).isNull();
    soon().until(() -> chat(c).state == State.CLOSED);
    assertThat(chat(c).actions).endsWith("endConversation");
    assertThat(end(c).getException()).as("ending twice is as good").isNull();
    assertThat(chat(c).ends).isEqualTo(1);
  }

  @Test
  void theCustomerClosesAChatThatWaitsForAnAgent() {
    String c = queued(Map.of());
    end(c);
    soon().until(() -> chat(c).state == State.CLOSED);
  }

  @Test
  void theCustomerClosesAConversationWithVirtualAgent() {
    String c = greeted(Map.of());
    assertThat(chat(c).state).isEqualTo(State.VIRTUAL_AGENT);
    end(c);
    soon().until(() -> chat(c).state == State.CLOSED);
    assertThat(chat(c).actions).containsExactly("startConversation", "endConversation");
  }

  @Test
  void theCustomerTalksWithVirtualAgentAndIsSwitchedOnTheirWord() {
    String c = greeted(Map.of("agent-words", "agent"));
    rig.send(c, "m-1", "agent");
    soon().until(() -> chat(c).state == State.QUEUED);
    assertThat(chat(c).actions).contains("switchToLiveAgent");
    chat(c).accept("Sam");
    soon().until(() -> rig.events(c).stream().filter("hub.accepted"::equals).count() == 2);
  }

  @Test
  void aPickedOptionArrivesAsItsValue() {
    String c = greeted(Map.of());
    Map<String, Object> picked =
        Map.of("id", "m-1", "text", "Reset password", "value", Map.of("servicenowOption", "t1"));
    rig.call(c, "send", picked);
    soon().until(() -> !chat(c).answers.isEmpty());
    assertThat(chat(c).answers.get(0).path("value").asText()).isEqualTo("t1");
    ask(
        c,
        "{\"uiType\":\"Boolean\",\"label\":\"Sure?\",\"options\":[{\"label\":\"Yes\"},{\"label\":\"No\"}]}");
    soon().until(() -> rig.texts(c).contains("Sure?"));
    rig.send(c, "m-2", "yes");
    soon().until(() -> chat(c).answers.size() == 2);
    assertThat(chat(c).answers.get(1).path("value").asText()).isEqualTo("Yes");
  }

  @Test
  void anOptionalQuestionIsSkippedOnTheCustomersWord() {
    String c = greeted(Map.of("skip-words", "skip,weiter"));
    ask(c, "{\"uiType\":\"InputText\",\"label\":\"Your phone?\",\"required\":false}");
    soon().until(() -> rig.texts(c).contains("Your phone?"));
    rig.send(c, "m-1", "Skip");
    soon().until(() -> chat(c).actions.contains("skipOptionalQuestion"));
    assertThat(chat(c).answers).isEmpty();
  }

  @Test
  void anAnswerThatDoesNotFitIsAskedForAgain() {
    String c = greeted(Map.of());
    ask(c, "{\"uiType\":\"FileUpload\",\"label\":\"A screenshot, please\",\"itemType\":\"image\"}");
    soon().until(() -> rig.texts(c).stream().anyMatch(t -> t.toString().contains("screenshot")));
    rig.send(c, "m-1", "I have none");
    soon().until(() -> rig.texts(c).contains("Please send a file."));
    Map<String, Object> file =
        Map.of(
            "contentUrl",
            "https://baton.example/f/shot.png",
            "contentType",
            "image/png",
            "name",
            "shot.png");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                rig.call(c, "send", Map.of("id", "m-2", "text", "", "attachments", List.of(file)))
                        .getException()
                    == null);
    soon().until(() -> chat(c).answers.size() == 2);
    assertThat(chat(c).answers.get(1).path("url").asText())
        .isEqualTo("https://baton.example/f/shot.png");
    assertThat(chat(c).answers.get(1).path("content_type").asText()).isEqualTo("image/png");
  }

  @Test
  void agentsGetFiles() {
    String c = queued(Map.of());
    Map<String, Object> file =
        Map.of(
            "contentUrl",
            "https://baton.example/f/1",
            "contentType",
            "text/plain",
            "name",
            "a.txt");
    rig.call(
        c, "send", Map.of("id", "m-1", "text", "see this", "attachments", List.of(file, file)));
    soon().until(() -> chat(c).heard.size() == 2);
    assertThat(chat(c).heard).containsOnly("https://baton.example/f/1");
  }

  @Test
  void everyControlIsShownAsSomething() throws Exception {
    String c = greeted(Map.of());
    int before = rig.events(c).size();
    List<String> controls =
        OutboundTransformerTest.controls()
            .map(one -> one.get()[1].toString())
            .filter(control -> !control.contains("ActionMsg") && !control.contains("actionMsg"))
            .filter(control -> !control.equals("{}") && !control.contains("agentInfo"))
            .filter(control -> !control.contains("actionType"))
            .toList();
    controls.forEach(control -> chat(c).emit(control));
    List<String> states = List.of("hub.queued", "hub.agentLeft", "hub.ended");
    soon()
        .untilAsserted(
            () -> {
              List<String> now = rig.events(c);
              assertThat(now.subList(before, now.size())).doesNotContainAnyElementsOf(states);
              assertThat(
                      now.subList(before, now.size()).stream()
                          .filter("hub.message"::equals)
                          .count())
                  .isEqualTo(
                      controls.stream()
                          .filter(control -> !control.contains("\"type\":\"SubscribeTo"))
                          .count());
            });
  }

  @Test
  void aQueueThatIsFullIsTriedAgainWithTheSameRequest() {
    String c = queued(Map.of());
    instance.queueWorks = false;
    Exchange full = rig.send(c, "m-1", "hello");
    assertThat(full.getException())
        .hasMessageContaining("BTN-2371")
        .isNotInstanceOf(DeliveryException.class);
    instance.queueWorks = true;
    assertThat(rig.send(c, "m-1", "hello").getException()).isNull();
    assertThat(rig.send(c, "m-1", "hello").getException()).isNull();
    soon().until(() -> !chat(c).heard.isEmpty());
    rig.send(c, "m-2", "and then");
    soon().until(() -> chat(c).heard.contains("and then"));
    assertThat(chat(c).heard).containsExactly("hello", "and then");
  }

  @Test
  void aWrongTokenOpensNothing() {
    start(Map.of("token", "guessed"));
    String c = rig.conversation();
    assertThat(rig.open(c).getException()).hasMessageContaining("401");
    assertThat(instance.chat(CustomRig.id(c))).isNull();
  }

  @Test
  void aMessageThatSomebodyElseSignedIsRefusedAndTheScriptsSaySo() {
    String c = queued(Map.of());
    instance.outboundToken = "guessed";
    chat(c).say("Sam", "not me");
    instance.settle();
    assertThat(instance.undelivered).anyMatch(error -> error.contains("401"));
    instance.outboundToken = "old-key";
    chat(c).say("Sam", "me");
    soon().until(() -> rig.texts(c).contains("me"));
    assertThat(rig.texts(c)).doesNotContain("not me");
  }

  @Test
  void repeatedCallsHaveNoSecondEffect() {
    String c = queued(Map.of());
    String queue =
        instance.sent.stream()
            .filter(body -> body.contains("SubscribeToSupportQueue"))
            .findFirst()
            .orElseThrow();
    chat(c).accept("Sam");
    instance.faults.repeats = 3;
    chat(c).say("Sam", "ok");
    chat(c).say("Sam", "ok");
    instance.settle();
    String again =
        instance.scripts.evaluate(
            "new BatonChat().post('"
                + rig.callbackUrl()
                + "', "
                + CustomChatInstance.quoted(queue)
                + ", 'outbound-token')");
    assertThat(again).contains("\"status\":200");
    soon().until(() -> rig.texts(c).size() >= 2);
    assertThat(rig.texts(c).stream().filter("ok"::equals))
        .as("an agent's second ok is kept")
        .hasSize(2);
    assertThat(rig.events(c)).doesNotContain("hub.agentLeft");
  }

  @Test
  void itemsOfACallThatAreOutOfOrderArePutRightAndLateCallsAreNoticed() {
    String c = queued(Map.of());
    chat(c).accept("Sam");
    instance.settle();
    call(c, item(103, "third"), item(101, "first"), item(102, "second"));
    call(c, item(100, "late"));
    assertThat(rig.texts(c)).containsSubsequence("first", "second", "third", "late");
    assertThat(rig.log())
        .anyMatch(line -> line.contains("BTN-2372") && line.contains("Maintain message ordering"));
  }

  @Test
  void aCallbackOfAnotherContractIsRefused() {
    String c = queued(Map.of());
    String body =
        instance.scripts.evaluate("new BatonChat().batch('baton', '" + CustomRig.id(c) + "', 'x')");
    String other =
        CustomChatInstance.read(body).asText().replace("\"contract\":\"1\"", "\"contract\":\"9\"");
    assertThat(post(other)).contains("\"status\":400");
    instance.sent.clear();
  }

  @Test
  void availabilityIsWhatTheScriptSaysAndUnknownWithoutIt() {
    start(Map.of());
    assertThat(availability()).containsEntry("state", "UNKNOWN");
    instance.table(
        "awa_agent_presence_capacity",
        Map.of("aca_available", "true", "ac_workload", "2", "ac_applied_max_capacity", "2"));
    assertThat(availability())
        .containsEntry("state", "UNAVAILABLE")
        .containsEntry("reason", "NO_AGENT");
    start(Map.of("path", "/api/elsewhere"));
    assertThat(availability()).containsEntry("state", "UNKNOWN");
  }

  @Test
  void theSchemasAreHandedOut() throws Exception {
    start(Map.of());
    for (String name : List.of("request.schema.json", "callback.schema.json")) {
      assertThat(JSON.readTree(get(name).body()).path("$id").asText()).endsWith(name);
    }
    assertThat(get("other.schema.json").statusCode()).isEqualTo(404);
    assertThat(get("other.schema.json").body()).contains("BTN-2373");
  }

  private HttpResponse<String> get(String name) throws Exception {
    URI uri = URI.create(rig.rig.url() + "/hubs/servicenow-custom/" + name);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aHashOfTheBodyAuthenticatesBatonToo() {
    instance.token = null;
    instance.hashSecret = "hash-secret";
    String c = queued(Map.of("token", "", "signature-secret", "hash-secret"));
    assertThat(chat(c).state).isEqualTo(State.QUEUED);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> availability() {
    return rig.rig.call("it", "availability", Map.of(), Map.of()).getMessage().getBody(Map.class);
  }

  private void start(Map<String, String> settings) {
    Map<String, String> keys = new HashMap<>(ServiceNowCustomConformanceTest.settings(instance));
    keys.put("bot-settle", "50ms");
    keys.putAll(settings);
    rig = RIGS.computeIfAbsent(keys, CustomRig::new);
  }

  /** A conversation that waits for an agent. */
  private String queued(Map<String, String> settings) {
    start(settings);
    String c = rig.conversation();
    Exchange opened = rig.open(c);
    assertThat(opened.getException()).isNull();
    soon().until(() -> rig.events(c).contains("hub.queued"));
    instance.settle();
    return c;
  }

  /** A conversation with Virtual Agent, which has asked its first question. */
  private String greeted(Map<String, String> settings) {
    Map<String, String> keys = new HashMap<>(settings);
    keys.put("opening", "virtual-agent");
    start(keys);
    String c = rig.conversation();
    assertThat(rig.open(c).getException()).isNull();
    soon().until(() -> rig.texts(c).contains("How can I help?"));
    return c;
  }

  private void ask(String conversation, String control) {
    chat(conversation).ask(control);
  }

  private Exchange end(String conversation) {
    return rig.call(conversation, "end", Map.of("reason", "CUSTOMER"));
  }

  private CustomChat chat(String conversation) {
    return instance.chat(CustomRig.id(conversation));
  }

  private void call(String conversation, String... items) {
    String body =
        "{\"contract\":\"1\",\"id\":\"b\",\"sentAt\":1,\"agentChat\":true,\"userId\":\"u\",\"clientSessionId\":\""
            + CustomRig.id(conversation)
            + "\",\"body\":["
            + String.join(",", items)
            + "]}";
    assertThat(post(body)).contains("\"status\":200");
  }

  private String post(String body) {
    return instance.scripts.evaluate(
        "new BatonChat().post('"
            + rig.callbackUrl()
            + "', "
            + CustomChatInstance.quoted(body)
            + ", 'outbound-token')");
  }

  private static String item(int sequence, String text) {
    return "{\"uiType\":\"OutputText\",\"messageId\":\"i-"
        + sequence
        + "\",\"sequence\":"
        + sequence
        + ",\"value\":\""
        + text
        + "\"}";
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
  }
}
