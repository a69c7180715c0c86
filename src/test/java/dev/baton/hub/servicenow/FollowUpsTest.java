package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.hub.servicenow.Instance.Answer;
import dev.baton.hub.servicenow.Session.Phase;
import dev.baton.journal.DeliveryException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What Baton does besides answering: openings in several steps, names, receipts, surveys, restarts.
 */
class FollowUpsTest {
  private static ServiceNowRig usual;
  private ServiceNowRig now;

  @BeforeAll
  static void start() {
    usual = new ServiceNowRig(Map.of());
  }

  @AfterAll
  static void stop() {
    usual.close();
  }

  @BeforeEach
  void healthy() {
    usual.instance.healthy();
    now = usual;
  }

  @AfterEach
  void close() {
    if (now != usual) {
      now.close();
    }
  }

  @Test
  void createOpensInThreeSteps() {
    now = new ServiceNowRig(Map.of("opening", "create"));
    String c = now.opened(Phase.REQUESTED);
    now.callback(
        id(c),
        "{\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"CreateConversation\",\"conversationId\":\"x\",\"interactionId\":\"int-9\"}]}");
    awaitActions(c, "CREATE_CONVERSATION", "START_CREATED_CONVERSATION");
    assertThat(now.session(c).interactionId).isEqualTo("int-9");
    now.callback(id(c), "{\"score\":1,\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Hi!\"}]}");
    now.clock.passes(Duration.ofSeconds(2));
    now.check();
    awaitActions(c, "CREATE_CONVERSATION", "START_CREATED_CONVERSATION", "AGENT");
    now.callback(id(c), "{\"agentChat\":true,\"body\":[]}");
    assertThat(now.session(c).phase).isEqualTo(Phase.QUEUED);
    assertThat(now.texts(c)).isEmpty();
  }

  @Test
  void agentIsAskedForAfterTheGreetingWhichNobodySees() {
    now = new ServiceNowRig(Map.of("opening", "agent", "live-agent-only", "false"));
    String c = now.opened(Phase.REQUESTED);
    now.callback(
        id(c),
        "{\"score\":1,\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Hi!\"},{\"uiType\":\"TopicPickerControl\",\"options\":[]}]}");
    awaitActions(c, "START_CONVERSATION", "AGENT");
    now.callback(
        id(c),
        "{\"agentChat\":true,\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Stand by\"}]}");
    assertThat(now.texts(c)).containsExactly("Stand by");
  }

  @Test
  void agentIsAskedForWhenTheBotsTurnIsOver() {
    now = new ServiceNowRig(Map.of("opening", "agent"));
    String c = now.opened(Phase.REQUESTED);
    now.callback(
        id(c), "{\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"StartTypingIndicator\"}]}");
    now.clock.passes(Duration.ofSeconds(5));
    now.check();
    now.callback(id(c), "{\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Hi!\"}]}");
    now.check();
    awaitActions(c, "START_CONVERSATION");
    now.clock.passes(Duration.ofSeconds(2));
    now.check();
    awaitActions(c, "START_CONVERSATION", "AGENT");
  }

  @Test
  void whatTheCustomerWritesWaitsUntilAgentChatHasTheConversation() {
    now = new ServiceNowRig(Map.of("opening", "agent"));
    String c = now.opened(Phase.REQUESTED);
    now.callback(id(c), "{\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Hi!\"}]}");
    assertThat(now.send(c, "m-1", "hello").getException()).hasMessageContaining("BTN-2350");
    now.clock.passes(Duration.ofSeconds(2));
    now.check();
    awaitActions(c, "START_CONVERSATION", "AGENT");
    now.callback(id(c), "{\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Stand by\"}]}");
    assertThat(now.send(c, "m-1", "hello").getException()).hasMessageContaining("BTN-2350");
    now.callback(id(c), "{\"agentChat\":true,\"body\":[]}");
    assertThat(now.send(c, "m-1", "hello").getException()).isNull();
  }

  @Test
  void theRestOfTheGreetingIsNotTakenForTheAnswerToAgent() {
    now = new ServiceNowRig(Map.of("opening", "agent"));
    String c = now.opened(Phase.REQUESTED);
    String menu = "\"body\":[{\"uiType\":\"TopicPickerControl\",\"options\":[]}]}";
    now.callback(id(c), "{" + menu);
    awaitActions(c, "START_CONVERSATION", "AGENT");
    now.callback(id(c), "{\"requestId\":\"" + id(c) + "-open-1\"," + menu);
    assertThat(now.session(c).phase).isEqualTo(Phase.REQUESTED);
    now.callback(id(c), "{\"requestId\":\"" + id(c) + "-AGENT\"," + menu);
    assertThat(now.session(c).phase).isEqualTo(Phase.ENDED);
  }

