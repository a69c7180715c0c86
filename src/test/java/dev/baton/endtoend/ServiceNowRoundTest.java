package dev.baton.endtoend;

import static dev.baton.endtoend.RunningBaton.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.servicenow.AgentDesk;
import dev.baton.simulator.servicenow.Fault;
import dev.baton.simulator.servicenow.FaultKind;
import dev.baton.simulator.servicenow.InstanceOptions;
import dev.baton.simulator.servicenow.Misconfiguration;
import dev.baton.simulator.servicenow.ServiceNowSimulator;
import dev.baton.simulator.servicenow.VaChat;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the bot to an agent in a simulated ServiceNow instance, and back. */
class ServiceNowRoundTest {
  private static final InstanceOptions OPTIONS =
      InstanceOptions.defaults().processing(Duration.ofMillis(5));
  private static ServiceNowSimulator instance;
  private static AgentDesk agents;
  private static RunningBaton baton;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    instance = ServiceNowSimulator.startAndWait(OPTIONS);
    agents = instance.desk();
    Map<String, String> settings = new HashMap<>(instance.settings("it"));
    settings.put("baton.bots.demo.hubs", "it,desk");
    settings.put("baton.bots.demo.hubs.it.when", ".domain == \"IT_DOMAIN\"");
    settings.put("baton.hubs.it.first-callback", "300ms");
    settings.put("baton.hubs.it.handover", "300ms");
    settings.put("baton.hubs.it.survey-wait", "200ms");
    settings.put("baton.hubs.it.watch", "200ms");
    settings.put("baton.hubs.it.check-interval", "50ms");
    settings.put("baton.timeouts.settle", "0s");
    settings.put("baton.handoff.cancel-words", "cancel");
    baton = RunningBaton.start(folder, settings);
    aim();
  }

  private static void aim() {
    instance.callbackTo(baton.url("/hubs/it/events"));
  }

  @AfterAll
  static void stop() {
    baton.close();
    instance.close();
  }

  @AfterEach
  void repair() {
    OPTIONS.survey(false);
    instance.reset();
    aim();
  }

  @Test
  void theAgentGetsContextAndHistoryAndTheCustomerTheAgentsWords() {
    Customer ada = baton.customer();
    ada.say("my vpn drops");
    ada.untilText("Reply 1");
    VaChat chat = withSam(ada);

    assertThat(chat.contextVariables().getString("domain")).isEqualTo("IT_DOMAIN");
    assertThat(chat.history().encode()).contains("my vpn drops").contains("talk to IT");
    assertThat(instance.tables().get("awa_queue", chat.queueId()).orElseThrow().get("name"))
        .isEqualTo("IT Chat");
    String line = agents.say(ada.userId(), "Since when?");
    ada.untilText("Since when?");
    ada.say("since Monday");
    await().atMost(LIMIT).until(() -> chat.userTexts().contains("since Monday"));
    await().atMost(LIMIT).until(() -> "sent_to_user".equals(chat.receipts().get(line)));

    agents.end(ada.userId());
    ada.untilText("I'm back. I hope my colleague could help you");
    assertThat(baton.botTold(ada)).contains("completed");
    ada.say("opening hours");
    ada.untilText("We are open Monday");
  }

  @Test
  void aTransferKeepsTheConversation() {
    Customer ada = baton.customer();
    VaChat chat = withSam(ada);
    agents.transferToAgent(ada.userId(), "Kim Osei");
    agents.say(ada.userId(), "Kim here");

    ada.untilText("Kim here");
    ada.say("hello Kim");
    await().atMost(LIMIT).until(() -> chat.userTexts().contains("hello Kim"));
    agents.transferToQueue(ada.userId(), "IT Chat");
    agents.accept(ada.userId(), "Sam Reed");
    agents.say(ada.userId(), "Sam again");
    ada.untilText("Sam again");
    end(ada);
  }

  @Test
  void repeatedCallbacksAreShownOnceAndAnOkSaidTwiceIsShownTwice() {
    Customer ada = baton.customer();
    withSam(ada);
    instance.faults().arm(FaultKind.CALLBACK_TWICE);
    agents.say(ada.userId(), "only once");
    agents.say(ada.userId(), "ok");
    agents.say(ada.userId(), "ok");
    agents.say(ada.userId(), "done");

    ada.untilText("done");
    assertThat(ada.texts().stream().filter("only once"::equals)).hasSize(1);
    assertThat(ada.texts().stream().filter("ok"::equals)).hasSize(2);
    end(ada);
  }

  @Test
  void oddFormsOfCallbacksAreUnderstood() {
    Customer ada = baton.customer();
    ada.say("talk to IT");
    await().atMost(LIMIT).until(() -> state(ada) == VaChat.State.QUEUED);
    for (FaultKind kind :
        List.of(
            FaultKind.OTHER_SPELLING, FaultKind.TEXTS_AS_VALUES, FaultKind.CALLBACK_OCTET_STREAM)) {
      instance.faults().arm(kind);
    }
    agents.accept(ada.userId(), "Sam Reed");
    ada.untilSystem("agent-joined");
    instance.faults().arm(FaultKind.CALLBACK_BARE_ITEM);
    agents.say(ada.userId(), "one item, no list");
    ada.untilText("one item, no list");
    instance.faults().arm(FaultKind.TYPING_BESIDE_TEXT);
    agents.say(ada.userId(), "typing stood beside it");
    ada.untilText("typing stood beside it");
    end(ada);
  }

  @Test
  void aCallbackThatOvertakesTheAnswerIsNotLost() {
    instance.faults().arm(Fault.once(FaultKind.CALLBACK_FIRST).delay(Duration.ofMillis(200)));
    Customer ada = baton.customer();
    withSam(ada);
    end(ada);
  }

  @Test
  void aSurveyIsRelayedBeforeTheBotIsBack() {
    OPTIONS.survey(true);
    Customer ada = baton.customer();
    withSam(ada);
    agents.end(ada.userId());

    ada.untilText("How was this chat?");
    ada.say("5");
    ada.untilText("I'm back");
    assertThat(state(ada)).isEqualTo(VaChat.State.ENDED);
  }

  @Test
  void withoutAgentsTheNextHubTakesOver() {
    instance.misconfigure(Misconfiguration.NOBODY_AVAILABLE);
    theDeskTakesOver();
  }

  @Test
  void withBrokenRoutingTheCustomerIsToldAndBackWithTheBot() {
    instance.misconfigure(Misconfiguration.POOL_MISSING);
    theBotIsBack();
  }

  @Test
  void ofASilentInstanceTheCustomerIsToldAndBackWithTheBot() {
    instance.misconfigure(Misconfiguration.TOKEN_DIFFERS);
    theBotIsBack();
  }

  @Test
  void whereTheApplicationIsMissingTheNextHubTakesOver() {
    instance.misconfigure(Misconfiguration.APPLICATION_MISSING);
    theDeskTakesOver();
  }

  @Test
  void aCustomerWhoCancelsLeavesTheQueueInServiceNowToo() {
    Customer ada = baton.customer();
    ada.say("talk to IT");
    await().atMost(LIMIT).until(() -> state(ada) == VaChat.State.QUEUED);
    ada.untilSystem("queued");
    String interaction = agents.chat(ada.userId()).id();
    ada.say("cancel");

    await().atMost(LIMIT).until(() -> state(ada) == VaChat.State.ENDED);
    assertThat(instance.tables().get("interaction", interaction).orElseThrow())
        .containsEntry("state", "closed_abandoned")
        .containsEntry("state_reason", "Left Before Engagement");
    ada.untilText("I'm back");
  }

  @Test
  void anAgentsPickerIsAnsweredWithItsValue() {
    Customer ada = baton.customer();
    VaChat chat = withSam(ada);
    agents.control(ada.userId(), "Picker");
    ada.untilText("Which floor?");
    ada.say("First floor");

    await().atMost(LIMIT).until(() -> chat.userTexts().contains("1"));
    end(ada);
  }

  private static void theDeskTakesOver() {
    Customer ada = baton.customer();
    ada.say("talk to IT");
    await()
        .atMost(LIMIT)
        .until(
            () ->
                baton
                    .http
                    .call("GET", baton.url("/desk/api/conversations?state=waiting"), null)
                    .body()
                    .contains(ada.id()));
  }

  private static void theBotIsBack() {
    Customer ada = baton.customer();
    ada.say("talk to IT");
    ada.untilText("We are sorry: because of a technical problem");
    ada.untilText("I'm back. Sorry, nobody could take over");
  }

  /** The customer asks for IT, Sam accepts. */
  private static VaChat withSam(Customer customer) {
    customer.say("talk to IT");
    await().atMost(LIMIT).until(() -> state(customer) == VaChat.State.QUEUED);
    agents.accept(customer.userId(), "Sam Reed");
    customer.untilSystem("agent-joined");
    return agents.chat(customer.userId());
  }

  private static VaChat.State state(Customer customer) {
    return agents.chats().stream()
        .filter(chat -> chat.userId().equals(customer.userId()))
        .reduce((first, last) -> last)
        .map(VaChat::state)
        .orElse(null);
  }

  private static void end(Customer customer) {
    agents.end(customer.userId());
    customer.untilText("I'm back");
    assertThat(new JsonObject(last(customer)).getBoolean("completed")).isTrue();
  }

  private static String last(Customer customer) {
    return instance.callbacks().stream()
        .filter(callback -> callback.text().contains(customer.userId()))
        .reduce((first, last) -> last)
        .orElseThrow()
        .text();
  }
}
