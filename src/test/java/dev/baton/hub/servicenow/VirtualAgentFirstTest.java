package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.HubRig;
import dev.baton.hub.servicenow.Session.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code opening=virtual-agent}: the customer talks with ServiceNow's bot, then with an agent. */
class VirtualAgentFirstTest {
  private static final String GREETING =
      "{\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Hi!\"},"
          + "{\"uiType\":\"TopicPickerControl\",\"promptMsg\":\"What is it?\","
          + "\"options\":[{\"label\":\"Reset password\",\"value\":\"t1\"}]}]}";

  private final ServiceNowRig rig =
      new ServiceNowRig(
          Map.of(
              "opening", "virtual-agent",
              "virtual-agent-name", "Robbie",
              "agent-words", "human, agent"));

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theBotJoinsLikeAnAgentAndItsWordsAndButtonsAreShown() {
    String c = greeted();
    assertThat(
            rig.instance
                .requests()
                .get(0)
                .json()
                .at("/contextVariables/live_agent_only")
                .isMissingNode())
        .isTrue();
    assertThat(rig.events(c)).containsExactly("hub.accepted", "hub.message", "hub.message");
    assertThat(agent(rig.appended(c).get(0))).containsEntry("name", "Robbie");
    assertThat(agent(rig.appended(c).get(1))).containsEntry("name", "Robbie");
    assertThat(rig.appended(c).get(2).body().get("suggestedActions")).isNotNull();
  }

  @Test
  void theCustomersAnswersWaitForTheBotsTurn() {
    String c = greeted();
    rig.send(c, "m-1", "Reset password");
    assertThat(rig.send(c, "m-2", "and hurry").getException()).hasMessageContaining("BTN-2350");
    rig.callback(
        ServiceNowRig.id(c), "{\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Done\"}]}");
    assertThat(rig.send(c, "m-2", "and hurry").getException()).isNull();
    assertThat(rig.instance.requests().get(1).json().at("/message/text").asText()).isEqualTo("t1");
    assertThat(rig.instance.requests().get(1).json().at("/message/typed").asBoolean()).isFalse();
  }

  @Test
  void theWordsForAnAgentSwitchToOne() {
    String c = greeted();
    rig.send(c, "m-1", " Human ");
    assertThat(rig.instance.requests("AGENT")).hasSize(1);
    assertThat(rig.instance.requests("AGENT").get(0).json().at("/message/text").asText())
        .isEqualTo(" Human ");
  }

  @Test
  void queueAndAgentFollowTheBotAndTheEndIsTheEnd() {
    String c = greeted();
    String id = ServiceNowRig.id(c);
    rig.callback(
        id,
        "{\"agentChat\":true,\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"SubscribeToSupportQueue\"}]}");
    assertThat(rig.session(c).phase).isEqualTo(Phase.QUEUED);
    rig.callback(
        id,
        "{\"agentChat\":true,\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"SwitchToLiveAgent\","
            + "\"agentInfo\":{\"agentName\":\"Sam\",\"agentId\":\"a1\"}}]}");
    rig.send(c, "m-1", "one");
    assertThat(rig.send(c, "m-2", "two").getException()).as("agents are not waited for").isNull();
    rig.callback(id, "{\"completed\":true,\"body\":[]}");
    List<String> events = rig.events(c);
    assertThat(events.subList(3, events.size()))
        .containsExactly("hub.agentLeft", "hub.accepted", "hub.ended");
    assertThat(agent(rig.appended(c).get(4))).containsEntry("name", "Sam");
  }

  @Test
  void anAgentMayTakeOverWithoutAQueue() {
    String c = greeted();
    rig.callback(
        ServiceNowRig.id(c),
        "{\"agentChat\":true,\"body\":[{\"uiType\":\"OutputText\",\"value\":\"Hello\","
            + "\"agentInfo\":{\"sentFromAgent\":true,\"agentName\":\"Sam\"}}]}");
    List<String> events = rig.events(c);
    assertThat(events.subList(3, events.size())).containsExactly("hub.accepted", "hub.message");
    assertThat(agent(rig.appended(c).get(4))).containsEntry("name", "Sam");
  }

  @Test
  void theBotsOwnEndOfTheSessionEndsTheConversation() {
    String c = greeted();
    rig.callback(
        ServiceNowRig.id(c),
        "{\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"EndSession\"}]}");
    assertThat(rig.events(c)).endsWith("hub.ended");
  }

  private String greeted() {
    String c = rig.opened(Phase.REQUESTED);
    rig.callback(ServiceNowRig.id(c), GREETING);
    return c;
  }

  private static Map<String, Object> agent(HubRig.Append append) {
    @SuppressWarnings("unchecked")
    Map<String, Object> agent = (Map<String, Object>) append.body().get("agent");
    return agent;
  }
}
