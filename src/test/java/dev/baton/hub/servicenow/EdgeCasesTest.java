package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.conversation.Handoff;
import dev.baton.hub.HubRig;
import dev.baton.hub.servicenow.Instance.Answer;
import dev.baton.hub.servicenow.Session.Phase;
import dev.baton.journal.DeliveryException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.util.TimeUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong between Baton and ServiceNow, one case each. */
class EdgeCasesTest {
  private static ServiceNowRig now;
  private Logged logged;

  @BeforeAll
  static void start() {
    now = new ServiceNowRig(Map.of("token", "static-token", "agent-look-up", "false"));
  }

  @AfterAll
  static void stop() {
    now.close();
  }

  @BeforeEach
  void listen() {
    now.instance.healthy();
    now.instance.table("interaction");
    logged = new Logged();
  }

  @AfterEach
  void close() {
    logged.close();
  }

  @Test
  void noAgentIsAvailable() {
    String c = now.opened(Phase.REQUESTED);
    now.callback(
        id(c),
        "{\"body\":[{\"uiType\":\"OutputText\",\"value\":\"There is nobody here right now.\"}]}");
    assertThat(now.events(c)).isEmpty();
    passes("11s");
    awaitEvents(c, "hub.message", "hub.rejected");
    assertThat(now.texts(c)).containsExactly("There is nobody here right now.");
    assertThat(last(c).body()).containsEntry("reason", "NO_AGENT");
  }

  @Test
  void routingIsMisconfigured() {
    String c = now.opened(Phase.QUEUED);
    now.instance.table("interaction", interaction(c, "closed_abandoned", "false", ""));
    set(c, s -> s.interactionId = "int-" + c);
    passes("31s");
    awaitEvents(c, "hub.queued", "hub.error");
    assertThat(last(c).body()).containsEntry("code", "BTN-2302").containsEntry("retryable", false);
    assertThat(logged.of("BTN-2302")).hasSize(1);
  }

  @Test
  void theQueuesLongestWaitHasPassed() {
    String c = now.opened(Phase.QUEUED);
    now.callback(
        id(c),
        "{\"agentChat\":true,\"completed\":true,\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Everyone"
            + " is busy.\"}]}");
    assertThat(now.events(c)).endsWith("hub.message", "hub.rejected");
  }

  @Test
  void messageAuthDoesNotFit() {
    String c = now.opened(Phase.REQUESTED);
    passes("31s");
    awaitEvents(c, "hub.error");
    assertThat(last(c).body()).containsEntry("code", "BTN-2305");
    assertThat(cause(c)).contains("Message Auth").doesNotContain("static-token");
  }

  @Test
  void theCallbackUrlIsWrongOrBlocked() {
    String c = now.opened(Phase.REQUESTED);
    now.instance.table(
        "sys_cs_conversation", Map.of("sys_id", "cs-" + c, "session.device_id", id(c)));
    now.instance.table("interaction", interaction(c, "new", "true", "queue-1"));
    passes("31s");
    awaitEvents(c, "hub.error");
    assertThat(cause(c)).contains("VA Bot to Bot").contains("/hubs/it/events");
    // The chat does exist there: it is ended when the core asks for that.
    assertThat(now.call(c, "end", Map.of("reason", "BOT")).getException()).isNull();
    assertThat(now.instance.requests("END_CONVERSATION")).hasSize(1);
  }

  @Test
  void aSecondMessageDuringTheBotsTurnWaitsInOrder() {
    String c = now.opened(Phase.REQUESTED);
    DeliveryException waits = now.send(c, "m-1", "too early").getException(DeliveryException.class);
    assertThat(waits).hasMessageContaining("BTN-2350");
    assertThat(waits.isPermanent()).isFalse();
    assertThat(waits.retryAfter()).isPositive();
    now.callback(id(c), "{\"agentChat\":true,\"body\":[]}");
    assertThat(now.send(c, "m-1", "too early").getException()).isNull();
    assertThat(now.send(c, "m-2", "second").getException()).isNull();
  }

  @Test
  void aMessageIsNotHeldBackForeverByAMissingCallback() {
    String c = now.opened(Phase.REQUESTED);
    now.clock.passes(Duration.ofSeconds(31));
    assertThat(now.send(c, "m-1", "hello?").getException()).isNull();
  }

