package dev.baton.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.simulator.servicenow.Instance.Customer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LiveAgentTest {
  private static Instance instance;
  private static InstanceOptions options;
  private static AgentDesk desk;

  @BeforeAll
  static void start() {
    options = InstanceOptions.defaults();
    instance = new Instance(options);
    desk = instance.simulator.desk();
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  @AfterEach
  void reset() {
    options
        .survey(false)
        .waitRefresh(Duration.ofSeconds(60))
        .queueMaxWait(Duration.ofMinutes(30))
        .idle(Duration.ofSeconds(180), Duration.ofSeconds(360));
    instance.reset();
  }

  @Test
  void acceptingEndsTheWaitAndNamesTheAgent() {
    Customer pat = instance.customer().connected();

    List<String> actions =
        pat.last().getJsonArray("body").stream()
            .map(item -> ((JsonObject) item).getString("actionType"))
            .toList();
    assertThat(actions)
        .containsExactly("EndSpinner", "SubscribeToChatPresence", "SwitchToLiveAgent", "System");
    assertThat(pat.sees("has entered the chat").getString("message"))
        .isEqualTo("Sam has entered the chat.");
    JsonObject interaction = pat.interaction().getJsonObject(0);
    assertThat(interaction.getString("state")).isEqualTo("work_in_progress");
    assertThat(interaction.getJsonObject("assigned_to").getString("value"))
        .isEqualTo(instance.simulator.tables().idOf("sys_user", "Sam Reed"));
    assertThat(workload("Sam Reed")).isEqualTo("1");
  }

  @Test
  void linesCarryTheirAgentAndAnIdAndOkMayBeSaidTwice() {
    Customer pat = instance.customer().connected();
    String first = desk.say(pat.session, "ok");
    String second = desk.say(pat.session, "ok");

    Instance.until(
        () -> pat.items().stream().filter(i -> "ok".equals(i.getString("value"))).count() == 2);
    assertThat(first).isNotEqualTo(second);
    JsonObject line = pat.sees("ok");
    assertThat(line.getString("messageId")).isEqualTo(first);
    assertThat(line.getJsonObject("agentInfo").getBoolean("sentFromAgent")).isTrue();
    assertThat(line.getJsonObject("agentInfo").getString("agentName")).isEqualTo("Sam");
    assertThat(pat.last().getBoolean("agentChat")).isTrue();
  }

  @Test
  void typingOfTheAgentIsSeenWhereTheChannelSupportsIt() {
    Customer pat = instance.customer().connected();
    desk.typing(pat.session, true);
    desk.typing(pat.session, false);
    pat.sees("EndTypingIndicator");

    instance.simulator.misconfigure(Misconfiguration.TYPING_UNSUPPORTED);
    Customer kim = instance.customer().connected();
    desk.typing(kim.session, true);
    desk.say(kim.session, "typed");
    kim.sees("typed");
    assertThat(kim.items())
        .noneMatch(i -> "StartTypingIndicator".equals(i.getString("actionType")));
  }

  @Test
  void aTransferToAnAgentKeepsTheSession() {
    Customer pat = instance.customer().connected();
    String interaction = pat.chat().id();
    desk.transferToAgent(pat.session, "Kim Osei");

    pat.sees("Kim has entered the chat");
    pat.sees("Sam is transferring you to Kim.");
    desk.say(pat.session, "Kim here");
    assertThat(pat.sees("Kim here").getJsonObject("agentInfo").getString("agentName"))
        .isEqualTo("Kim");
    assertThat(pat.chat().id()).isEqualTo(interaction);
    assertThat(workload("Sam Reed")).isEqualTo("0");
    assertThat(workload("Kim Osei")).isEqualTo("1");
  }

  @Test
  void aTransferToAQueueWaitsAgain() {
    Customer pat = instance.customer().connected();
    desk.transferToQueue(pat.session, "IT Chat");

    assertThat(pat.chat().state()).isEqualTo(VaChat.State.QUEUED);
    Instance.until(
        () ->
            pat.items().stream()
                    .filter(i -> "StartSpinner".equals(i.getString("actionType")))
                    .count()
                == 2);
    desk.accept(pat.session, "Kim Osei");
    pat.sees("Kim has entered the chat");
  }

  @Test
  void theAgentsEndIsSystemTextSwitchBackAndCompleted() {
    Customer pat = instance.customer().connected();
    desk.end(pat.session);

    pat.seesEnvelope("completed");
    assertThat(pat.last().containsKey("agentChat")).isFalse();
    pat.sees("Sam has closed the support session.");
    pat.sees("SwitchToVirtualAgent");
    JsonObject interaction = pat.interaction().getJsonObject(0);
    assertThat(interaction.getString("active")).isEqualTo("false");
    assertThat(interaction.getString("state_reason")).isEqualTo("Agent Ended");
    assertThat(workload("Sam Reed")).isEqualTo("0");
  }

  @Test
  void aSurveyMayFollowTheEndBeforeItIsCompleted() {
    options.survey(true);
    Customer pat = instance.customer().connected();
    desk.end(pat.session);

    pat.sees("How was this chat?");
    assertThat(pat.envelopes()).noneMatch(envelope -> envelope.containsKey("completed"));
    pat.say("5");
    pat.seesEnvelope("completed");
  }

  @Test
  void waitsAreToldAgainAndInTheCustomersLanguage() {
    options.waitRefresh(Duration.ofMillis(5));
    for (Map.Entry<String, String> language :
        Map.of("de", "2 Minuten", "es", "2 minutos", "fr", "2 minutes", "ja", "2 分").entrySet()) {
      Customer pat = instance.customer();
      pat.variables.put("requester_session_language", language.getKey());
      pat.asks();
      assertThat(pat.sees("StartSpinner").getString("waitTime")).isEqualTo(language.getValue());
      Instance.until(
          () ->
              pat.items().stream()
                      .filter(i -> "StartSpinner".equals(i.getString("actionType")))
                      .count()
                  > 1);
    }
  }

  @Test
  void everyTextCanBeReworded() {
    instance.simulator.texts().reword("closed-by-agent", "Tschüss, sagt {0}");
    instance.simulator.texts().reword("waiting", "Bitte Geduld");
    Customer pat = instance.customer().connected();
    desk.end(pat.session);

    pat.sees("Bitte Geduld");
    pat.sees("Tschüss, sagt Sam");
  }

  @Test
  void noAnswerIsRemindedOfAndThenClosed() {
    options.idle(Duration.ofMillis(20), Duration.ofMillis(40));
    Customer pat = instance.customer().connected();

    pat.sees("Are you still there?");
    pat.seesEnvelope("completed");
    pat.sees("closed because there was no answer");
    assertThat(pat.interaction().getJsonObject(0).getString("state_reason"))
        .isEqualTo("No User Response");
    assertThat(workload("Sam Reed")).isEqualTo("0");
  }

  @Test
  void theQueueGivesUpAfterItsLongestWait() {
    options.queueMaxWait(Duration.ofMillis(20));
    Customer pat = instance.customer().asks();

    pat.seesEnvelope("completed");
    pat.sees("All agents are busy");
    assertThat(pat.interaction().getJsonObject(0).getString("state")).isEqualTo("closed_abandoned");
  }

  @Test
  void nobodyAvailableIsATextWithoutAgentChat() {
    instance.simulator.misconfigure(Misconfiguration.NOBODY_AVAILABLE);
    Customer pat = instance.customer();
    pat.variables.put("live_agent_only", "true");
    pat.act("START_CONVERSATION");

    pat.sees("There are no agents available");
    assertThat(pat.last().containsKey("agentChat")).isFalse();
    assertThat(pat.last().containsKey("completed")).isFalse();
    assertThat(pat.chat().state()).isEqualTo(VaChat.State.BOT);
  }

  @Test
  void withoutQueueRuleOrGroupTheInteractionIsClosedAtOnceAndNobodyIsTold() {
    for (Misconfiguration wrong :
        List.of(
            Misconfiguration.QUEUE_MISSING,
            Misconfiguration.QUEUE_INACTIVE,
            Misconfiguration.POOL_WITHOUT_GROUP,
            Misconfiguration.ASSIGNMENT_RULE_MISSING)) {
      instance.reset();
      instance.simulator.misconfigure(wrong);
      Customer pat = instance.customer();
      pat.variables.put("live_agent_only", "true");
      pat.act("START_CONVERSATION");
      pat.sees("Please stand by");
      JsonObject interaction = pat.interaction().getJsonObject(0);
      assertThat(interaction.getString("active")).isEqualTo("false");
      assertThat(interaction.getString("queue")).isEmpty();
      assertThat(pat.envelopes()).hasSize(1);
    }
  }

  @Test
  void theQueueIsChosenByContext() {
    Customer pat = instance.customer();
    pat.variables.put("LiveAgent_domain", "IT_DOMAIN");
    pat.asks();
    Customer kim = instance.customer().asks();

    assertThat(queueOf(pat)).isEqualTo("IT Chat");
    assertThat(queueOf(kim)).isEqualTo("Service Desk Chat");
  }

  @Test
  void anAgentTakesNoMoreThanHisCapacityNorHisOwnChatNorOneOfAnotherGroup() {
    desk.capacity("Sam Reed", 1);
    instance.customer().connected();
    Customer second = instance.customer().asks();
    assertRefused(second, "Sam Reed", "no capacity left");
    assertRefused(second, "Robin Vale", "not available");

    Customer own = instance.customer();
    own.email = "kim.osei@example.org";
    own.asks();
    assertRefused(own, "Kim Osei", "cannot take his own chat");
    instance.simulator.misconfigure(Misconfiguration.AGENTS_WITHOUT_ROLE);
    assertRefused(second, "Kim Osei", "role awa_agent");
  }

  @Test
  void anAgentWhoGoesOfflineIsNotAvailable() {
    desk.available("Sam Reed", false);
    desk.available("Kim Osei", false);
    assertThat(instance.caller.rows("awa_agent_presence_capacity", "aca_available=true")).isEmpty();
    desk.available("Kim Osei", true);
    assertThat(instance.caller.rows("awa_agent_presence_capacity", "aca_available=true"))
        .hasSize(1);
  }

  @Test
  void autopilotSupervisorAndTranslationDoNotEndTheChat() {
    Customer pat = instance.customer().connected();
    desk.autopilot(pat.session, true);
    desk.autopilot(pat.session, false);
    desk.system(pat.session, "Robin is now watching this chat.");
    desk.subHeader(pat.session, "Translation is not available right now.");
    desk.say(pat.session, "still here");

    pat.sees("still here");
    assertThat(pat.sees("Which floor?").getString("uiType")).isEqualTo("Picker");
    assertThat(pat.chat().state()).isEqualTo(VaChat.State.CONNECTED);
    assertThat(pat.last().getBoolean("agentChat")).isTrue();
  }

  @Test
  void aGeneratedAnswerComesInPiecesAndThenAsAWhole() {
    Customer pat = instance.customer().connected();
    instance.simulator.faults().arm(FaultKind.STREAM_DISORDER);
    desk.stream(pat.session, Duration.ofMillis(1), "Spam is", "unwanted", "mail");

    pat.sees("Spam is unwanted mail");
    List<JsonObject> pieces =
        pat.items().stream().filter(item -> item.containsKey("streamId")).toList();
    assertThat(pieces)
        .extracting(item -> item.getInteger("streamSequence"))
        .containsExactly(1, 3, 2, null);
    assertThat(pieces.get(3).getJsonArray("citations")).isNotEmpty();
    assertThat(pat.last().getString("streamState")).isEqualTo("END");
    JsonObject start =
        pat.envelopes().stream()
            .filter(envelope -> "START".equals(envelope.getString("streamState")))
            .findFirst()
            .orElseThrow();
    assertThat(start.containsKey("interactionId")).isFalse();
  }

  @Test
  void asecondHandoffOfTheSameUserEndsTheFirst() {
    Customer pat = instance.customer().connected();
    String first = pat.chat().id();
    JsonObject second = pat.request("START_CONVERSATION").put("clientSessionId", "another");
    pat.send(second);

    Instance.until(() -> !instance.receiver.of("another").isEmpty());
    assertThat(desk.chat(first).state()).isEqualTo(VaChat.State.ENDED);
  }

  @Test
  void anOldApplicationTellsNeitherInteractionNorMessageNorAgentId() {
    instance.simulator.misconfigure(Misconfiguration.APPLICATION_OLD);
    Customer pat = instance.customer().connected();
    desk.say(pat.session, "old");

    assertThat(pat.sees("old").containsKey("messageId")).isFalse();
    assertThat(pat.sees("old").getJsonObject("agentInfo").containsKey("agentId")).isFalse();
    assertThat(pat.last().containsKey("interactionId")).isFalse();
  }

  @Test
  void anAgentWhoAcceptsByHimselfRepeatsWhatIsWrittenUntilBye() {
    try (Instance echo = new Instance(InstanceOptions.defaults().accepts(Duration.ofMillis(1)))) {
      Customer pat = echo.customer().asks();
      pat.sees("SwitchToLiveAgent");
      pat.say("hello there");
      pat.sees("You wrote: hello there");
      pat.say("bye");
      pat.seesEnvelope("completed");
    }
  }

  private static void assertRefused(Customer customer, String agent, String why) {
    assertThatThrownBy(() -> desk.accept(customer.session, agent))
        .isInstanceOf(SimulatorException.class)
        .hasMessageContaining(why);
  }

  private static String workload(String agent) {
    return instance
        .simulator
        .tables()
        .first("awa_agent_capacity", "user.name=" + agent)
        .orElseThrow()
        .get("workload");
  }

  private static String queueOf(Customer customer) {
    return instance
        .caller
        .rows("interaction", "sys_id=" + customer.chat().id(), "sysparm_fields=queue.name")
        .getJsonObject(0)
        .getString("queue.name");
  }
}
