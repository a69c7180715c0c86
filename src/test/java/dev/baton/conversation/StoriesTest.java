package dev.baton.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whole conversations as they go wrong in the field. */
class StoriesTest {

  @Test
  void anAgentWhoLeavesAndASecondWhoJoinsGiveOneAcceptedStatusAndTwoNotices() {
    Scene scene = new Scene().withAgent();
    scene.on(new Event.HubAgentLeft("c1:1", Scene.agent("Grace"))).says("hello?").joined("Ada");
    assertThat(scene.toldInAll())
        .containsExactly("queued", "agent-joined", "agent-left", "agent-joined");
    assertThat(scene.statuses()).containsExactly("accepted");
    assertThat(scene.sentInAll(Lane.HUB)).containsExactly("open: c1:1", "send: hello?");
    scene.hubEnds();
    assertThat(scene.statuses()).containsExactly("accepted", "completed");
  }

  @Test
  void whenNobodyFollowsAnAgentWhoLeftTheHumanPartIsCompletedNotFailed() {
    Scene left = new Scene().withAgent().on(new Event.HubAgentLeft("c1:1", null));
    assertThat(left.expire(Timer.ASSIGNMENT).sent(Lane.BOT)).containsExactly("completed");
    Scene rejected = new Scene().withAgent().on(new Event.HubAgentLeft("c1:1", null));
    rejected.on(new Event.HubRejected("c1:1", "NO_AGENT", null));
    assertThat(rejected.sent(Lane.BOT)).containsExactly("completed");
    assertThat(rejected.told()).containsExactly("no-agent");
    Scene cancelled = new Scene().withAgent().on(new Event.HubAgentLeft("c1:1", null));
    cancelled.says("cancel");
    assertThat(cancelled.sent(Lane.BOT)).containsExactly("completed");
    assertThat(cancelled.handoff().phase()).isEqualTo(Handoff.Phase.COMPLETED);
  }

  @Test
  void theDepartureOfAnAgentWhoDoesNotHaveTheConversationIsIgnored() {
    Scene scene = new Scene().withAgent().joined("Ada");
    scene.on(new Event.HubAgentLeft("c1:1", Scene.agent("Grace")));
    assertThat(scene.owner()).isEqualTo(Owner.AGENT);
    assertThat(scene.last().note()).contains("not the agent");
  }

  @Test
  void anAgentWhoseNameComesLaterIsNotAnotherAgent() {
    Scene scene = new Scene().asked().opened().joined(null);
    assertThat(scene.told()).containsExactly("agent-joined-unnamed");
    scene.on(new Event.HubAccepted("c1:1", Scene.agent("Grace")));
    assertThat(scene.handoff().agent()).isEqualTo(Scene.agent("Grace"));
    scene.on(new Event.HubAccepted("c1:1", new Agent("id-Grace", null)));
    assertThat(scene.last().entries()).isEmpty();
    assertThat(scene.handoff().agent()).isEqualTo(Scene.agent("Grace"));
    assertThat(scene.statuses()).containsExactly("accepted");
    scene.on(new Event.HubAgentLeft("c1:1", new Agent(null, "Grace")));
    assertThat(scene.owner()).isEqualTo(Owner.PENDING);
  }

  @Test
  void theDepartureOfAnAgentWhoWasNeverNamedCounts() {
    Scene scene = new Scene().asked().opened().joined(null);
    scene.on(new Event.HubAgentLeft("c1:1", Scene.agent("Grace")));
    assertThat(scene.owner()).isEqualTo(Owner.PENDING);
    assertThat(scene.told()).containsExactly("agent-left");
  }

  @Test
  void aHubThatNamesNoAgentsSpeaksForThem() {
    Scene scene = new Scene().asked().opened().joined(null);
    scene.on(Scene.agentSays("c1:1", "how can I help?", null));
    assertThat(scene.conversation().timers()).doesNotContainKey(Timer.AGENT_IDLE);
    assertThat(scene.last().entries().get(0).body().at("/channelData/baton/speaker").asText())
        .isEqualTo("agent");
  }

  @Test
  void theHubsOwnTextDoesNotCountAsTheAgentsAnswer() {
    Scene scene = new Scene().withAgent().on(Scene.agentSays("c1:1", "an agent comes", null));
    assertThat(scene.conversation().timers()).containsKey(Timer.AGENT_IDLE);
    assertThat(scene.last().entries().get(0).body().at("/channelData/baton/speaker").asText())
        .isEqualTo("system");
  }