  @Test
  void aCallbackThatComesBeforeTheAnswerToTheOpeningCounts() {
    String c = now.conversation();
    now.instance.before =
        call -> {
          if (call.action().equals("START_CONVERSATION")) {
            now.callback(id(c), "{\"agentChat\":true,\"body\":[]}");
          }
        };
    assertThat(now.open(c).getException()).isNull();
    assertThat(now.session(c).phase).isEqualTo(Phase.QUEUED);
    assertThat(now.session(c).firstCallbackBy).isZero();
  }

  @Test
  void aCallbackForAnUnknownSessionIsAcknowledgedAndKept() {
    int before = now.store.unclaimed.size();
    assertThat(now.callback("nobodys", body("{'uiType':'OutputText','value':'hi'}")))
        .isEqualTo(204);
    assertThat(now.store.unclaimed).hasSize(before + 1);
    assertThat(logged.of("BTN-2341")).hasSize(1);
  }

  @Test
  void ofSeveralItemsOnlyTheLastIsText() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(
        id(c),
        body(
            "{'uiType':'ActionMsg','actionType':'EndSpinner'},{'uiType':'ActionMsg','actionType':'Separator'},"
                + agentSays("at last", "m1")));
    assertThat(now.texts(c)).containsExactly("at last");
  }

  @Test
  void theBodyHasTypingAndText() {
    String c = now.opened(Phase.CONNECTED);
    int shown = now.rig.signalled.size();
    now.callback(
        id(c),
        body(
            "{'uiType':'ActionMsg','actionType':'StartTypingIndicator'},"
                + agentSays("typed", "m1")));
    assertThat(now.rig.signalled).hasSize(shown + 1);
    assertThat(now.texts(c)).containsExactly("typed");
  }

  @Test
  void aPickerWhoseOptionsAreDisabledCanBeUsed() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(
        id(c),
        body(
            "{'uiType':'Picker','label':'Which?','options':[{'label':'One','value':'1','enabled':false}]}"));
    assertThat(last(c).body().get("suggestedActions").toString()).contains("One");
  }

  @Test
  void numbersAreTextsAndValuesAreObjects() {
    String c = now.opened(Phase.QUEUED);
    now.callback(
        id(c),
        "{\"agentChat\":\"true\",\"score\":\"0.92\",\"completed\":\"false\",\"body\":{\"uiType\":\"OutputLink\","
            + "\"label\":\"Guide\",\"value\":{\"action\":\"https://example.org/guide\",\"target\":\"_blank\"}}}");
    assertThat(now.texts(c)).containsExactly("[Guide](https://example.org/guide)");
  }

  @Test
  void theChatIsTransferredToAnotherAgent() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(
        id(c),
        body(
            "{'uiType':'ActionMsg','actionType':'System','message':'A supervisor has"
                + " joined.'},{'uiType':'OutputText','value':'I take"
                + " over','messageId':'m7','agentInfo':{'sentFromAgent':true,'agentId':'a2','agentName':'Alex'}}"));
    assertThat(now.session(c).phase).isEqualTo(Phase.CONNECTED);
    assertThat(now.events(c)).endsWith("hub.message", "hub.accepted", "hub.message");
    assertThat(last(c).body().get("agent").toString()).contains("Alex");
  }

  @Test
  void theChatIsTransferredToAQueue() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(
        id(c),
        body(
            "{'uiType':'ActionMsg','actionType':'StartSpinner','spinnerType':'wait_time','message':'Please"
                + " wait','waitTime':'2 Minutes'}"));
    assertThat(now.events(c)).endsWith("hub.agentLeft", "hub.queued");
    assertThat(last(c).body()).containsEntry("text", "Please wait (2 Minutes)");
    now.callback(
        id(c),
        body(
            "{'uiType':'ActionMsg','actionType':'SwitchToLiveAgentActionMsg','agentInfo':{'agentName':'Alex'}}"));
    assertThat(now.events(c)).endsWith("hub.accepted");
  }

  @Test
  void autopilotShowsControlsWhileAnAgentIsAssigned() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(
        id(c),
        body(
            "{'uiType':'ActionMsg','actionType':'ChatSubHeader','message':'Autopilot started'},"
                + "{'uiType':'Boolean','label':'Restarted?','options':[{'label':'Yes'},{'label':'No'}]}"));
    assertThat(now.session(c).phase).isEqualTo(Phase.CONNECTED);
    assertThat(now.texts(c)).containsExactly("Autopilot started", "Restarted?");
  }

  @Test
  void dynamicTranslationFails() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(
        id(c),
        body(
            "{'uiType':'ActionMsg','actionType':'ChatSubHeaderActionMsg','message':'Translation"
                + " failed'}"));
    assertThat(now.texts(c)).containsExactly("Translation failed");
  }

  @Test
  void theLanguageIsReadAtTheStartOnly() {
    String c = now.opened(Phase.CONNECTED);
    now.send(c, "m-1", "now in French");
    assertThat(
            now.instance
                .requests()
                .get(0)
                .json()
                .path("contextVariables")
                .path("language")
                .asText())
        .isEqualTo("de");
    assertThat(now.instance.requests("").get(0).json().has("contextVariables")).isFalse();
  }

  @Test
  void endForASessionThatIsClosedAlreadySucceeds() {
    String c = now.opened(Phase.CONNECTED);
    now.instance.next(ServiceNowConfig.PATH, Answer.json(400, "{\"status\":\"failure\"}"));
    assertThat(now.call(c, "end", Map.of("reason", "CUSTOMER")).getException()).isNull();
    assertThat(now.call(c, "end", Map.of("reason", "CUSTOMER")).getException()).isNull();
    assertThat(now.instance.requests("END_CONVERSATION")).hasSize(1);
  }

  @Test
  void theRelayIsLimited() {
    String c = now.opened(Phase.CONNECTED);
    now.instance.next(ServiceNowConfig.PATH, Answer.json(429, "{}").with("Retry-After", "3"));
    DeliveryException limited = now.send(c, "m-1", "one").getException(DeliveryException.class);
    assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    assertThat(now.send(c, "m-1", "one").getException()).isNull();
    List<Instance.Call> sent = now.instance.requests("");
    assertThat(sent.get(0).json().path("requestId"))
        .isEqualTo(sent.get(1).json().path("requestId"));
  }

  @Test
  void theDeveloperInstanceIsAsleep() {
    now.instance.next(
        ServiceNowConfig.PATH,
        new Answer(200, "text/html;charset=UTF-8", "<html>zzz</html>", Map.of()));
    Exchange asleep = now.open(now.conversation());
    assertThat(asleep.getException())
        .hasMessageContaining("BTN-2342")
        .hasMessageContaining("asleep");
    now.instance.next(
        ServiceNowConfig.PATH,
        new Answer(302, "text/plain", "", Map.of()).with("Location", "https://developer.example/"));
    assertThat(now.open(now.conversation()).getException()).hasMessageContaining("BTN-2342");
  }

  @Test
  void oneUserAsksForTwoHandoffsAtTheSameTime() {
    String first = now.opened(Phase.QUEUED);
    String second = now.conversation();
    Map<String, Object> open = now.handoff(second);
    open.put("customer", Map.of("id", "u-" + first));
    assertThat(answer(now.open(second, open)))
        .containsEntry("state", "UNAVAILABLE")
        .containsEntry("reason", "REFUSED");
    assertThat(logged.of("BTN-2351")).hasSize(1);
  }

  @Test
  void whatIsLeftOfAnEarlierHandoffOfTheUserIsEndedFirst() {
    String first = now.opened(Phase.QUEUED);
    now.rig.journal.put(first, "it", id(first), Handoff.Phase.COMPLETED);
    String second = now.conversation();
    Map<String, Object> open = now.handoff(second);
    open.put("customer", Map.of("id", "u-" + first));
    assertThat(answer(now.open(second, open))).containsKey("conversationId");
    assertThat(now.instance.requests().stream().map(Instance.Call::action))
        .endsWith("END_CONVERSATION", "START_CONVERSATION");
  }

  @Test
  void serviceNowTakesControlAfterTwoMisunderstandings() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(id(c), "{\"takeControl\":true,\"score\":0,\"body\":[]}");
    assertThat(now.events(c)).endsWith("hub.ended");
    assertThat(logged.of("BTN-2314")).hasSize(1);
    assertThat(now.send(c, "m-1", "hello").getException(DeliveryException.class).reason())
        .isEqualTo(DeliveryException.Reason.GONE);
  }

  @Test
  void theBotAnswersInsteadOfAgentChat() {
    String c = now.opened(Phase.REQUESTED);
    now.callback(
        id(c),
        "{\"score\":0,\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Sorry?\"},{\"uiType\":\"TopicPickerControl\","
            + "\"promptMsg\":\"Pick\",\"options\":[{\"label\":\"VPN\",\"value\":\"x\"}]}]}");
    assertThat(now.events(c)).containsExactly("hub.rejected");
    assertThat(last(c).body()).containsEntry("reason", "REFUSED");
    assertThat(logged.of("BTN-2312")).hasSize(1);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> now.instance.requests("END_CONVERSATION").size() == 1);
  }

  @Test
  void anEarlierHandoffsCallbackIsDropped() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(
        id(c),
        "{\"clientVariables\":{\""
            + Callback.GENERATION
            + "\":7},\"body\":[{\"uiType\":\"OutputText\",\"value\":\"old\"}]}");
    assertThat(now.texts(c)).isEmpty();
    assertThat(logged.of("BTN-2347")).hasSize(1);
  }

  @Test
  void anAgentsOkTwiceIsTwoMessages() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(id(c), body(agentSays("ok", "m1")));
    now.callback(id(c), body(agentSays("ok", "m2")));
    now.callback(id(c), body(agentSays("ok", null)));
    now.clock.passes(Duration.ofSeconds(4));
    now.callback(id(c), body(agentSays("ok", null)));
    assertThat(now.texts(c)).containsExactly("ok", "ok", "ok", "ok");
  }

  @Test
  void whatTheCustomerWroteIsNotEchoed() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(id(c), "{\"message\":{\"text\":\"my own words\",\"typed\":true},\"body\":[]}");
    assertThat(now.texts(c)).isEmpty();
  }

  @Test
  void tokensInLinksAreNotLogged() {
    String c = now.opened(Phase.CONNECTED);
    String link = "https://now.example/va_link.do?token=s3cr3t-t0ken&target_url=https%3A%2F%2Fx";
    now.callback(
        id(c),
        body(
            "{'uiType':'OutputText','value':'see "
                + link
                + "'},{'uiType':'Unheard','label':'"
                + link
                + "'}"));
    assertThat(now.texts(c)).hasSize(2).allMatch(text -> text.toString().contains(link));
    assertThat(logged.all()).noneMatch(line -> line.contains("s3cr3t"));
  }

  private String cause(String c) {
    return logged.of("BTN-2305").stream()
        .filter(line -> line.contains(id(c)))
        .findFirst()
        .orElseThrow();
  }

  private static String id(String conversation) {
    return ServiceNowRig.id(conversation);
  }

  private static String body(String items) {
    return "{\"agentChat\":true,\"body\":[" + items.replace('\'', '"') + "]}";
  }

  private static String agentSays(String text, String messageId) {
    return "{'uiType':'OutputText','value':'"
        + text
        + "',"
        + (messageId == null ? "" : "'messageId':'" + messageId + "',")
        + "'agentInfo':{'sentFromAgent':true,'agentId':'a1','agentName':'Sam'}}";
  }

  private static Map<String, String> interaction(
      String c, String state, String active, String queue) {
    return Map.of(
        "sys_id",
        "int-" + c,
        "channel_metadata_document",
        "cs-" + c,
        "state",
        state,
        "state_reason",
        "",
        "active",
        active,
        "assigned_to",
        "",
        "queue",
        queue);
  }

  private static void set(String c, Consumer<Session> change) {
    Session session = now.session(c);
    change.accept(session);
    now.store.save(session);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> answer(Exchange exchange) {
    return exchange.getMessage().getBody(Map.class);
  }

  private static void passes(String time) {
    now.clock.passes(Duration.ofMillis(TimeUtils.toMilliSeconds(time)));
    now.check();
  }

  private static void awaitEvents(String c, String... events) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(now.events(c)).containsExactly(events));
  }

  private static HubRig.Append last(String c) {
    List<HubRig.Append> all = now.appended(c);
    return all.get(all.size() - 1);
  }
}
