package dev.baton.endtoend;

import static dev.baton.endtoend.HandoffTest.untilHub;
import static dev.baton.endtoend.RunningBaton.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.http.HubCallbacks;
import dev.baton.simulator.http.HubChat;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hubs that are closed, away, slow or broken: the customer is never left with nothing. */
class HubTroubleTest {
  private static RunningBaton baton;
  private static HubCallbacks hub;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    baton =
        RunningBaton.start(
            folder,
            Map.of(
                "baton.bots.demo.hubs", "acme,spare",
                "baton.timeouts.settle", "0s",
                "baton.timeouts.hub-unreachable", "2s",
                "baton.lanes.longest-delay", "200ms"));
    hub = baton.acme.callbacks();
  }

  @AfterAll
  static void stop() {
    baton.close();
  }

  @AfterEach
  void healTheHubs() {
    baton.acme.faults().none();
    baton.spare.faults().none();
  }

  @Test
  void aClosedHubIsPassedOver() {
    baton.acme.faults().closed("CLOSED");
    Customer ada = baton.customer();

    ada.say("talk to a human");
    ada.untilSystem("queued");

    baton.chat(baton.spare, ada, 1);
    assertThat(baton.acme.chat(ada.id() + ":1")).isEmpty();
  }

  @Test
  void aHubThatRefusesOnlyWhenAskedToOpenIsPassedOverToo() {
    baton.acme.faults().closed("NO_AGENT").answer("availability", 404, null, 1);
    Customer ada = baton.customer();

    ada.say("talk to a human");
    ada.untilSystem("queued");

    baton.chat(baton.spare, ada, 1);
  }

  @Test
  void whenAllHubsAreClosedTheCustomerIsToldAndStaysWithTheBot() {
    baton.acme.faults().closed("CLOSED").answer("availability", 404, null, 1);
    baton.spare.faults().closed("CLOSED").answer("availability", 404, null, 1);
    Customer ada = baton.customer();

    ada.say("talk to a human");
    ada.untilSystem("closed");
    ada.untilText("I'm back. Sorry, nobody could take over");
    ada.say("opening hours");
    ada.untilText("We are open Monday");

    assertThat(ada.seenSystem()).containsExactly("closed");
    assertThat(baton.botTold(ada)).containsExactly("failed");
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void aHubThatIsDownIsPassedOver() {
    baton.acme.faults().down(true);
    Customer ada = baton.customer();

    ada.say("talk to a human");
    ada.untilSystem("queued");

    baton.chat(baton.spare, ada, 1);
  }

  @Test
  void whenAllHubsAreDownTheBotHearsWhatWasTypedMeanwhile() {
    baton.acme.faults().down(true);
    baton.spare.faults().down(true);
    Customer ada = baton.customer();

    ada.say("talk to a human");
    ada.untilText("I am getting a colleague");
    ada.say("is anybody there?");
    ada.untilSystem("unreachable");
    ada.untilText("I'm back. Sorry, nobody could take over");
    ada.untilText("Reply 1: you said \"is anybody there?\"");

    assertThat(baton.botTold(ada)).containsExactly("failed");
    assertThat(baton.botHeard(ada)).containsExactly("talk to a human", "is anybody there?");
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void messagesWaitForAHubThatFailsForAMomentAndKeepTheirOrder() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    baton.acme.faults().answer("send", 503, null, 2).answer("send", 429, "1", 1);

    ada.say("one");
    ada.say("two");
    ada.say("three");
    untilHub(chat, "three");

    assertThat(chat.texts()).containsExactly("one", "two", "three");
    assertThat(ada.seenSystem()).containsExactly("queued", "agent-joined");
  }

  @Test
  void aChatThatAHubOpenedInVainIsEndedThereAsSoonAsTheHubSpeaksOfIt() {
    baton.acme.faults().loseAnswer("open", 1);
    Customer ada = baton.customer();
    ada.say("talk to a human");
    ada.untilSystem("queued");
    HubChat served = baton.chat(baton.spare, ada, 1);
    HubChat inVain = baton.chat(baton.acme, ada, 1);

    raise(hub.raise(inVain, hub.accepted(inVain, "a-1", "Grace")));
    await().atMost(RunningBaton.LIMIT).until(inVain::ended);
    HubCallbacks spare = baton.spare.callbacks();
    raise(spare.raise(served, spare.accepted(served, "a-2", "Linus")));
    ada.untilSystem("agent-joined");
    ada.say("hello Linus");
    untilHub(served, "hello Linus");

    assertThat(ada.textsBy("system")).noneMatch(text -> text.contains("Grace"));
    assertThat(inVain.texts()).isEmpty();
    assertThat(served.ended()).isFalse();
  }

  @Test
  void aChatWhoseOpeningWasUnheardIsEndedWhenTheCustomerHasLeft() {
    baton.acme.faults().loseAnswer("open", 2);
    baton.spare.faults().down(true);
    Customer ada = baton.customer();
    ada.say("talk to a human");
    HubChat unheard = baton.chat(baton.acme, ada, 1);

    ada.send("endOfConversation");

    await().atMost(RunningBaton.LIMIT).until(unheard::ended);
    assertThat(unheard.ends()).containsExactly("CUSTOMER");
  }

  @Test
  void aLostAnswerDoublesNoMessage() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    baton.acme.faults().loseAnswer("send", 1);

    ada.say("one");
    ada.say("two");
    untilHub(chat, "two");

    assertThat(chat.texts()).containsExactly("one", "two");
    assertThat(chat.repeats()).isEqualTo(1);
  }

  @Test
  void aChatThatIsGoneInTheHubEndsAndTheBotHearsTheMessage() {
    Customer ada = baton.customer();
    baton.withGrace(ada);
    baton.acme.faults().answer("send", 410, null, 1);

    ada.say("still there?");
    ada.untilSystem("completed");
    ada.untilText("Reply 1: you said \"still there?\"");

    assertThat(baton.botTold(ada)).containsExactly("accepted", "completed");
  }

  @Test
  void aHubThatStaysDownFailsTheHandoffAndTheBotHearsTheMessage() {
    Customer ada = baton.customer();
    baton.withGrace(ada);
    baton.acme.faults().down(true);

    ada.say("can you hear me?");
    ada.untilSystem("unreachable");
    ada.untilText("Reply 1: you said \"can you hear me?\"");

    assertThat(baton.botTold(ada)).containsExactly("accepted", "failed");
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void aHubThatRejectsLaterGivesTheCustomerBack() {
    Customer ada = baton.customer();
    ada.say("talk to a human");
    ada.untilSystem("queued");
    HubChat chat = baton.chat(baton.acme, ada, 1);

    raise(hub.raise(chat, hub.event(chat, "rejected").put("reason", "NO_AGENT")));
    ada.untilSystem("no-agent");
    ada.untilText("I'm back. Sorry");

    assertThat(baton.botTold(ada)).containsExactly("failed");
  }

  @Test
  void anErrorOfTheHubThatCannotPassEndsTheHandoff() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);

    raise(hub.raise(chat, hub.event(chat, "error").put("code", "E1").put("retryable", true)));
    raise(hub.raise(chat, hub.event(chat, "error").put("code", "E2").put("retryable", false)));
    ada.untilSystem("unreachable");
    ada.untilText("I'm back. Sorry");
    await().atMost(RunningBaton.LIMIT).until(chat::ended);

    assertThat(baton.botTold(ada)).containsExactly("accepted", "failed");
  }
}
