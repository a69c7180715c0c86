package dev.baton.hub.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.conversation.Agent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectLineReaderTest {
  private static final DirectLineWay WAY =
      DirectLineWay.of(
          "service",
          Map.of(
              "bot-handle", "contoso",
              "automated-accepted", "(?<agent>.+) has joined.*",
              "automated-left", "The agent left\\.",
              "automated-ended", "The conversation has ended.*",
              "automated-closed", ".*outside.*hours.*",
              "automated-other", "You are next in line\\.|Still with us\\?"));

  private static List<Map<String, Object>> read(Agent agent, Map<String, Object> activity) {
    Map<String, Object> whole = new HashMap<>(activity);
    whole.putIfAbsent("from", Map.of("id", "contoso"));
    whole.put("id", "dl|0000007");
    return DirectLineReader.events(WAY, "c1:1", "dl", agent, whole);
  }

  private static Map<String, Object> said(Agent agent, String text) {
    return read(agent, Map.of("type", "message", "text", text)).get(0);
  }

  @Test
  void onlyTheBotHandleCounts() {
    Map<String, Object> other =
        Map.of("type", "message", "text", "psst", "from", Map.of("id", "u-1"));
    assertThat(read(Agent.UNKNOWN, other)).isEmpty();
    assertThat(
            read(
                Agent.UNKNOWN,
                Map.of("type", "message", "text", "hello", "from", Map.of("id", "Contoso"))))
        .hasSize(1);
  }

  @Test
  void aMessageIsTheAgentsAndNamesTheHandoff() {
    Map<String, Object> event = said(Agent.UNKNOWN, "Hello");
    assertThat(event)
        .containsEntry("type", "message")
        .containsEntry("handoffId", "c1:1")
        .containsEntry("conversationId", "dl")
        .containsEntry("eventId", "dl:dl|0000007")
        .containsEntry("agent", Map.of("id", "contoso"));
  }

  @Test
  void anAgentWhoWasNamedKeepsTheName() {
    assertThat(said(new Agent(null, "Grace"), "Hello"))
        .containsEntry("agent", Map.of("name", "Grace"));
  }

  @Test
  void afterTheEndNobodyIsAnAgent() {
    assertThat(said(null, "How was it? https://survey.example.com"))
        .containsEntry("type", "message")
        .doesNotContainKey("agent");
  }

  @ParameterizedTest
  @CsvSource({
    "grace has joined the chat, accepted",
    "The agent left., agentLeft",
    "THE CONVERSATION HAS ENDED. Thank you, ended",
    "We are outside of our hours, rejected"
  })
  void automatedTextsAreWhatTheyMean(String text, String type) {
    assertThat(said(Agent.UNKNOWN, text)).containsEntry("type", type);
  }

  @Test
  void anAutomatedTextMayNameTheAgent() {
    assertThat(said(Agent.UNKNOWN, "Grace has joined the chat"))
        .containsEntry("agent", Map.of("name", "Grace"));
  }

  @Test
  void otherAutomatedTextsAreShownButAreNoAgents() {
    assertThat(said(Agent.UNKNOWN, "You are next in line."))
        .containsEntry("type", "message")
        .doesNotContainKey("agent");
  }

  @Test
  void theEndIsTheEnd() {
    assertThat(read(Agent.UNKNOWN, Map.of("type", "endOfConversation")).get(0))
        .containsEntry("type", "ended")
        .containsEntry("by", "AGENT");
  }

  @Test
  void whatMeansNothingIsHarmless() {
    assertThat(read(Agent.UNKNOWN, Map.of("type", "event", "name", "new"))).isEmpty();
    assertThat(read(Agent.UNKNOWN, Map.of("type", "message"))).isEmpty();
    assertThat(DirectLineReader.events(WAY, "c1:1", "dl", Agent.UNKNOWN, Map.of())).isEmpty();
  }
}
