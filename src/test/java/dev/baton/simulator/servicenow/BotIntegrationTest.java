package dev.baton.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.servicenow.Instance.Customer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BotIntegrationTest {
  private static Instance instance;

  @BeforeAll
  static void start() {
    instance = new Instance(InstanceOptions.defaults());
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  @AfterEach
  void reset() {
    instance.reset();
  }

  @Test
  void aRequestIsAccepted200FirstAndAnsweredByCallback() {
    Customer pat = instance.customer();

    HttpResponse<String> answer = pat.act("START_CONVERSATION");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"success\"}");
    pat.sees("TopicPickerControl");
    JsonObject envelope = pat.last();
    assertThat(envelope.getString("userId")).isEqualTo(pat.user);
    assertThat(envelope.getString("requestId")).startsWith("r-");
    assertThat(envelope.getJsonObject("clientVariables").getInteger("generation")).isEqualTo(1);
    assertThat(envelope.getJsonObject("message").getString("text")).isEmpty();
    assertThat(envelope.getString("interactionId")).isEqualTo(pat.chat().id());
    assertThat(envelope.containsKey("agentChat")).isFalse();
    Receiver.Received received = instance.receiver.received().get(0);
    assertThat(received.headers().get("authorization"))
        .isEqualTo(Caller.basic("servicenow", "simulated-callback-password"));
  }

  @Test
  void aLiveAgentIsAskedForAndWaitedForBeforeAnyAccepts() {
    Customer pat = instance.customer().asks();

    assertThat(pat.envelopes().get(0).getBoolean("agentChat")).isTrue();
    assertThat(pat.items().get(0).getString("value")).startsWith("Please stand by");
    assertThat(pat.sees("StartSpinner").getString("waitTime")).isEqualTo("2 Minutes");
    assertThat(pat.chat().state()).isEqualTo(VaChat.State.QUEUED);
    JsonObject interaction = pat.interaction().getJsonObject(0);
    assertThat(interaction.getString("state")).isEqualTo("on_hold");
    assertThat(interaction.getJsonObject("queue").getString("value")).isNotEmpty();
    assertThat(instance.caller.rows("awa_work_item", "document_id=" + pat.chat().id())).hasSize(1);
  }

  @Test
  void aMismatchOfTheTokenIs200AndSilence() {
    Customer pat = instance.customer();
    pat.token = "wrong";
    Customer kim = instance.customer();

    assertThat(pat.act("START_CONVERSATION").body()).isEqualTo("{\"status\":\"success\"}");

    kim.asks();
    assertThat(pat.envelopes()).isEmpty();
    assertThat(instance.caller.rows("syslog", "source=sn_va_as_service").encode())
        .contains("message authentication failed");
  }

  @Test
  void theTokenMayStandInTheBodyButTheHeaderWins() {
    Customer pat = instance.customer();
    pat.token = null;
    pat.send(pat.request("START_CONVERSATION").put("token", "simulated-token"));
    pat.sees("TopicPickerControl");

    Customer kim = instance.customer();
    kim.token = "wrong";
    kim.send(kim.request("START_CONVERSATION").put("token", "simulated-token"));
    instance.customer().asks();
    assertThat(kim.envelopes()).isEmpty();
  }

  @Test
  void withoutTransportAuthenticationItIs401() {
    HttpResponse<String> answer =
        instance
            .caller
            .authorization(null)
            .send("POST", BotIntegrationApi.PATH, instance.customer().request("AGENT"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("X-MFA_TOKEN")).isEmpty();
    instance.simulator.faults().arm(FaultKind.MFA_REQUIRED);
    assertThat(instance.customer().act("AGENT").headers().firstValue("X-MFA_TOKEN"))
        .hasValue("invalid");
  }

  @Test
  void whatIsNoJsonObjectIs400() {
    HttpResponse<String> answer =
        instance.caller.send(
            instance
                .caller
                .request(BotIntegrationApi.PATH)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[]")));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("failure");
  }

  @Test
  void aRepeatedRequestIdIsIgnored() {
    Customer pat = instance.customer().connected();
    JsonObject request = pat.request(null);
    request.getJsonObject("message").put("text", "once");
    pat.send(request);
    pat.send(request);
    pat.say("after");

    Instance.until(() -> pat.chat().userTexts().contains("after"));
    assertThat(pat.chat().userTexts()).containsExactly("once", "after");
  }

  @Test
  void aSecondRequestDuringTheBotsTurnIsIgnored() {
    try (Instance slow = new Instance(InstanceOptions.defaults())) {
      Customer pat = slow.customer();
      slow.options.processing(Duration.ofMillis(100));
      pat.act("START_CONVERSATION");
      pat.say("too early");
      pat.sees("TopicPickerControl");
      pat.say("hi");
      Instance.until(() -> pat.chat().userTexts().contains("hi"));
      assertThat(pat.chat().userTexts()).containsExactly("hi");
    }
  }

  @Test
  void agentOfSomebodyWithoutAConversationOnlyOpensOne() {
    Customer pat = instance.customer();
    pat.act("AGENT");
    pat.sees("TopicPickerControl");
    assertThat(pat.chat().state()).isEqualTo(VaChat.State.BOT);

    pat.act("AGENT");
    pat.sees("StartSpinner");
    assertThat(pat.chat().state()).isEqualTo(VaChat.State.QUEUED);
  }

  @Test
  void agentThatCannotBeHonouredIsAnsweredWithTheTopicPickerAndScoreNought() {
    instance.simulator.misconfigure(Misconfiguration.LIVE_AGENT_EXCLUDED);
    Customer pat = instance.customer();
    pat.variables.put("live_agent_only", "true");
    pat.act("START_CONVERSATION");

    pat.sees("TopicPickerControl");
    assertThat(pat.last().getInteger("score")).isZero();
    assertThat(pat.last().containsKey("agentChat")).isFalse();
  }

  @Test
  void aConversationIsCreatedFirstToLearnItsInteractionAndStartedThen() {
    Customer pat = instance.customer();
    pat.act("CREATE_CONVERSATION");
    JsonObject created = pat.sees("CreateConversation");
    assertThat(created.getString("interactionId")).isEqualTo(pat.chat().id());
    assertThat(created.getString("conversationId")).isEqualTo(pat.chat().conversationId());

    pat.act("START_CREATED_CONVERSATION");
    pat.sees("TopicPickerControl");
    assertThat(pat.chat().id()).isEqualTo(created.getString("interactionId"));
  }

  @Test
  void theWordAgentIsAskedBackWithDisabledOptionsWhichWorkAllTheSame() {
    Customer pat = instance.customer();
    pat.act("START_CONVERSATION");
    pat.sees("TopicPickerControl");
    pat.say("agent");
    JsonObject option = pat.sees("I want to be sure");
    assertThat(option.getJsonArray("options").getJsonObject(0).getBoolean("enabled")).isFalse();
    pat.say("Live Agent Support.");
    pat.sees("StartSpinner");
  }

  @Test
  void aTopicIsPickedByItsValue() {
    Customer pat = instance.customer();
    pat.act("START_CONVERSATION");
    pat.sees("TopicPickerControl");
    JsonObject pick = pat.request(null);
    pick.getJsonObject("message")
        .put("text", "ce2ee85053130010cf8cddeeff7b12bf")
        .put("typed", false);
    pat.send(pick);
    pat.sees("StartSpinner");
  }

  @Test
  void switchJumpsToATopicAndClosesTheConversationWhenItCannot() {
    Customer pat = instance.customer();
    pat.act("START_CONVERSATION");
    pat.sees("TopicPickerControl");
    pat.send(pat.request("SWITCH").put("topic", new JsonObject().put("name", "Reset my password")));
    pat.sees("Boolean");
    JsonObject both =
        pat.request("SWITCH")
            .put("topic", new JsonObject().put("name", "Reset my password"))
            .put("intent", new JsonObject().put("id", "x"));
    pat.send(both);
    pat.sees("cannot start that topic");
    assertThat(pat.chat().state()).isEqualTo(VaChat.State.ENDED);
  }

  @Test
  void twoMisunderstandingsMakeTheBotGiveUpWithTakeControl() {
    Customer pat = instance.customer();
    pat.act("START_CONVERSATION");
    pat.sees("TopicPickerControl");
    pat.say("gibberish");
    pat.sees("didn't get that");
    assertThat(pat.last().getInteger("score")).isZero();
    pat.say("more gibberish");
    pat.seesEnvelope("takeControl");
    assertThat(pat.chat().state()).isEqualTo(VaChat.State.ENDED);
    assertThat(pat.interaction().getJsonObject(0).getString("active")).isEqualTo("false");
  }

  @Test
  void endingWithTheBotIsToldByTextAloneAndEndingAgainIsSilent() {
    Customer pat = instance.customer();
    pat.act("START_CONVERSATION");
    pat.sees("TopicPickerControl");
    pat.act("END_CONVERSATION");
    pat.sees("The conversation has ended");
    assertThat(pat.last().containsKey("completed")).isFalse();
    int before = pat.envelopes().size();
    assertThat(pat.act("END_CONVERSATION").statusCode()).isEqualTo(200);
    instance.customer().asks();
    assertThat(pat.envelopes()).hasSize(before);
  }

  @Test
  void endingWithAnAgentIsCompleted() {
    Customer pat = instance.customer().connected();
    pat.act("END_CONVERSATION");
    pat.seesEnvelope("completed");
    JsonObject interaction = pat.interaction().getJsonObject(0);
    assertThat(interaction.getString("state")).isEqualTo("closed_complete");
    assertThat(interaction.getString("state_reason")).isEqualTo("User Ended");
  }

  @Test
  void leavingTheQueueIsAbandoned() {
    Customer pat = instance.customer().asks();
    pat.act("END_CONVERSATION");
    pat.seesEnvelope("completed");
    JsonObject interaction = pat.interaction().getJsonObject(0);
    assertThat(interaction.getString("state")).isEqualTo("closed_abandoned");
    assertThat(interaction.getString("state_reason")).isEqualTo("Left Before Engagement");
  }

  @Test
  void typingIsSeenUntilViewing() {
    Customer pat = instance.customer().connected();
    pat.act("TYPING");
    Instance.until(() -> pat.chat().userTyping());
    pat.act("VIEWING");
    Instance.until(() -> !pat.chat().userTyping());
    assertThat(pat.chat().typings()).isEqualTo(1);
  }

  @Test
  void receiptsAreAnsweredWithPlainTextAndKeptByMessageId() {
    Customer pat = instance.customer().connected();
    String id = instance.simulator.desk().say(pat.session, "Hello Pat");
    JsonObject update =
        pat.request("UPDATE_MESSAGES")
            .put(
                "message",
                new JsonArray().add(new JsonObject().put("id", id).put("status", "sent_to_user")));

    HttpResponse<String> answer = pat.send(update);

    assertThat(answer.body()).isEqualTo("Message Processed Successfully");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain");
    assertThat(pat.chat().receipts()).containsEntry(id, "sent_to_user");
  }

  @Test
  void withoutThirdPartyChatReceiptsAreDroppedAndTheSessionIsNotOnTheInteraction() {
    instance.simulator.misconfigure(Misconfiguration.THIRD_PARTY_CHAT_OFF);
    Customer pat = instance.customer().connected();
    String id = instance.simulator.desk().say(pat.session, "Hello Pat");
    pat.send(
        pat.request("UPDATE_MESSAGES")
            .put("message", new JsonArray().add(new JsonObject().put("id", id))));

    assertThat(pat.chat().receipts()).isEmpty();
    assertThat(pat.interaction().getJsonObject(0).getString("client_session_id")).isEmpty();
  }

  @Test
  void faultingEndsWithAnEmptyBodyAndTakeControl() {
    Customer pat = instance.customer().connected();
    pat.send(pat.request("FAULT_CONVERSATION").put("cause", "EXTERNAL_FAILURE"));
    pat.seesEnvelope("takeControl");
    assertThat(pat.last().getJsonArray("body")).isEmpty();
    assertThat(pat.interaction().getJsonObject(0).getString("state")).isEqualTo("faulted");
  }

  @Test
  void historyIsReadOnTheFirstRequestOnlyUnlessItIsSentByItself() {
    JsonArray one = history("my vpn drops");
    Customer pat = instance.customer();
    pat.variables.put("live_agent_only", "true");
    pat.send(pat.request("START_CONVERSATION").put("history", one));
    pat.sees("StartSpinner");
    JsonObject later = pat.request(null).put("history", history("later"));
    later.getJsonObject("message").put("text", "hello?");
    pat.send(later);
    Instance.until(() -> pat.chat().userTexts().contains("hello?"));
    assertThat(pat.chat().history()).isEqualTo(one);
    pat.send(pat.request("SEND_HISTORY").put("history", history("extra")));
    Instance.until(() -> pat.chat().history().size() == 2);
  }

  private static JsonArray history(String text) {
    return new JsonArray()
        .add(
            new JsonObject()
                .put("displayName", "User")
                .put("isBotMessage", false)
                .put("type", "text")
                .put("value", text)
                .put("timestamp", "1789999900000"));
  }

  @Test
  void aSilentMessageMutesEverythingUntilOneThatIsNot() {
    Customer pat = instance.customer().connected();
    JsonObject silent = pat.request(null).put("silentMessage", "true");
    silent.getJsonObject("message").put("text", "quiet please");
    pat.send(silent);
    Instance.until(() -> pat.chat().userTexts().contains("quiet please"));
    int before = pat.envelopes().size();
    instance.simulator.desk().say(pat.session, "lost");
    pat.send(
        pat.request(null)
            .put("silentMessage", false)
            .put("message", new JsonObject().put("text", "speak").put("typed", true)));
    Instance.until(() -> pat.chat().userTexts().contains("speak"));
    instance.simulator.desk().say(pat.session, "heard");
    pat.sees("heard");
    assertThat(pat.envelopes()).hasSize(before + 1);
  }

  @Test
  void anEmailAddressLinksTheCustomerToAUserAndADoubtfulOneDoesNot() {
    Customer pat = instance.customer();
    pat.email = "pat.doe@example.org";
    pat.asks();
    assertThat(pat.interaction().getJsonObject(0).getJsonObject("opened_for").getString("value"))
        .isEqualTo(instance.simulator.tables().idOf("sys_user", "Pat Doe"));

    instance.reset();
    instance.simulator.misconfigure(Misconfiguration.EMAIL_TWICE);
    Customer again = instance.customer();
    again.email = "pat.doe@example.org";
    again.asks();
    assertThat(again.interaction().getJsonObject(0).getString("opened_for")).isEmpty();
  }

  @Test
  void theInteractionIsFoundByTheSession() {
    Customer pat = instance.customer().asks();
    String conversation =
        instance
            .caller
            .rows("sys_cs_conversation", "session.device_id=" + pat.session)
            .getJsonObject(0)
            .getString("sys_id");

    assertThat(instance.caller.rows("interaction", "channel_metadata_document=" + conversation))
        .hasSize(1);
  }

  @Test
  void theTimeZoneIsKeptForTheUser() {
    Customer pat = instance.customer();
    pat.email = "pat.doe@example.org";
    pat.connected();
    pat.send(pat.request("SET_USER_TIMEZONE").put("timezone", "Europe/Berlin"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                instance
                    .simulator
                    .tables()
                    .find("sys_user", "user_name=pat.doe^time_zone=Europe/Berlin")
                    .size(),
            size -> size == 1);
  }

  @Test
  void everyRichControlComesOnDemand() {
    Customer pat = instance.customer();
    pat.act("START_CONVERSATION");
    pat.sees("TopicPickerControl");
    pat.say("show all");
    pat.sees("HologramControl");
    List<String> types = pat.items().stream().map(item -> item.getString("uiType")).toList();

    assertThat(types)
        .contains(
            "OutputText",
            "InputText",
            "FileUpload",
            "TopicPickerControl",
            "Picker",
            "Boolean",
            "Date",
            "Time",
            "DateTime",
            "OutputLink",
            "GroupedPartsOutputControl",
            "OutputImage",
            "OutputHtml",
            "OutputCard",
            "OutputTable",
            "MultiPartOutput",
            "CustomControl",
            "ActionMsg");
  }

  @Test
  void theBotsGeneratedAnswersComeInPieces() {
    Customer pat = instance.customer();
    pat.act("START_CONVERSATION");
    pat.sees("TopicPickerControl");
    pat.say("what is spam?");
    pat.sees("Looking into it. Spam is unsolicited mail sent in bulk.");
    assertThat(pat.last().getString("streamState")).isEqualTo("END");
    assertThat(pat.items().stream().map(item -> item.getString("uiType")))
        .containsSubsequence("StreamStart", "StreamChunk", "StreamChunk", "StreamChunk");
  }

  @Test
  void whatTheWorkerCannotUseIsToldToItsLogAlone() {
    // One customer each: during a turn a second request of the same one is ignored.
    Customer pat = instance.customer();
    Customer kim = instance.customer();
    Customer lee = instance.customer();
    assertThat(pat.send(pat.request("START_CONVERSATION").put("message", 5)).statusCode())
        .isEqualTo(200);
    assertThat(kim.send(kim.request(null).put("message", new JsonArray())).statusCode())
        .isEqualTo(200);
    assertThat(lee.send(lee.request(null).put("userId", "")).statusCode()).isEqualTo(200);
    Instance.until(() -> instance.caller.rows("syslog", "messageLIKEmissing").size() == 2);
  }

  @Test
  void aFurtherProviderApplicationHasACallbackOfItsOwn() {
    try (Receiver other = new Receiver()) {
      instance.simulator.application("custom_1", other.url());
      Customer pat = instance.customer();
      pat.send(pat.request("START_CONVERSATION").put("appInboundId", "custom_1"));
      Instance.until(() -> !other.of(pat.session).isEmpty());
      assertThat(pat.envelopes()).isEmpty();
    }
  }
}
