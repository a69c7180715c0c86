package dev.baton.endtoend;

import static dev.baton.endtoend.HandoffTest.untilHub;
import static dev.baton.endtoend.RunningBaton.get;
import static dev.baton.endtoend.RunningBaton.raise;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.simulator.http.HubCallbacks;
import dev.baton.simulator.http.HubChat;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Baton stops and starts again on the same store: every conversation goes on where it was. */
class RestartTest {
  private RunningBaton baton;
  private HubCallbacks hub;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    baton = RunningBaton.start(folder, Map.of("baton.timeouts.settle", "0s"));
    hub = baton.acme.callbacks();
  }

  @AfterEach
  void stop() {
    baton.close();
  }

  @Test
  void whileTheCustomerWaits() throws Exception {
    Customer ada = baton.customer();
    ada.say("talk to a human");
    ada.untilSystem("queued");
    ada.say("before the restart");
    HubChat chat = baton.chat(baton.acme, ada, 1);

    baton.stop();
    Future<Integer> accepted = hub.deliver(chat, hub.accepted(chat, "a-1", "Grace"));
    baton.startAgain();

    assertThat(get(accepted.toCompletionStage())).isEqualTo(200);
    ada.untilSystem("agent-joined");
    ada.say("after the restart");
    untilHub(chat, "after the restart");
    raise(hub.raise(chat, hub.ended(chat)));
    ada.untilText("I'm back. I hope");
    ada.say("opening hours");
    ada.untilText("We are open Monday");

    assertThat(chat.texts()).containsExactly("before the restart", "after the restart");
    assertThat(baton.acme.chats()).hasSize(1);
    assertThat(ada.seenSystem()).containsExactly("queued", "agent-joined", "completed");
    assertThat(baton.botConversations(ada)).hasSize(1);
    assertThat(baton.botTold(ada)).containsExactly("accepted", "completed");
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void whileAnAgentHasTheConversationAndAnotherTalksToTheBot() throws Exception {
    Customer ada = baton.customer();
    Customer bob = baton.customer();
    bob.say("count");
    bob.untilText("Five.");
    HubChat chat = baton.withGrace(ada);
    raise(hub.raise(chat, hub.message(chat, "before the restart")));
    ada.say("heard you");

    baton.stop();
    Future<Integer> said = hub.deliver(chat, hub.message(chat, "while it was away"));
    baton.bot.say(baton.botConversations(bob).get(0), "I was talking to nobody");
    baton.startAgain();

    assertThat(get(said.toCompletionStage())).isEqualTo(200);
    ada.untilText("while it was away");
    bob.untilText("I was talking to nobody");
    ada.say("still with you");
    untilHub(chat, "still with you");
    bob.say("opening hours");
    bob.untilText("We are open Monday");

    assertThat(ada.textsBy("agent")).containsExactly("before the restart", "while it was away");
    assertThat(chat.texts()).containsExactly("heard you", "still with you");
    assertThat(baton.botHeard(ada)).containsExactly("talk to a human");
    assertThat(bob.textsBy("bot"))
        .containsSequence(
            "Five.", "I was talking to nobody", "I'm happy to help with opening hours.");
    ada.sawEverythingOnceInOrder();
    bob.sawEverythingOnceInOrder();
  }

  @Test
  void theBotHasForgottenTheConversationWhenTheHumanIsDone() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    raise(hub.raise(chat, hub.message(chat, "Hello Ada")));
    ada.untilText("Hello Ada");

    baton.botForgetsEverything();
    raise(hub.raise(chat, hub.ended(chat)));
    ada.untilSystem("completed");
    ada.say("opening hours");
    ada.untilText("Welcome back! We talked before (" + ada.id() + ")");
    ada.untilText("We are open Monday");

    assertThat(baton.botHeard(ada)).containsExactly("opening hours");
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void nobodyIsToldThatTheHubsAddressIsUnknownMeanwhile() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Set<String>> seen =
        CompletableFuture.supplyAsync(
            () -> {
              Set<String> answers = new TreeSet<>();
              while (!done.get()) {
                answers.add(answerToAnUnsignedEvent());
              }
              return answers;
            });

    baton.stop();
    baton.startAgain();
    done.set(true);

    // 401 is for the missing signature. Any other 4xx would make a hub give its event up.
    assertThat(get(seen))
        .allMatch(answer -> answer.matches("401|5..|not connected"), "can be tried again");
    assertThat(answerToAnUnsignedEvent()).isEqualTo("401");
  }

  private String answerToAnUnsignedEvent() {
    try {
      Http.Answer answer = baton.http.call("POST", baton.url("/hubs/acme/events"), "{}");
      return Integer.toString(answer.status());
    } catch (UncheckedIOException e) {
      return "not connected";
    }
  }
}
