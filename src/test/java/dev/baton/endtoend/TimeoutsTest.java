package dev.baton.endtoend;

import static dev.baton.endtoend.RunningBaton.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.http.HubCallbacks;
import dev.baton.simulator.http.HubChat;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every time-out ends in a defined state with a text. */
class TimeoutsTest {
  private static RunningBaton baton;
  private static HubCallbacks hub;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    baton =
        RunningBaton.start(
            folder,
            CopilotOptions.defaults().pace(0.5),
            Map.of(
                "baton.timeouts.settle", "0s",
                "baton.timeouts.assignment", "1s",
                "baton.timeouts.agent-idle", "1s",
                "baton.timeouts.customer-idle", "2s",
                "baton.timeouts.bot-silent", "500ms",
                "baton.timeouts.conversation-idle", "5s"));
    hub = baton.acme.callbacks();
  }

  @AfterAll
  static void stop() {
    baton.close();
  }

  @Test
  void nobodyAcceptsInTime() {
    Customer ada = baton.customer();

    ada.say("talk to a human");
    ada.untilSystem("assignment-timeout");
    ada.untilText("I'm back. Sorry");
    HubChat chat = baton.chat(baton.acme, ada, 1);
    await().atMost(RunningBaton.LIMIT).until(chat::ended);
    ada.say("opening hours");
    ada.untilText("We are open Monday");

    assertThat(chat.ends()).containsExactly("TIMEOUT");
    assertThat(baton.botTold(ada)).containsExactly("failed");
    // An agent who accepts all the same is too late, and harms nothing.
    raise(hub.raise(chat, hub.accepted(chat, "a-1", "Grace")));
    assertThat(ada.seenSystem()).containsExactly("queued", "assignment-timeout");
  }

  @Test
  void theAgentNeverAnswers() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);

    ada.say("hello?");
    ada.untilSystem("agent-idle");
    ada.untilText("I'm back. I hope");
    await().atMost(RunningBaton.LIMIT).until(chat::ended);

    assertThat(chat.ends()).containsExactly("TIMEOUT");
    assertThat(chat.texts()).containsExactly("hello?");
    assertThat(baton.botTold(ada)).containsExactly("accepted", "completed");
  }

  @Test
  void theCustomerNeverAnswers() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);

    raise(hub.raise(chat, hub.message(chat, "Are you there?")));
    ada.untilSystem("customer-idle");
    ada.untilText("I'm back. I hope");
    await().atMost(RunningBaton.LIMIT).until(chat::ended);

    assertThat(chat.ends()).containsExactly("TIMEOUT");
  }

  @Test
  void aSlowBotIsExcusedOnce() {
    Customer ada = baton.customer();

    ada.say("slow");
    ada.untilSystem("bot-silent");
    ada.untilText("That took me a few seconds");

    assertThat(ada.seenSystem()).containsExactly("bot-silent");
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void aRestingConversationEndsAndOpensAgainWithTheNextMessage() {
    Customer ada = baton.customer();

    ada.untilSystem("conversation-idle");
    ada.until("end", a -> a.path("type").asText().equals("endOfConversation"));
    ada.say("opening hours");
    ada.untilText("Welcome back!");
    ada.untilText("We are open Monday");

    ada.sawEverythingOnceInOrder();
  }
}
