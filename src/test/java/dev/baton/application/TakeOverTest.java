package dev.baton.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.directline.DirectLineComponent;
import dev.baton.hub.Canvas;
import dev.baton.journal.JournalState;
import dev.baton.journal.PostgresServer;
import dev.baton.journal.SqlJournal;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.omnichannel.CustomChannelSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that share a PostgreSQL store. */
class TakeOverTest {
  private static final Duration SOON = Duration.ofSeconds(40);

  private static final String CANVAS = "canvas-secret-of-two-nodes";

  private final Map<String, String> hub = new HashMap<>();
  private final String store = PostgresServer.newDatabase();
  private final CopilotSimulator bot =
      CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0));
  @TempDir Path folder;

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void theNodeThatTakesOverHearsWhatBotsSayInConversationsItNeverHad() throws Exception {
    Application first = node("first", store);
    try (Application second = node("second", store)) {
      assertThat(journal(second).state()).isEqualTo(JournalState.STANDBY);
      begin(first);
      say("one");
      await().atMost(SOON).until(() -> texts(first).contains("one"));
      assertThat(openConversations(second)).isZero();

      first.close();
      say("two");

      await().atMost(SOON).until(() -> texts(second).contains("two"));
      assertThat(texts(second)).containsOnlyOnce("one", "two");
    } finally {
      first.close();
    }
  }

  @Test
  void theNodeThatLosesItsRoleLeavesTheConversationsToTheOther() throws Exception {
    String user = "first_of_" + store.replaceAll(".*/([^/?]+).*", "$1");
    try (Application first = node("first", PostgresServer.as(user, store));
        Application second = node("second", store)) {
      begin(first);
      say("one");
      await().atMost(SOON).until(() -> texts(first).contains("one"));

      // Otherwise whoever connects first would be active again.
      PostgresServer.mayConnect(user, false);
      PostgresServer.disconnectActive(store);
      await().atMost(SOON).until(() -> journal(second).state() == JournalState.ACTIVE);
      PostgresServer.mayConnect(user, true);
      await().atMost(SOON).until(() -> journal(first).state() == JournalState.STANDBY);
      await().atMost(SOON).until(() -> openConversations(first) == 0);
      await().atMost(SOON).until(() -> openConversations(second) == 1);
      say("two");

      await().atMost(SOON).until(() -> texts(second).contains("two"));
      assertThat(texts(second)).containsOnlyOnce("one", "two");
    }
  }

  @Test
  void theNodeThatTakesOverHearsAHubOverDirectLineThatItNeverHad() throws Exception {
    try (CustomChannelSimulator omnichannel = CustomChannelSimulator.start(0)) {
      hub.putAll(omnichannel.settings());
      Application first = node("first", store);
      try (Application second = node("second", store)) {
        Canvas canvas = new Canvas(first.settings().server().port(), CANVAS);
        canvas.say("talk to a human");
        await().atMost(SOON).until(() -> omnichannel.conversations().size() == 1);
        String chat = omnichannel.conversations().get(0);
        omnichannel.say(chat, "one");
        await().atMost(SOON).until(() -> texts(first, canvas.conversation()).contains("one"));

        first.close();
        omnichannel.say(chat, "two");

        await().atMost(SOON).until(() -> texts(second, canvas.conversation()).contains("two"));
        assertThat(texts(second, canvas.conversation())).containsOnlyOnce("one", "two");
        assertThat(omnichannel.conversations()).hasSize(1);
      } finally {
        first.close();
      }
    }
  }

  private void begin(Application node) {
    node.journal()
        .append(
            "c1",
            null,
            new Event.CustomerStarted("demo", "test", new Customer("u1", "Ada"), "en", null))
        .join();
    await().atMost(SOON).until(() -> !bot.conversations().isEmpty());
  }

  private void say(String text) {
    bot.say(bot.conversations().get(0), text);
  }

  private static int openConversations(Application node) {
    return node.camel()
        .getComponent("directline", DirectLineComponent.class)
        .getOpenConversations();
  }

  private static List<String> texts(Application node) {
    return texts(node, "c1");
  }

  private static List<String> texts(Application node, String conversation) {
    return node.journal().customerStream(conversation, -1, 100).stream()
        .map(entry -> entry.body().path("text").asText())
        .toList();
  }

  private static SqlJournal journal(Application node) {
    return (SqlJournal) node.journal();
  }

  private Application node(String name, String url) throws Exception {
    String port = Integer.toString(freePort());
    Properties properties = new Properties();
    properties.setProperty("baton.host", "127.0.0.1");
    properties.setProperty("baton.port", port);
    properties.setProperty("baton.management.port", Integer.toString(freePort()));
    properties.setProperty("baton.public-url", "http://127.0.0.1:" + port);
    properties.setProperty("baton.data", folder.resolve(name).toString());
    properties.setProperty("baton.store.url", url);
    properties.setProperty("baton.routes.folder", folder.resolve("no-routes").toString());
    properties.setProperty("baton.bots.demo.url", bot.url().toString());
    properties.setProperty("baton.bots.demo.secret", bot.secret());
    if (!hub.isEmpty()) {
      properties.setProperty("baton.bots.demo.canvas-secret", CANVAS);
      properties.setProperty("baton.bots.demo.hubs", "service");
      hub.forEach((key, value) -> properties.setProperty("baton.hubs.service." + key, value));
    }
    Path file = Files.writeString(folder.resolve(name + ".properties"), "");
    return Application.start(properties, file);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