  @Test
  void aStepThatFailedIsMadeAgain() {
    now = new ServiceNowRig(Map.of("opening", "agent"));
    String c = now.opened(Phase.REQUESTED);
    now.instance.next(ServiceNowConfig.PATH, Answer.json(500, "{}"));
    now.callback(id(c), "{\"body\":[{\"uiType\":\"TopicPickerControl\",\"options\":[]}]}");
    await().until(() -> now.session(c).nextAt > 0);
    now.clock.passes(Duration.ofSeconds(6));
    now.check();
    awaitActions(c, "START_CONVERSATION", "AGENT", "AGENT");
  }

  @Test
  void theTranscriptCanFollowTheStart() {
    now = new ServiceNowRig(Map.of("history", "later"));
    String c = now.opened(Phase.REQUESTED);
    assertThat(now.instance.requests().get(0).json().has("history")).isFalse();
    now.callback(id(c), "{\"agentChat\":true,\"body\":[]}");
    awaitActions(c, "START_CONVERSATION", "SEND_HISTORY");
    assertThat(now.instance.requests("SEND_HISTORY").get(0).json().path("history")).hasSize(2);
  }

  @Test
  void anAgentWhomNoCallbackNamesIsNamedByTheInteraction() {
    String c = now.opened(Phase.QUEUED);
    now.instance.table("interaction", interaction("int-1", "work_in_progress", "true"));
    now.callback(
        id(c),
        "{\"agentChat\":true,\"interactionId\":\"int-1\",\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"SwitchToLiveAgent\"}]}");
    await().until(() -> now.events(c).contains("hub.accepted"));
    assertThat(now.appended(c).get(1).body().get("agent").toString()).contains("Sam Reed");
  }

  @Test
  void anAgentWhoseNameCannotBeReadJoinsWithoutOne() {
    String c = now.opened(Phase.QUEUED);
    now.instance.answer("/api/now/table/interaction", Answer.json(403, "{}"));
    now.callback(
        id(c),
        "{\"agentChat\":true,\"interactionId\":\"int-1\",\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"SwitchToLiveAgent\"}]}");
    await().until(() -> now.events(c).contains("hub.accepted"));
    assertThat(now.appended(c).get(1).body().get("agent")).isEqualTo(Map.of());
  }

  @Test
  void whatTheAgentSaysIsReceipted() {
    String c = now.opened(Phase.CONNECTED);
    now.instance.next(
        ServiceNowConfig.PATH,
        new Answer(200, "text/plain", "Message Processed Successfully", Map.of()));
    now.callback(
        id(c),
        "{\"body\":[{\"uiType\":\"OutputText\",\"value\":\"hi\",\"messageId\":\"m-1\",\"agentInfo\":{\"sentFromAgent\":true,\"agentName\":\"Sam\"}}]}");
    awaitActions(c, "START_CONVERSATION", "UPDATE_MESSAGES");
    assertThat(now.instance.requests("UPDATE_MESSAGES").get(0).json().path("message").toString())
        .isEqualTo("[{\"id\":\"m-1\",\"status\":\"sent_to_user\"}]");
  }

  @Test
  void typingThatStopsIsTakenBack() {
    String c = now.opened(Phase.CONNECTED);
    now.call(c, "typing", Map.of("on", true));
    now.clock.passes(Duration.ofSeconds(4));
    now.check();
    now.clock.passes(Duration.ofSeconds(2));
    now.check();
    awaitActions(c, "START_CONVERSATION", "TYPING", "VIEWING");
  }

