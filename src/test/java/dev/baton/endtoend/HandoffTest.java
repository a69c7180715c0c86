package dev.baton.endtoend;

import static dev.baton.endtoend.RunningBaton.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.simulator.copilot.Fault;
import dev.baton.simulator.copilot.FaultKind;
import dev.baton.simulator.http.HubCallbacks;
import dev.baton.simulator.http.HubChat;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the bot to an agent behind an http hub, and back. */
class HandoffTest {
  private static RunningBaton baton;
  private static HubCallbacks hub;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    baton =
        RunningBaton.start(
            folder,
            Map.of("baton.timeouts.settle", "0s", "baton.handoff.cancel-words", "cancel,stop it"));
    hub = baton.acme.callbacks();
  }

  @AfterAll
  static void stop() {
    baton.close();
  }

  @AfterEach
  void healTheHubs() {
    baton.acme.faults().none();
    baton.acme.beforeOpenAnswer(chat -> io.vertx.core.Future.succeededFuture());
    baton.bot.faults().clear();
  }

  @Test
  void theHubGetsTheWholeContextAndTranscriptAndTheBotComesBack() {
    Customer ada = baton.customer();
    ada.say("i am gold");
    ada.untilText("I have noted");
    ada.say("I want to return order A-1009");
    ada.untilText("A colleague can start");
    HubChat chat = baton.withGrace(ada);

    JsonObject handoff = chat.handoff();
    assertThat(handoff.getString("handoffId")).isEqualTo(ada.id() + ":1");
    assertThat(handoff.getString("callbackUrl")).isEqualTo(baton.url("/hubs/acme/events"));
    assertThat(handoff.getJsonObject("customer").getString("id")).isEqualTo(ada.userId());
    assertThat(handoff.getJsonObject("routing").getString("skill")).isEqualTo("returns");
    assertThat(handoff.getString("summary")).isEqualTo("Return items, order A-1009");
    JsonObject context = handoff.getJsonObject("context");
    String botConversation = baton.botConversations(ada).get(0);
    assertThat(context.fieldNames())
        .containsExactlyInAnyOrder(
            "va_Scope",
            "va_LastTopic",
            "va_Topics",
            "va_LastPhrase",
            "va_Phrases",
            "va_ConversationId",
            "va_AgentMessage",
            "va_BotId",
            "va_BotName",
            "va_Language",
            "domain",
            "OrderNumber",
            "CustomerTier",
            "skill");
    assertThat(context.fieldNames())
        .extracting(name -> tuple(name, context.getJsonObject(name).getValue("value")))
        .contains(
            tuple("va_Scope", "bot"),
            tuple("va_LastTopic", "Return items"),
            tuple("va_Topics", "Remember, Return items"),
            tuple("va_LastPhrase", "talk to a human"),
            tuple("va_Phrases", "i am gold, I want to return order A-1009, talk to a human"),
            tuple("va_ConversationId", botConversation),
            tuple("va_AgentMessage", "Return items, order A-1009"),
            tuple("va_BotName", "Contoso Demo"),
            tuple("va_Language", "en-US"),
            tuple("domain", "retail"),
            tuple("OrderNumber", "A-1009"),
            tuple("CustomerTier", "gold"),
            tuple("skill", "returns"));
    JsonArray transcript = handoff.getJsonArray("transcript");
    assertThat(transcript.stream().map(JsonObject.class::cast))
        .extracting(line -> line.getString("role"), line -> line.getString("text"))
        .containsExactly(
            tuple("bot", "Hello, I am **Contoso Demo**, a simulated Copilot Studio bot."),
            tuple(
                "bot",
                "I can tell opening hours, look after an order, or get you a human colleague.\n"
                    + "[Opening hours | I want to return order A-1009 | Talk to a human]"),
            tuple("user", "i am gold"),
            tuple("bot", "I have noted that you are a gold customer."),
            tuple("user", "I want to return order A-1009"),
            tuple("bot", "Sorry to hear that it does not fit."),
            tuple("bot", "Order: A-1009."),
            tuple(
                "bot",
                "A colleague can start the refund with you.\n[Change my order | Talk to a human]"),
            tuple("user", "talk to a human"),
            tuple("bot", "I am getting a colleague. One moment, please."));
    assertThat(transcript.stream().map(line -> ((JsonObject) line).getString("at")))
        .doesNotContainNull()
        .isSorted();
    assertThat(transcript.stream().map(line -> ((JsonObject) line).getString("id")))
        .doesNotContainNull()
        .doesNotHaveDuplicates();

    raise(hub.raise(chat, hub.message(chat, "Hello Ada, Grace here")));
    ada.untilText("Hello Ada, Grace here");
    ada.say("nice to meet you");
    untilHub(chat, "nice to meet you");
    raise(hub.raise(chat, hub.ended(chat)));
    ada.untilSystem("completed");
    ada.untilText("I'm back. I hope my colleague could help you.");
    ada.say("one more for the bot");
    ada.untilText("Reply 1: you said \"one more for the bot\"");

    assertThat(chat.texts()).containsExactly("nice to meet you");
    assertThat(baton.botHeard(ada)).doesNotContain("nice to meet you");
    assertThat(baton.botTold(ada)).containsExactly("accepted", "completed");
    assertThat(baton.botConversations(ada)).hasSize(1);
    assertThat(ada.seenSystem()).containsExactly("queued", "agent-joined", "completed");
    assertThat(ada.textsBy("agent")).containsExactly("Hello Ada, Grace here");
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void theAgentIsAnAuthorOfTheirOwnInTheCanvas() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    JsonObject message = hub.message(chat, "**bold**");
    message.getJsonObject("message").put("format", "markdown");

    raise(hub.raise(chat, message));
    JsonNode seen = ada.untilText("**bold**");

    assertThat(seen.path("from").path("name").asText()).isEqualTo("Grace");
    assertThat(seen.path("from").path("id").asText()).isEqualTo("agent-a-1");
    assertThat(seen.path("textFormat").asText()).isEqualTo("markdown");
  }

  @Test
  void whatIsTypedWhileTheHubOpensArrivesAfterTheOpeningInOrder() {
    Promise<Void> hold = Promise.promise();
    baton.acme.beforeOpenAnswer(chat -> hold.future());
    Customer ada = baton.customer();
    List<String> lines = IntStream.rangeClosed(1, 8).mapToObj(i -> "waiting " + i).toList();

    ada.say("talk to a human");
    ada.untilText("I am getting a colleague");
    HubChat chat = baton.chat(baton.acme, ada, 1);
    lines.forEach(ada::say);
    assertThat(chat.texts()).isEmpty();
    hold.complete();
    untilHub(chat, "waiting 8");

    assertThat(chat.texts()).isEqualTo(lines);
    assertThat(baton.botHeard(ada)).containsExactly("talk to a human");
    ada.untilSystem("queued");
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void anAcceptThatOvertakesTheAnswerOfOpenIsKept() {
    Promise<Void> hold = Promise.promise();
    baton.acme.beforeOpenAnswer(chat -> hold.future());
    Customer ada = baton.customer();
    ada.say("talk to a human");
    HubChat chat = baton.chat(baton.acme, ada, 1);

    raise(hub.raise(chat, hub.accepted(chat, "a-1", "Grace")));
    raise(hub.raise(chat, hub.message(chat, "I was quick")));
    hold.complete();
    ada.untilText("I was quick");
    ada.say("so you were");
    untilHub(chat, "so you were");

    assertThat(ada.seenSystem().stream().filter("agent-joined"::equals)).hasSize(1);
    assertThat(ada.textsBy("agent")).containsExactly("I was quick");
  }

  @Test
  void typingIsShownBothWaysAndNeverKept() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    ada.bySocket();

    // Nobody keeps a signal, so one that comes before the socket is served is lost.
    await()
        .atMost(RunningBaton.LIMIT)
        .until(
            () -> {
              raise(hub.raise(chat, hub.event(chat, "typing").put("agent", agent("a-1", "Grace"))));
              return !ada.signals().isEmpty();
            });
    // A canvas ends the signal with the next message of the same sender.
    raise(hub.raise(chat, hub.message(chat, "typed")));
    assertThat(ada.signals().get(0).path("from").path("id"))
        .isEqualTo(ada.untilText("typed").path("from").path("id"));
    ada.send("typing");
    await().atMost(RunningBaton.LIMIT).until(() -> chat.typing() > 0);

    assertThat(ada.call("GET", "/activities?watermark=", null).json().findValuesAsText("type"))
        .doesNotContain("typing");
  }

  @Test
  void receiptsAndUnknownEventsAreTakenAndShownToNobody() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    ada.say("read this");
    untilHub(chat, "read this");
    int before = ada.look().size();
    String id = chat.messages().get(0).getString("id");

    raise(hub.raise(chat, hub.event(chat, "delivered").put("upTo", id)));
    raise(hub.raise(chat, hub.event(chat, "read").put("upTo", id)));
    raise(hub.raise(chat, hub.event(chat, "confetti").put("colour", "red")));
    raise(hub.raise(chat, hub.message(chat, "read it")));
    ada.untilText("read it");

    assertThat(ada.look()).hasSize(before + 1);
  }

  @Test
  void aTransferIsTwoJoinsAndOneAcceptedStatus() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);

    raise(hub.raise(chat, hub.event(chat, "transferring").put("to", "second level")));
    raise(hub.raise(chat, hub.event(chat, "agentLeft").put("agent", agent("a-1", "Grace"))));
    ada.untilSystem("agent-left");
    ada.say("anybody there?");
    raise(hub.raise(chat, hub.accepted(chat, "a-2", "Linus")));
    ada.untilSystem("agent-joined", 2);
    untilHub(chat, "anybody there?");
    raise(hub.raise(chat, hub.ended(chat)));
    ada.untilText("I'm back. I hope");

    assertThat(ada.textsBy("system"))
        .contains("Grace has joined the chat.", "Linus has joined the chat.");
    assertThat(ada.seenSystem())
        .containsExactly(
            "queued", "agent-joined", "transferring", "agent-left", "agent-joined", "completed");
    assertThat(baton.botTold(ada)).containsExactly("accepted", "completed");
  }

  @Test
  void repeatedCallbacksAreAcknowledgedAndShownOnce() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    JsonObject message = hub.message(chat, "once only");
    JsonObject ended = hub.ended(chat);

    for (int i = 0; i < 3; i++) {
      raise(hub.raise(chat, message));
    }
    for (int i = 0; i < 2; i++) {
      raise(hub.raise(chat, ended));
    }
    ada.untilText("I'm back. I hope");

    assertThat(ada.textsBy("agent")).containsExactly("once only");
    assertThat(ada.seenSystem().stream().filter("completed"::equals)).hasSize(1);
    assertThat(baton.botTold(ada)).containsExactly("accepted", "completed");
  }

  @Test
  void aCustomerWhoLeavesEndsTheChatInTheHubAndMayComeBack() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);

    ada.send("endOfConversation");
    await().atMost(RunningBaton.LIMIT).until(chat::ended);
    assertThat(chat.ends()).containsExactly("CUSTOMER");
    ada.say("I am here again");
    ada.untilText("Welcome back! We talked before (" + ada.id() + ")");
    ada.untilText("Reply 1: you said \"I am here again\"");

    assertThat(chat.texts()).isEmpty();
  }

  @Test
  void aWaitingCustomerCancelsAndIsWithTheBotAgain() {
    Customer ada = baton.customer();
    ada.say("talk to a human");
    ada.untilSystem("queued");
    HubChat chat = baton.chat(baton.acme, ada, 1);

    ada.say(" Stop it ");
    ada.untilSystem("cancelled");
    await().atMost(RunningBaton.LIMIT).until(chat::ended);
    ada.untilText("I'm back. Sorry, nobody could take over");
    ada.say("opening hours");
    ada.untilText("We are open Monday");

    assertThat(chat.ends()).containsExactly("CUSTOMER");
    assertThat(chat.texts()).isEmpty();
    assertThat(baton.botTold(ada)).containsExactly("failed");
    assertThat(baton.botHeard(ada)).containsExactly("talk to a human", "opening hours");
  }

  @Test
  void aSecondHandoffOpensASecondChat() {
    Customer ada = baton.customer();
    HubChat first = baton.withGrace(ada);
    raise(hub.raise(first, hub.ended(first)));
    ada.untilText("I'm back. I hope");

    ada.say("a human again, please");
    ada.untilSystem("queued", 2);
    HubChat second = baton.chat(baton.acme, ada, 2);
    raise(hub.raise(second, hub.accepted(second, "a-2", "Linus")));
    ada.untilSystem("agent-joined", 2);
    ada.say("hello Linus");
    untilHub(second, "hello Linus");
    raise(hub.raise(first, hub.message(first, "I forgot something")));
    raise(hub.raise(second, hub.message(second, "hello again")));
    ada.untilText("hello again");

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.handoff().getJsonArray("transcript").stream())
        .extracting(line -> ((JsonObject) line).getString("text"))
        .contains("talk to a human", "a human again, please");
    assertThat(first.texts()).isEmpty();
    assertThat(ada.textsBy("agent")).containsExactly("hello again");
    assertThat(baton.botTold(ada)).containsExactly("accepted", "completed", "accepted");
  }

  @Test
  void aBotThatAsksTwiceGetsOneHuman() {
    baton.bot.faults().arm(Fault.once(FaultKind.DUPLICATE_HANDOFF));
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    ada.say("are you alone?");
    untilHub(chat, "are you alone?");

    assertThat(baton.acme.chat(ada.id() + ":2")).isEmpty();
    assertThat(ada.seenSystem()).containsExactly("queued", "agent-joined");
  }

  @Test
  void theBotIsSilentWhileAHumanHasTheConversation() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    String botConversation = baton.botConversations(ada).get(0);

    baton.bot.say(botConversation, "By the way, here is an advertisement");
    await()
        .atMost(RunningBaton.LIMIT)
        .until(
            () ->
                baton.bot.stream(botConversation).stream()
                    .anyMatch(a -> a.path("text").asText().startsWith("By the way")));
    ada.say("thanks");
    untilHub(chat, "thanks");
    raise(hub.raise(chat, hub.ended(chat)));
    // The bot's stream is read in order, so the advertisement had its chance before this.
    ada.untilText("I'm back. I hope");

    assertThat(ada.textsBy("bot")).doesNotContain("By the way, here is an advertisement");
    assertThat(baton.botHeard(ada)).containsExactly("talk to a human");
  }

  @Test
  void twoCustomersNeverSeeEachOther() {
    Customer ada = baton.customer();
    Customer bob = baton.customer();
    HubChat forAda = baton.withGrace(ada);
    HubChat forBob = baton.withGrace(bob);

    raise(hub.raise(forAda, hub.message(forAda, "for Ada")));
    raise(hub.raise(forBob, hub.message(forBob, "for Bob")));
    ada.say("by Ada");
    bob.say("by Bob");
    ada.untilText("for Ada");
    bob.untilText("for Bob");
    untilHub(forAda, "by Ada");
    untilHub(forBob, "by Bob");

    assertThat(ada.textsBy("agent")).containsExactly("for Ada");
    assertThat(bob.textsBy("agent")).containsExactly("for Bob");
    assertThat(forAda.texts()).containsExactly("by Ada");
    assertThat(forBob.texts()).containsExactly("by Bob");
  }

  private static JsonObject agent(String id, String name) {
    return new JsonObject().put("id", id).put("name", name);
  }

  static void untilHub(HubChat chat, String text) {
    await("hub hears " + text).atMost(RunningBaton.LIMIT).until(() -> chat.texts().contains(text));
  }
}
