package dev.baton.endtoend;

import static dev.baton.endtoend.RunningBaton.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.simulator.http.HubCallbacks;
import dev.baton.simulator.http.HubChat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Microsoft's own Direct Line client (npm {@code botframework-directlinejs}), unchanged, through a
 * whole round: bot, agent, bot.
 */
class MicrosoftCanvasTest {
  private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();
  private static final String ORIGIN = "http://shop.example";
  private static RunningBaton baton;

  @BeforeAll
  static void start(@TempDir Path folder, @TempDir Path temp) throws Exception {
    Node.install(FOLDER, temp);
    baton =
        RunningBaton.start(
            folder,
            Map.of("baton.bots.demo.allowed-origins", ORIGIN, "baton.timeouts.settle", "0s"));
  }

  @AfterAll
  static void stop() {
    if (baton != null) {
      baton.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void goesThroughAWholeRound(String mode) throws Exception {
    try (Node page = Node.start(FOLDER, "canvas.js", baton.url(""), "demo", ORIGIN, mode)) {
      until(page, "I can tell opening hours");
      page.write("count");
      until(page, "Five.");
      page.write("talk to a human");
      until(page, "We are connecting you");
      String conversation = activities(page).get(0).path("conversation").path("id").asText();
      await()
          .atMost(RunningBaton.LIMIT)
          .until(() -> baton.acme.chat(conversation + ":1").isPresent());
      HubChat chat = baton.acme.chat(conversation + ":1").orElseThrow();
      HubCallbacks hub = baton.acme.callbacks();
      raise(hub.raise(chat, hub.accepted(chat, "a-1", "Grace")));
      raise(hub.raise(chat, hub.message(chat, "Hello, Grace here")));
      until(page, "Hello, Grace here");
      page.write("hello Grace");
      HandoffTest.untilHub(chat, "hello Grace");
      raise(hub.raise(chat, hub.ended(chat)));
      until(page, "I'm back. I hope");
      page.write("opening hours");
      until(page, "We are open Monday");

      assertThat(texts(page))
          .containsExactly(
              "Hello, I am **Contoso Demo**, a simulated Copilot Studio bot.",
              "I can tell opening hours, look after an order, or get you a human colleague.",
              "count",
              "One.",
              "Two.",
              "Three.",
              "Four.",
              "Five.",
              "talk to a human",
              "I am getting a colleague. One moment, please.",
              "We are connecting you with a member of our team. Please stay in this chat.",
              "Grace has joined the chat.",
              "Hello, Grace here",
              "hello Grace",
              "The chat with our team has ended. Our virtual assistant is here for you again.",
              "I'm back. I hope my colleague could help you. What else can I do?",
              "opening hours",
              "I'm happy to help with opening hours.",
              "We are open Monday to Friday 9:00 to 18:00, Saturday 10:00 to 14:00.");
      assertThat(chat.texts()).containsExactly("hello Grace");
      assertThat(page.lines()).noneMatch(line -> line.contains("\"failed\""));
    }
  }

  private static void until(Node page, String beginning) {
    await(beginning + " in the page")
        .atMost(RunningBaton.LIMIT)
        .until(() -> texts(page).stream().anyMatch(text -> text.startsWith(beginning)));
  }

  private static List<String> texts(Node page) {
    return activities(page).stream()
        .filter(a -> a.path("type").asText().equals("message"))
        .map(a -> a.path("text").asText())
        .toList();
  }

  private static List<JsonNode> activities(Node page) {
    return page.lines().stream()
        .filter(line -> line.startsWith("{"))
        .map(MicrosoftCanvasTest::json)
        .filter(line -> line.has("type"))
        .toList();
  }

  private static JsonNode json(String line) {
    try {
      return Http.JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }
}