  @Test
  void aSurveyIsAnsweredToServiceNowUntilItIsCompleted() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(
        id(c), "{\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"SwitchToVirtualAgent\"}]}");
    now.callback(
        id(c),
        "{\"body\":[{\"uiType\":\"Picker\",\"label\":\"How was"
            + " it?\",\"options\":[{\"label\":\"Good\",\"value\":\"5\"}]}]}");
    assertThat(now.events(c)).doesNotContain("hub.ended");
    assertThat(now.send(c, "m-1", "good").getException()).isNull();
    assertThat(last().json().path("message").path("text").asText()).isEqualTo("5");
    now.callback(
        id(c), "{\"completed\":true,\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Thanks!\"}]}");
    assertThat(now.texts(c)).containsExactly("How was it?", "Thanks!");
    assertThat(now.events(c)).endsWith("hub.ended");
  }

  @Test
  void whatIsWrittenAfterTheAgentLeftIsForTheBotUnlessASurveyAsks() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(
        id(c), "{\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"SwitchToVirtualAgent\"}]}");
    assertThat(now.send(c, "m-1", "and now?").getException(DeliveryException.class).reason())
        .isEqualTo(DeliveryException.Reason.GONE);
    now.callback(id(c), "{\"body\":[{\"uiType\":\"InputText\",\"label\":\"How was it?\"}]}");
    now.instance.next(ServiceNowConfig.PATH, Answer.json(500, "{}"));
    assertThat(now.send(c, "m-2", "fine").getException(DeliveryException.class)).isNull();
    assertThat(now.send(c, "m-2", "fine").getException()).isNull();
    assertThat(now.send(c, "m-3", "bye").getException(DeliveryException.class)).isNotNull();
  }

  @Test
  void withoutASurveyTheEndIsTheEnd() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(
        id(c), "{\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"SwitchToVirtualAgent\"}]}");
    now.clock.passes(Duration.ofSeconds(6));
    now.check();
    await().until(() -> now.events(c).contains("hub.ended"));
  }

  @Test
  void theBotsMenuAfterTheAgentIsNoSurvey() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(
        id(c), "{\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"SwitchToVirtualAgent\"}]}");
    now.callback(
        id(c),
        "{\"body\":[{\"uiType\":\"TopicPickerControl\",\"promptMsg\":\"What"
            + " else?\",\"options\":[]}]}");
    assertThat(now.events(c)).endsWith("hub.ended");
    assertThat(now.texts(c)).isEmpty();
    await().until(() -> actions(c).contains("END_CONVERSATION"));
  }

  @Test
  void anInteractionThatIsClosedEndsAChatWhoseCallbackWasLost() {
    String c = now.opened(Phase.CONNECTED);
    now.instance.table("interaction", interaction("int-1", "closed_complete", "false"));
    now.callback(id(c), "{\"interactionId\":\"int-1\",\"body\":[]}");
    now.clock.passes(Duration.ofSeconds(31));
    now.check();
    await().until(() -> now.session(c).phase == Phase.CLOSING);
    now.clock.passes(Duration.ofSeconds(6));
    now.check();
    await().until(() -> now.events(c).contains("hub.ended"));
  }

  @Test
  void aWatchWithoutRightsChangesNothing() {
    String c = now.opened(Phase.CONNECTED);
    now.instance.answer("/api/now/table/interaction", Answer.json(403, "{}"));
    now.callback(id(c), "{\"interactionId\":\"int-1\",\"body\":[]}");
    now.clock.passes(Duration.ofSeconds(31));
    long due = now.session(c).watchAt;
    now.check();
    await().until(() -> now.session(c).watchAt > due);
    assertThat(now.session(c).phase).isEqualTo(Phase.CONNECTED);
  }

  @Test
  void aNodeThatStartsAnewGoesOnWithWhatIsDue() {
    String c = now.opened(Phase.REQUESTED);
    Sessions restarted = new Sessions(now.store);
    assertThat(restarted.due("it", now.clock.instant().plusSeconds(60))).isEmpty();
    restarted.refresh("it");
    assertThat(restarted.due("it", now.clock.instant().plusSeconds(60))).contains(id(c));
    assertThat(restarted.due("it", now.clock.instant())).doesNotContain(id(c));
  }

  @Test
  void theSynchronousModesAnswerIsTakenLikeACallback() {
    try (Logged logged = new Logged()) {
      String c = now.conversation();
      now.instance.next(
          ServiceNowConfig.PATH,
          Answer.json(
              200,
              "{\"clientSessionId\":\""
                  + id(c)
                  + "\",\"agentChat\":true,\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Stand"
                  + " by\"}]}"));
      now.rig.journal.handedOff(c, "it", id(c));
      assertThat(now.open(c).getException()).isNull();
      assertThat(now.texts(c)).containsExactly("Stand by");
      assertThat(now.session(c).firstCallbackBy).isZero();
      assertThat(logged.of("BTN-2320")).hasSize(1);
    }
  }

  private static String id(String conversation) {
    return ServiceNowRig.id(conversation);
  }

  private Instance.Call last() {
    List<Instance.Call> calls = now.instance.requests();
    return calls.get(calls.size() - 1);
  }

  private static Map<String, Object> interaction(String id, String state, String active) {
    return Map.of(
        "sys_id", Map.of("value", id, "display_value", id),
        "state", Map.of("value", state, "display_value", "State"),
        "active", Map.of("value", active, "display_value", active),
        "queue", Map.of("value", "q1", "display_value", "IT Chat"),
        "assigned_to", Map.of("value", "user-1", "display_value", "Sam Reed"));
  }

  private void awaitActions(String c, String... actions) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(actions(c)).containsExactly(actions));
  }

  private List<String> actions(String c) {
    return now.instance.requests().stream()
        .filter(call -> call.json().path("clientSessionId").asText().equals(id(c)))
        .map(Instance.Call::action)
        .toList();
  }
}