  @Test
  void aTransferThatNobodyTakesUpDoesNotLeaveTheCustomerAlone() {
    Scene scene = new Scene().withAgent().on(Scene.agentSays("c1:1", "I transfer you", "Grace"));
    scene.on(new Event.HubTransferring("c1:1", "refunds"));
    assertThat(scene.told()).containsExactly("transferring");
    assertThat(scene.expire(Timer.AGENT_IDLE).told()).containsExactly("agent-idle");
  }

  @Test
  void aHubThatOpensAfterTheCustomerCancelledIsEndedAndNobodyIsCalled() {
    Scene scene = new Scene().asked().says("a").says("cancel");
    assertThat(scene.told()).containsExactly("cancelled");
    assertThat(scene.sent(Lane.HUB)).isEmpty();
    assertThat(scene.last().unheard()).isEqualTo(Decision.Unheard.MOVE_TO_BOT);
    scene.opened();
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
    assertThat(scene.sent(Lane.HUB)).containsExactly("end: CUSTOMER");
    assertThat(scene.told()).isEmpty();
  }

  @Test
  void aLateOpeningDoesNotEndTheNextHandoffInTheSameHubConversation() {
    Scene scene = new Scene().asked().says("cancel").asked();
    scene.on(new Event.HandoffOpened("c1:2", "acme", "one-for-all"));
    scene.on(new Event.HandoffOpened("c1:1", "acme", "one-for-all"));
    assertThat(scene.last().entries()).isEmpty();
    scene.on(new Event.HandoffOpened("c1:1", "acme", "of-the-first"));
    assertThat(scene.sent(Lane.HUB)).containsExactly("end: CUSTOMER");
    assertThat(scene.owner()).isEqualTo(Owner.PENDING);
  }

  @Test
  void aCustomerWhoLeavesIsEndedAtBotAndHubAndTheirLastWordsStillReachTheAgent() {
    Scene scene = new Scene().withAgent().says("bye").on(new Event.CustomerLeft(null));
    assertThat(scene.sent(Lane.HUB)).containsExactly("end: CUSTOMER");
    assertThat(scene.sent(Lane.BOT)).containsExactly("completed", "end");
    assertThat(scene.last().unheard()).isEqualTo(Decision.Unheard.KEEP);
    assertThat(scene.conversation().timers()).isEmpty();
    scene.hubEnds();
    assertThat(scene.statuses()).containsExactly("accepted", "completed");
    assertThat(scene.sent(Lane.CUSTOMER)).isEmpty();
  }

  @Test
  void aCustomerWhoLeavesBeforeTheHubHasOpenedLeavesNobodyWaiting() {
    Scene scene = new Scene().asked().says("hm").on(new Event.CustomerLeft(null));
    assertThat(scene.last().unheard()).isEqualTo(Decision.Unheard.DROP);
    assertThat(scene.sent(Lane.BOT)).containsExactly("failed", "end");
    assertThat(scene.opened().sent(Lane.HUB)).containsExactly("end: CUSTOMER");
    assertThat(scene.owner()).isEqualTo(Owner.ENDED);
  }

  @Test
  void aHandoffWorksInAConversationThatWasTakenUpAgain() {
    Scene scene = new Scene().withAgent().on(new Event.CustomerLeft(null)).says("one more thing");
    assertThat(scene.conversation().timers())
        .containsOnlyKeys(Timer.BOT_SILENT, Timer.CONVERSATION_IDLE);
    scene.asked().opened().joined("Ada");
    assertThat(scene.handoff().id()).isEqualTo("c1:2");
    assertThat(scene.owner()).isEqualTo(Owner.AGENT);
    scene.on(Scene.agentSays("c1:1", "about the old one", "Grace"));
    assertThat(scene.sent(Lane.CUSTOMER)).isEmpty();
  }

  @Test
  void aMessageThatTheHubWillNeverTakeIsReportedAndTheChatGoesOn() {
    Scene scene = new Scene().withAgent();
    scene.on(Scene.notDelivered(Scene.send("c1:1", "x"), "REFUSED"));
    assertThat(scene.told()).containsExactly("not-delivered");
    assertThat(scene.owner()).isEqualTo(Owner.AGENT);
  }

  @Test
  void aHubConversationThatIsGoneEndsTheHandoffWithoutAnotherEnd() {
    Scene scene = new Scene().withAgent();
    scene.on(Scene.notDelivered(Scene.send("c1:1", "x"), "GONE"));
    assertThat(scene.told()).containsExactly("completed");
    assertThat(scene.sent(Lane.HUB)).isEmpty();
    assertThat(scene.sent(Lane.BOT)).containsExactly("completed", "post: x");
  }

