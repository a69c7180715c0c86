package dev.baton.hub.servicenow.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.hub.servicenow.custom.CustomChat.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole conversations: opened, switched, answered and closed. */
class RoundTripTest extends RoundTrip {
  @Test
  void aVirtualAgentConversationIsOpenedSwitchedToAnAgentAndClosedByThem() {
    String c = queued(Map.of());
    CustomChat chat = chat(c);
    assertThat(chat.actions).containsExactly("startConversation", "switchToLiveAgent");
    assertThat(chat.variables.path("baton_transcript").asText()).isEqualTo("User: my vpn drops");
    rig.send(c, "m-1", "waiting \u2013 \ud83d\ude00");
    chat.accept("Sam");
    chat.say("Sam", "Hello \u00dcmit, let me look.");
    soon().until(() -> rig.texts(c).contains("Hello \u00dcmit, let me look."));
    rig.send(c, "m-2", "it is a laptop");
    soon().until(() -> chat.heard.size() == 2);
    assertThat(chat.heard).containsExactly("waiting \u2013 \ud83d\ude00", "it is a laptop");
    chat.agentEnds("Sam");
    soon().until(() -> rig.events(c).contains("hub.ended"));
    assertThat(rig.events(c))
        .containsSubsequence("hub.queued", "hub.accepted", "hub.message", "hub.ended");
    assertThat(rig.texts(c)).doesNotContain("Hi, I'm your Virtual Agent.");
  }

  @Test
  void theCustomerClosesAChatWithAnAgent() {
    String c = queued(Map.of());
    chat(c).accept("Sam");
    soon().until(() -> rig.events(c).contains("hub.accepted"));
    assertThat(end(c).getException()).isNull();
    soon().until(() -> chat(c).state == State.CLOSED);
    assertThat(chat(c).actions).endsWith("endConversation");
    assertThat(end(c).getException()).as("ending twice is as good").isNull();
    assertThat(chat(c).ends).isEqualTo(1);
  }

  @Test
  void theCustomerClosesAChatThatWaitsForAnAgent() {
    String c = queued(Map.of());
    end(c);
    soon().until(() -> chat(c).state == State.CLOSED);
  }

  @Test
  void theCustomerClosesAConversationWithVirtualAgent() {
    String c = greeted(Map.of());
    assertThat(chat(c).state).isEqualTo(State.VIRTUAL_AGENT);
    end(c);
    soon().until(() -> chat(c).state == State.CLOSED);
    assertThat(chat(c).actions).containsExactly("startConversation", "endConversation");
  }

  @Test
  void theCustomerTalksWithVirtualAgentAndIsSwitchedOnTheirWord() {
    String c = greeted(Map.of("agent-words", "agent"));
    rig.send(c, "m-1", "agent");
    soon().until(() -> chat(c).state == State.QUEUED);
    assertThat(chat(c).actions).contains("switchToLiveAgent");
    chat(c).accept("Sam");
    soon().until(() -> rig.events(c).stream().filter("hub.accepted"::equals).count() == 2);
  }

  @Test
  void aPickedOptionArrivesAsItsValue() {
    String c = greeted(Map.of());
    Map<String, Object> picked =
        Map.of("id", "m-1", "text", "Reset password", "value", Map.of("servicenowOption", "t1"));
    rig.call(c, "send", picked);
    soon().until(() -> !chat(c).answers.isEmpty());
    assertThat(chat(c).answers.get(0).path("value").asText()).isEqualTo("t1");
    ask(
        c,
        "{\"uiType\":\"Boolean\",\"label\":\"Sure?\",\"options\":[{\"label\":\"Yes\"},{\"label\":\"No\"}]}");
    soon().until(() -> rig.texts(c).contains("Sure?"));
    rig.send(c, "m-2", "yes");
    soon().until(() -> chat(c).answers.size() == 2);
    assertThat(chat(c).answers.get(1).path("value").asText()).isEqualTo("Yes");
  }

  @Test
  void anOptionalQuestionIsSkippedOnTheCustomersWord() {
    String c = greeted(Map.of("skip-words", "skip,weiter"));
    ask(c, "{\"uiType\":\"InputText\",\"label\":\"Your phone?\",\"required\":false}");
    soon().until(() -> rig.texts(c).contains("Your phone?"));
    rig.send(c, "m-1", "Skip");
    soon().until(() -> chat(c).actions.contains("skipOptionalQuestion"));
    assertThat(chat(c).answers).isEmpty();
  }

  @Test
  void anAnswerThatDoesNotFitIsAskedForAgain() {
    String c = greeted(Map.of());
    ask(c, "{\"uiType\":\"FileUpload\",\"label\":\"A screenshot, please\",\"itemType\":\"image\"}");
    soon().until(() -> rig.texts(c).stream().anyMatch(t -> t.toString().contains("screenshot")));
    rig.send(c, "m-1", "I have none");
    soon().until(() -> rig.texts(c).contains("Please send a file."));
    Map<String, Object> file =
        Map.of(
            "contentUrl",
            "https://baton.example/f/shot.png",
            "contentType",
            "image/png",
            "name",
            "shot.png");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                rig.call(c, "send", Map.of("id", "m-2", "text", "", "attachments", List.of(file)))
                        .getException()
                    == null);
    soon().until(() -> chat(c).answers.size() == 2);
    assertThat(chat(c).answers.get(1).path("url").asText())
        .isEqualTo("https://baton.example/f/shot.png");
    assertThat(chat(c).answers.get(1).path("content_type").asText()).isEqualTo("image/png");
  }

  @Test
  void agentsGetFiles() {
    String c = queued(Map.of());
    Map<String, Object> file =
        Map.of(
            "contentUrl",
            "https://baton.example/f/1",
            "contentType",
            "text/plain",
            "name",
            "a.txt");
    rig.call(
        c, "send", Map.of("id", "m-1", "text", "see this", "attachments", List.of(file, file)));
    soon().until(() -> chat(c).heard.size() == 2);
    assertThat(chat(c).heard).containsOnly("https://baton.example/f/1");
  }

  @Test
  void everyControlIsShownAsSomething() throws Exception {
    String c = greeted(Map.of());
    int before = rig.events(c).size();
    List<String> controls =
        OutboundTransformerTest.controls()
            .map(one -> one.get()[1].toString())
            .filter(control -> !control.contains("ActionMsg") && !control.contains("actionMsg"))
            .filter(control -> !control.equals("{}") && !control.contains("agentInfo"))
            .filter(control -> !control.contains("actionType"))
            .toList();
    controls.forEach(control -> chat(c).emit(control));
    List<String> states = List.of("hub.queued", "hub.agentLeft", "hub.ended");
    soon()
        .untilAsserted(
            () -> {
              List<String> now = rig.events(c);
              assertThat(now.subList(before, now.size())).doesNotContainAnyElementsOf(states);
              assertThat(
                      now.subList(before, now.size()).stream()
                          .filter("hub.message"::equals)
                          .count())
                  .isEqualTo(
                      controls.stream()
                          .filter(control -> !control.contains("\"type\":\"SubscribeTo"))
                          .count());
            });
  }
}
