package dev.baton.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.channel.servicenow.InterconnectCaller;
import dev.baton.channel.servicenow.InterconnectCaller.Turns;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer and the bot, nobody else. */
class TalkWithTheBotTest {
  private static RunningBaton baton;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    baton = RunningBaton.start(folder, Map.of("baton.channels.servicenow.demo.wait", "10s"));
  }

  @AfterAll
  static void stop() {
    baton.close();
  }

  @Test
  void everyMessageOfATurnArrivesInOrder() {
    Customer ada = baton.customer();

    ada.say("count");
    ada.untilText("Five.");

    assertThat(ada.texts()).containsSequence("count", "One.", "Two.", "Three.", "Four.", "Five.");
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void aSocketShowsTypingAndEveryMessage() {
    Customer ada = baton.customer().bySocket();

    ada.say("I want to return order A-1009");
    ada.untilText("A colleague can start");

    assertThat(ada.textsBy("bot")).contains("Order: A-1009.");
    ada.until("typing", any -> !ada.signals().isEmpty());
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void manyMessagesInARowKeepTheirOrderBothWays() {
    Customer ada = baton.customer();
    var lines = IntStream.rangeClosed(1, 30).mapToObj(i -> "line " + i).toList();

    lines.forEach(ada::say);
    ada.untilText("Reply 30:");

    assertThat(baton.botHeard(ada)).isEqualTo(lines);
    assertThat(ada.textsBy("bot"))
        .endsWith(
            IntStream.rangeClosed(1, 30)
                .mapToObj(i -> "Reply " + i + ": you said \"line " + i + "\".")
                .toArray(String[]::new));
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void aRepeatedPostIsAnsweredAlikeAndReachesTheBotOnce() {
    Customer ada = baton.customer();
    ObjectNode twice = ada.message("only once, please");

    Http.Answer first = ada.post(twice);
    Http.Answer second = ada.post(twice);
    ada.say("and then this");
    ada.untilText("Reply 2:");

    assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(baton.botHeard(ada)).containsExactly("only once, please", "and then this");
  }

  @Test
  void afterTheBotsGoodbyeTheNextMessageOpensANewTalkWithTheBot() {
    Customer ada = baton.customer();

    ada.say("goodbye");
    ada.until("end", a -> a.path("type").asText().equals("endOfConversation"));
    ada.say("one more thing");
    ada.untilText("Welcome back! We talked before (" + ada.id() + ")");
    ada.untilText("Reply 1: you said \"one more thing\"");

    assertThat(baton.botConversations(ada)).hasSize(2);
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void serviceNowReadsWholeTurnsOfTheBotThroughTheRelay() {
    URI relay = URI.create(baton.url("/channels/servicenow/demo/activities"));
    Turns turns =
        new InterconnectCaller(baton.bot.url() + "/v3/directline", baton.bot.secret(), relay)
            .start();

    String metrics = "http://127.0.0.1:" + baton.managementPort + "/observe/metrics";

    assertThat(turns.ask("count")).containsExactly("One.", "Two.", "Three.", "Four.", "Five.");
    turns.post("talk to a human");
    assertThat(turns.read().path("activities").findValuesAsText("name"))
        .contains("handoff.initiate");
    assertThat(baton.http.call("GET", metrics, null).body())
        .contains("baton_relay_messages_total{bot=\"demo\"}")
        .contains("baton_relay_handoffs_total{bot=\"demo\"} 1.0");
  }
}