  @Test
  void aMessageThatFailsAfterItsHandoffFollowsTheCustomer() {
    Entry late = Scene.send("c1:1", "late");
    Scene bot = new Scene().withAgent().hubEnds();
    assertThat(bot.on(Scene.notDelivered(late, "GONE")).sent(Lane.BOT))
        .containsExactly("post: late");
    Scene next = new Scene().withAgent().hubEnds().asked();
    next.on(Scene.notDelivered(late, "GONE"));
    assertThat(next.sent(Lane.HUB)).containsExactly("send: late");
    assertThat(next.last().entries().get(0).body().path("handoffId").asText()).isEqualTo("c1:2");
  }

  @Test
  void aBrokenHubFailsTheHandoffAlsoWithAnAgent() {
    Scene scene = new Scene().withAgent().on(new Event.HubFailed("c1:1", "500", false, "broken"));
    assertThat(scene.told()).containsExactly("unreachable");
    assertThat(scene.sent(Lane.HUB)).containsExactly("end: BOT");
    assertThat(scene.statuses()).containsExactly("accepted", "failed");
    assertThat(scene.handoff().phase()).isEqualTo(Handoff.Phase.FAILED);
  }

  @Test
  void aBotThatCannotBeReachedIsAnnounced() {
    Scene scene = new Scene().says("hello");
    scene.on(Scene.notDelivered(scene.last().entries().get(1), "UNREACHABLE"));
    assertThat(scene.told()).containsExactly("bot-unavailable");
    assertThat(scene.conversation().timers()).doesNotContainKey(Timer.BOT_SILENT);
  }

  @Test
  void aStatusThatTheBotDoesNotTakeBreaksNothing() {
    Scene scene = new Scene().withAgent();
    Entry status =
        scene.last().entries().stream()
            .filter(e -> e.operation().equals("status"))
            .findFirst()
            .orElseThrow();
    scene.on(Scene.notDelivered(status, "REFUSED"));
    assertThat(scene.owner()).isEqualTo(Owner.AGENT);
    assertThat(scene.last().entries()).isEmpty();
  }

  @Test
  void theBotsEndDuringAHandoffDoesNotEndTheChat() {
    Scene scene = new Scene().withAgent().on(new Event.BotEnded(Activities.endOfConversation("x")));
    assertThat(scene.owner()).isEqualTo(Owner.AGENT);
    assertThat(scene.says("still there?").sent(Lane.HUB)).containsExactly("send: still there?");
  }

  @Test
  void anIdleConversationEndsWithATextAndACode() {
    Scene scene = new Scene().expire(Timer.CONVERSATION_IDLE);
    assertThat(scene.owner()).isEqualTo(Owner.ENDED);
    assertThat(scene.told()).containsExactly("conversation-idle");
    assertThat(scene.sent(Lane.BOT)).containsExactly("end");
  }

  @Test
  void theQueueIsToldAsFarAsTheHubKnowsIt() {
    Scene scene = new Scene().asked().opened();
    scene.on(new Event.HubQueued("c1:1", 2, 100, null));
    assertThat(text(scene)).isEqualTo("queue-position{position=2, minutes=2}");
    scene.on(new Event.HubQueued("c1:1", 0, 5, null));
    assertThat(text(scene)).isEqualTo("queue-position{minutes=1}");
    scene.on(new Event.HubQueued("c1:1", null, null, "Thank you for waiting"));
    assertThat(text(scene)).isEqualTo("Thank you for waiting");
    assertThat(scene.on(new Event.HubQueued("c1:1", -1, 0, " ")).last().entries()).isEmpty();
  }

  @Test
  void whatTheOtherSideSentIsCopiedNotChanged() {
    Event.HubSaid said =
        new Event.HubSaid(
            "c1:1",
            "m1",
            "see **this**",
            "Markdown",
            JsonNodeFactory.instance
                .arrayNode()
                .add(JsonNodeFactory.instance.objectNode().put("contentType", "image/png")),
            Scene.agent("Grace"));
    Scene scene = new Scene().withAgent().after(Duration.ofSeconds(1)).on(said);
    var activity = scene.last().entries().get(0).body();
    assertThat(activity.path("textFormat").asText()).isEqualTo("markdown");
    assertThat(activity.path("attachments"))
        .isEqualTo(said.attachments())
        .isNotSameAs(said.attachments());
    assertThat(activity.at("/from/name").asText()).isEqualTo("Grace");
    assertThat(activity.path("timestamp").asText()).isEqualTo("2026-01-01T00:00:01.000Z");
  }

  private static String text(Scene scene) {
    return scene.last().entries().get(0).body().path("text").asText();
  }
}
