package dev.baton.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.http.HubChat;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bot on Microsoft's Bot Framework SDK (npm {@code botbuilder}) behind a Direct Line server by
 * others (npm {@code offline-directline}), both unchanged, and Baton between it and an http hub.
 */
class BotFrameworkBotTest {
  private static final Path FOLDER = Path.of("src/test/node/botframework").toAbsolutePath();

  @BeforeAll
  static void install(@TempDir Path temp) throws Exception {
    Node.install(FOLDER, temp);
  }

  @Test
  void handsOffWithTheWholeTranscriptAndContextAndComesBack(@TempDir Path folder) throws Exception {
    try (Node bot = Node.start(FOLDER, "bot.js");
        RunningBaton baton =
            RunningBaton.start(
                folder,
                Map.of(
                    "baton.bots.demo.url",
                    "http://127.0.0.1:" + port(bot),
                    "baton.bots.demo.api-path",
                    "/directline",
                    "baton.timeouts.settle",
                    "0s"))) {
      Customer ada = Customer.start(baton, "ada");
      ada.untilText("Ask me for a human.");
      ada.say("I want my money back");
      ada.untilText("Anything else?");
      ada.say("a human, please");
      ada.untilSystem("queued");

      HubChat chat = baton.chat(baton.acme, ada, 1);
      assertThat(chat.handoff().getJsonObject("context"))
          .isEqualTo(
              new JsonObject()
                  .put("va_LastTopic", shown("Refund"))
                  .put("va_LastPhrases", shown("I want my money back, a human, please"))
                  .put("OrderNumber", shown("A-1009"))
                  .put("Amount", shown(41.5))
                  .put("Address", shown("{\"city\":\"Berlin\"}"))
                  .put("skill", shown("billing")));
      assertThat(chat.handoff().getJsonObject("routing").getString("skill")).isEqualTo("billing");
      assertThat(chat.handoff().getJsonArray("transcript").stream().map(JsonObject.class::cast))
          .extracting(line -> line.getString("role"), line -> line.getString("text"))
          .containsExactly(
              tuple("bot", "Hello from the SDK."),
              tuple("bot", "Ask me for a human."),
              tuple("user", "I want my money back"),
              tuple("bot", "You said: I want my money back"),
              tuple("bot", "Anything else?"),
              tuple("user", "a human, please"),
              tuple("bot", "I am getting somebody."));

      RunningBaton.raise(
          baton
              .acme
              .callbacks()
              .raise(chat, baton.acme.callbacks().accepted(chat, "a-1", "Grace")));
      RunningBaton.raise(
          baton.acme.callbacks().raise(chat, baton.acme.callbacks().message(chat, "Hello Ada")));
      ada.untilText("Hello Ada");
      ada.say("thank you");
      await().atMost(RunningBaton.LIMIT).until(() -> chat.texts().contains("thank you"));
      RunningBaton.raise(baton.acme.callbacks().raise(chat, baton.acme.callbacks().ended(chat)));
      ada.untilText("The handoff is completed.");
      ada.say("and you?");
      ada.untilText("You said: and you?");

      assertThat(chat.texts()).containsExactly("thank you");
      assertThat(ada.textsBy("bot")).doesNotContain("You said: thank you");
      ada.sawEverythingOnceInOrder();
    }
  }

  @Test
  void theLockFileNamesNoRegistry() throws IOException {
    assertThat(Files.readString(FOLDER.resolve("package-lock.json"), StandardCharsets.UTF_8))
        .doesNotContain("\"resolved\"");
  }

  private static JsonObject shown(Object value) {
    return new JsonObject().put("value", value).put("display", true);
  }

  private static int port(Node bot) {
    await("the bot's start")
        .atMost(RunningBaton.LIMIT)
        .until(() -> bot.lines().stream().anyMatch(line -> line.startsWith("ready ")));
    return bot.lines().stream()
        .filter(line -> line.startsWith("ready "))
        .map(line -> Integer.parseInt(line.substring(6)))
        .findFirst()
        .orElseThrow();
  }
}
