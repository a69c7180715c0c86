package dev.baton.simulator.copilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot as a client sees it, over real HTTP. */
class ScriptedBotTest {
  private static CopilotSimulator simulator;
  private DirectLineProbe client;

  @BeforeAll
  static void start() {
    simulator = CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0));
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @BeforeEach
  void connect() {
    client = new DirectLineProbe(simulator).start();
  }

  private static ObjectNode object() {
    return DirectLineProbe.JSON.createObjectNode();
  }

  @Test
  void it_greets_with_several_messages_and_suggestions() {
    client.event("startConversation", null);

    List<JsonNode> said = client.activities().subList(1, 3);
    assertThat(said).extracting(a -> a.path("type").asText()).containsOnly("message");
    assertThat(said.get(1).path("suggestedActions").path("actions")).hasSize(3);
    assertThat(said.get(0).path("replyToId").asText())
        .isEqualTo(client.activities().get(0).path("id").asText());
  }

  @Test
  void activity_ids_hold_the_number_that_is_the_watermark() {
    client.say("count");

    JsonNode set = DirectLineProbe.body(client.get(""));
    assertThat(set.path("watermark").asText()).isEqualTo("5");
    assertThat(set.path("activities").get(5).path("id").asText())
        .isEqualTo(client.conversation + "|0000005");
  }

  @Test
  void answers_stand_in_the_stream_before_the_post_returns() {
    client.say("count");

    assertThat(client.botTexts()).containsExactly("One.", "Two.", "Three.", "Four.", "Five.");
  }

  @Test
  void answers_can_be_made_to_come_after_the_post_has_returned() {
    try (var late =
        CopilotSimulator.startAndWait(
            CopilotOptions.defaults().pace(0).answersAfter(Duration.ofMillis(300)))) {
      DirectLineProbe other = new DirectLineProbe(late).start();
      other.say("hello");
      assertThat(other.botTexts()).isEmpty();
      await().untilAsserted(() -> assertThat(other.botTexts()).hasSize(1));
    }
  }

  @Test
  void a_text_without_a_topic_is_echoed_under_a_running_number() {
    client.say("xyzzy");
    client.say("plugh");

    assertThat(client.botTexts())
        .containsExactly("Reply 1: you said \"xyzzy\".", "Reply 2: you said \"plugh\".");
  }

  @Test
  void typing_and_a_wait_come_before_a_slow_answer() {
    try (var slow = CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0.05))) {
      DirectLineProbe other = new DirectLineProbe(slow).start();
      var socket = other.open();
      other.say("slow");
      await().untilAsserted(() -> assertThat(socket.ids()).hasSize(4));
      assertThat(socket.ids().subList(1, 3)).containsExactly("typing", "typing");
      assertThat(socket.texts().get(3)).startsWith("That took me a few seconds");
    }
  }

  @Test
  void a_card_is_filled_and_what_is_submitted_is_understood() {
    client.say("card please, order B-2001");
    JsonNode card = client.activities().get(2).path("attachments").get(0);
    assertThat(card.path("contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    JsonNode data = card.path("content").path("actions").get(0).path("data");
    assertThat(data.path("OrderNumber").asText()).isEqualTo("B-2001");

    ObjectNode submitted = object().put("type", "message");
    submitted.set("value", data.<ObjectNode>deepCopy().put("wish", "a refund"));
    client.post(submitted);
    assertThat(client.botTexts()).contains("Noted for order B-2001: a refund.");
  }

  @Test
  void variables_set_from_outside_are_shown_back() {
    client.event("pvaSetContext", object().put("CustomerTier", "platinum").put("age", 41));
    client.say("who am I?");

    assertThat(client.botTexts().get(0)).contains("CustomerTier = platinum", "age = 41");
  }

  @Test
  void a_resumed_conversation_is_welcomed_back() {
    client.event("pvaSetContext", object().put("resumedFrom", "conv-7"));
    client.event("startConversation", null);

    assertThat(client.botTexts()).hasSize(1).first().asString().contains("Welcome back", "conv-7");
  }

  @Test
  void asking_for_a_human_gives_a_handoff_shaped_as_the_vendors() throws IOException {
    client.say("I want a refund for order A-1009");
    client.say("let me talk to a human");

    List<JsonNode> all = client.activities();
    JsonNode announcement = all.get(all.size() - 2);
    JsonNode event = all.get(all.size() - 1);
    assertThat(announcement.path("text").asText()).startsWith("I am getting a colleague");
    JsonNode vendors = vendorsEvent();
    assertThat(fields(event)).containsAll(fields(vendors));
    assertThat(event.path("name").asText()).isEqualTo("handoff.initiate");
    assertThat(event.path("from").path("role").asText()).isEqualTo("bot");
    assertThat(fields(event.path("relatesTo"))).isEqualTo(fields(vendors.path("relatesTo")));
    JsonNode value = event.path("value");
    assertThat(fields(value)).containsAll(fields(vendors.path("value")));
    assertThat(value.path("va_LastPhrase").asText()).isEqualTo("let me talk to a human");
    assertThat(value.path("va_Phrases")).hasSize(2);
    assertThat(value.path("va_LastTopic").asText()).isEqualTo("Return items");
    assertThat(value.path("OrderNumber").asText()).isEqualTo("A-1009");
    assertThat(value.path("domain").asText()).isEqualTo("retail");
    assertThat(value.path("skill").asText()).isEqualTo("returns");
    assertThat(value.has("CustomerTier")).as("a variable never set does not travel").isFalse();
  }

  @Test
  void the_transcript_ends_with_the_users_last_words() {
    client.say("opening hours");
    client.say("talk to a human");

    List<JsonNode> all = client.activities();
    JsonNode transcript = all.get(all.size() - 1).path("attachments").get(0);
    assertThat(transcript.path("name").asText()).isEqualTo("Transcript");
    JsonNode lines = transcript.path("content").path("activities");
    assertThat(lines).extracting(a -> a.path("text").asText()).last().isEqualTo("talk to a human");
    assertThat(lines)
        .extracting(a -> a.path("from").path("role").asText())
        .containsExactly("user", "bot", "bot", "user");
    assertThat(lines.get(1).path("recipient").path("id").asText()).isEqualTo("cust-1");
    assertThat(lines.get(1).path("id").asText()).isEqualTo(all.get(1).path("id").asText());
  }

  @Test
  void the_end_of_a_handoff_is_answered_and_its_acceptance_is_not() {
    client.say("human");
    int before = client.botTexts().size();
    client.event("handoff.status", object().put("state", "accepted"));
    assertThat(client.botTexts()).hasSize(before);
    client.event("handoff.status", object().put("state", "completed"));
    assertThat(client.botTexts()).hasSize(before + 1).last().asString().startsWith("I'm back");
    client.event("handoff.status", object().put("state", "failed").put("message", "none"));
    assertThat(client.botTexts()).last().asString().contains("nobody could take over");
  }

  @Test
  void asked_while_a_human_has_the_conversation_it_would_answer() {
    client.say("human");
    client.say("are you still there");

    assertThat(client.botTexts()).last().asString().startsWith("Reply 1");
  }

  @Test
  void goodbye_ends_the_conversation() {
    client.say("goodbye");

    List<JsonNode> all = client.activities();
    assertThat(all.get(all.size() - 1).path("type").asText()).isEqualTo("endOfConversation");
    assertThat(all.get(all.size() - 1).path("code").asText()).isEqualTo("completedSuccessfully");
  }

  @Test
  void everything_posted_is_recorded_and_a_repeated_post_twice() {
    ObjectNode marked = object().put("type", "message").put("text", "once");
    marked.putObject("channelData").put("clientActivityID", "m-1");
    client.post(marked.deepCopy());
    client.post(marked);
    client.post(object().put("type", "typing"));

    assertThat(simulator.received(client.conversation))
        .extracting(a -> a.path("type").asText())
        .containsExactly("message", "message", "typing");
    assertThat(
            simulator
                .received(client.conversation)
                .get(0)
                .path("channelData")
                .path("clientActivityID")
                .asText())
        .isEqualTo("m-1");
  }

  @Test
  void the_bot_can_be_made_to_speak_first() {
    simulator.say(client.conversation, "Are you still there?");

    await()
        .untilAsserted(() -> assertThat(client.botTexts()).containsExactly("Are you still there?"));
  }

  @Test
  void a_script_of_ones_own_is_used(@TempDir Path folder) throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("bot.yaml"),
            "topics:\n  - name: all\n    fallback: true\n    steps:\n      - text: Moo ${text}\n");
    try (var own = CopilotSimulator.startAndWait(CopilotOptions.defaults().script(script))) {
      DirectLineProbe other = new DirectLineProbe(own).start();
      other.say("cow");
      assertThat(other.botTexts()).containsExactly("Moo cow");
    }
  }

  @Test
  void a_script_with_an_unknown_step_is_refused_with_its_topic(@TempDir Path folder)
      throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("bot.yaml"), "topics:\n  - name: odd\n    steps:\n      - shout: Hey\n");
    assertThatThrownBy(
            () -> CopilotSimulator.startAndWait(CopilotOptions.defaults().script(script)))
        .isInstanceOf(SimulatorException.class)
        .hasMessageContaining("'odd'")
        .hasMessageContaining("shout");
  }

  @Test
  void a_taken_port_is_told_with_its_remedy() {
    assertThatThrownBy(
            () -> CopilotSimulator.startAndWait(CopilotOptions.defaults().port(simulator.port())))
        .isInstanceOf(SimulatorException.class)
        .hasMessageContaining("choose another port");
  }

  private static JsonNode vendorsEvent() throws IOException {
    try (InputStream in =
        ScriptedBotTest.class.getResourceAsStream("/simulator/handoff-vendor-sample.json")) {
      return DirectLineProbe.JSON.readTree(in).path("activities").get(0);
    }
  }

  private static List<String> fields(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }
}
