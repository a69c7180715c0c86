package dev.baton.hub.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.application.Application;
import dev.baton.hub.Canvas;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.omnichannel.CustomChannelSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer, a bot, the whole of Baton, and Omnichannel as a custom channel over Direct Line. */
class OverDirectLineTest {
  private static final String SECRET = "canvas-secret-of-this-test";

  private static Path folder;
  private static CopilotSimulator bot;
  private static CustomChannelSimulator omnichannel;
  private static Application baton;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    bot = CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0));
    omnichannel = CustomChannelSimulator.start(0);
    baton = start("shared", Map.of());
  }

  @AfterAll
  static void stop() {
    if (baton != null) {
      baton.close();
    }
    omnichannel.close();
    bot.close();
  }

  @AfterEach
  void heal() {
    omnichannel.failing(0);
  }

  private record Chat(Canvas canvas, String id) {
    void accepted() {
      omnichannel.say(id, "Grace has joined");
      canvas.awaits("Grace has joined");
    }

    void botAnswers() {
      String question = "echo " + UUID.randomUUID();
      canvas.say(question);
      canvas.awaits(question);
    }
  }

  private static Chat handedOff(Application application) {
    Canvas canvas = new Canvas(port(application), SECRET);
    String mark = "mark " + UUID.randomUUID();
    canvas.say(mark);
    canvas.awaits(mark);
    canvas.say("talk to a human");
    soon().until(() -> omnichannel.conversationOf(mark).isPresent());
    return new Chat(canvas, omnichannel.conversationOf(mark).orElseThrow());
  }

  @Test
  void theFirstMessageRoutesAndTellsWhatTheBotKnows() {
    Chat chat = handedOff(baton);
    ObjectNode first = omnichannel.received(chat.id()).get(0);
    assertThat(first.path("channelData").path("channeltype").asText()).isEqualTo("Baton");
    assertThat(
            first.path("channelData").path("conversationcontext").path("va_LastTopic").isTextual())
        .isTrue();
    assertThat(first.path("channelData").path("customercontext").isObject()).isTrue();
    assertThat(first.path("from").path("name").asText()).isNotBlank();
    assertThat(first.path("text").asText()).contains("Summary:").contains("talk to a human");
    assertThat(omnichannel.tooLarge()).isEmpty();
  }

  @Test
  void bothSidesTalkAndTheAgentsEndGivesTheCustomerBackToTheBot() {
    Chat chat = handedOff(baton);
    chat.accepted();
    omnichannel.say(chat.id(), "Hello **Ada**");
    chat.canvas().awaits("Hello **Ada**");
    chat.canvas().say("my order");
    soon().until(() -> omnichannel.texts(chat.id()).contains("my order"));
    omnichannel.end(chat.id());
    chat.canvas().awaits("has ended");
    chat.botAnswers();
    assertThat(omnichannel.texts(chat.id())).containsExactly("my order");
  }

  @Test
  void anAgentWhoJustWritesHasJoined() {
    Chat chat = handedOff(baton);
    omnichannel.say(chat.id(), "You are next in line.");
    chat.canvas().awaits("next in line");
    assertThat(chat.canvas().count("has joined")).isZero();
    omnichannel.say(chat.id(), "How can I help?");
    chat.canvas().awaits("How can I help?");
    assertThat(chat.canvas().count("joined")).isEqualTo(1);
  }

  @Test
  void whatOthersWriteThereIsNotShown() {
    Chat chat = handedOff(baton);
    omnichannel.say(chat.id(), "somebody-else", "psst");
    omnichannel.say(chat.id(), "hello");
    chat.canvas().awaits("hello");
    assertThat(chat.canvas().count("psst")).isZero();
  }

  @Test
  void aSurveyAfterTheEndIsDelivered() {
    Chat chat = handedOff(baton);
    chat.accepted();
    omnichannel.end(chat.id());
    chat.canvas().awaits("has ended");
    omnichannel.say(chat.id(), "How was it? https://survey.example.com/9");
    chat.canvas().awaits("survey.example.com/9");
  }

  @Test
  void anEndInWordsIsAnEndToo() {
    Chat chat = handedOff(baton);
    chat.accepted();
    omnichannel.say(chat.id(), "The conversation has been closed by the agent.");
    chat.canvas().awaits("has ended");
    chat.botAnswers();
  }

  @Test
  void outOfHoursStaysWithTheBot() {
    Chat chat = handedOff(baton);
    omnichannel.say(chat.id(), "We are outside of our operating hours.");
    chat.canvas().awaits("outside its service hours");
    chat.botAnswers();
  }

  @Test
  void whoChangesTheirMindIsGoneThereAndTheNextHandoffIsANewConversation() {
    Chat chat = handedOff(baton);
    chat.canvas().say("never mind");
    soon().until(() -> omnichannel.ends(chat.id()) == 1);
    chat.botAnswers();
    omnichannel.say(chat.id(), "hello?");
    int before = omnichannel.conversations().size();
    chat.canvas().say("talk to a human");
    soon().until(() -> omnichannel.conversations().size() == before + 1);
    assertThat(omnichannel.texts(chat.id())).isEmpty();
    String next = omnichannel.conversations().get(before);
    omnichannel.say(next, "Grace has joined");
    chat.canvas().awaits("Grace has joined");
    assertThat(chat.canvas().count("hello?")).isZero();
  }

  @Test
  void whenOmnichannelIsSilentForTooLongItIsEndedThereAndTheBotIsBack() throws Exception {
    try (Application impatient = start("idle", Map.of("baton.timeouts.agent-idle", "1s"))) {
      Chat chat = handedOff(impatient);
      chat.accepted();
      soon().until(() -> omnichannel.ends(chat.id()) == 1);
      chat.botAnswers();
    }
  }

  @Test
  void aChatThatIsOverIsClosedAfterItsGraceAlsoByTheNextProcess() throws Exception {
    Map<String, String> quick =
        Map.of("baton.timeouts.grace", "1s", "baton.hubs.acme.check-interval", "200ms");
    Application first = start("restarted", quick);
    Chat waiting = handedOff(first);
    Chat ended = handedOff(first);
    ended.accepted();
    omnichannel.end(ended.id());
    ended.canvas().awaits("has ended");
    int port = port(first);
    int management = first.settings().server().managementPort();
    first.close();
    omnichannel.say(waiting.id(), "Grace has joined");
    try (Application second =
        start(
            "restarted",
            Map.of(
                "baton.timeouts.grace",
                "1s",
                "baton.hubs.acme.check-interval",
                "200ms",
                "baton.port",
                Integer.toString(port),
                "baton.management.port",
                Integer.toString(management)))) {
      assertThat(port(second)).isEqualTo(port);
      waiting.canvas().awaits("Grace has joined");
      waiting.canvas().say("still here");
      soon().until(() -> omnichannel.texts(waiting.id()).contains("still here"));
      soon().until(() -> omnichannel.ends(ended.id()) == 1);
      omnichannel.say(ended.id(), "too late");
      omnichannel.say(waiting.id(), "in time");
      waiting.canvas().awaits("in time");
      assertThat(ended.canvas().count("too late")).isZero();
      assertThat(omnichannel.ends(waiting.id())).isZero();
    }
  }

  @Test
  void anOmnichannelThatIsAwayKeepsTheOrder() {
    Chat chat = handedOff(baton);
    chat.accepted();
    omnichannel.failing(503);
    List<String> texts = List.of("one", "two", "three");
    texts.forEach(chat.canvas()::say);
    omnichannel.failing(0);
    soon().until(() -> omnichannel.texts(chat.id()).size() == 3);
    assertThat(omnichannel.texts(chat.id())).isEqualTo(texts);
  }

  private static Application start(String name, Map<String, String> overrides) throws Exception {
    String port = Integer.toString(freePort());
    Properties properties = new Properties();
    properties.setProperty("baton.host", "127.0.0.1");
    properties.setProperty("baton.port", port);
    properties.setProperty("baton.management.port", Integer.toString(freePort()));
    properties.setProperty("baton.public-url", "http://127.0.0.1:" + port);
    properties.setProperty("baton.data", folder.resolve(name).toString());
    properties.setProperty("baton.routes.folder", folder.resolve("no-routes").toString());
    properties.setProperty("baton.bots.support.url", bot.url().toString());
    properties.setProperty("baton.bots.support.secret", bot.secret());
    properties.setProperty("baton.bots.support.canvas-secret", SECRET);
    properties.setProperty("baton.bots.support.hubs", "acme");
    properties.setProperty("baton.handoff.cancel-words", "never mind");
    properties.setProperty("baton.timeouts.settle", "200ms");
    properties.setProperty("baton.lanes.first-delay", "100ms");
    properties.setProperty("baton.hubs.acme.automated-accepted", "(?<agent>\\w+) has joined");
    properties.setProperty("baton.hubs.acme.automated-ended", ".*has been closed.*");
    properties.setProperty("baton.hubs.acme.automated-closed", ".*outside of our operating.*");
    properties.setProperty("baton.hubs.acme.automated-other", "You are next in line.*");
    omnichannel
        .settings()
        .forEach((key, value) -> properties.setProperty("baton.hubs.acme." + key, value));
    overrides.forEach(properties::setProperty);
    Path file = Files.writeString(folder.resolve(name + ".properties"), "");
    return Application.start(properties, file);
  }

  private static int port(Application application) {
    return application.settings().server().port();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }
}
