package dev.baton.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of a conversation, one after the other; docs/conversation.md numbers them. */
class RulesTest {

  @Test
  void rule1ThereIsOneOwnerFromFirstContactToTheEnd() {
    Scene scene = new Scene();
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
    assertThat(scene.asked().owner()).isEqualTo(Owner.PENDING);
    assertThat(scene.opened().owner()).isEqualTo(Owner.PENDING);
    assertThat(scene.joined("Grace").owner()).isEqualTo(Owner.AGENT);
    assertThat(scene.on(new Event.HubAgentLeft("c1:1", null)).owner()).isEqualTo(Owner.PENDING);
    assertThat(scene.joined("Ada").owner()).isEqualTo(Owner.AGENT);
    assertThat(scene.hubEnds().owner()).isEqualTo(Owner.BOT);
    assertThat(scene.on(new Event.CustomerLeft(null)).owner()).isEqualTo(Owner.ENDED);
  }

  @Test
  void rule1WhatTheCustomerWritesGoesToTheOwnerAlone() {
    Scene scene = new Scene();
    assertThat(scene.says("a").sent(Lane.BOT)).containsExactly("post: a");
    assertThat(scene.sent(Lane.HUB)).isEmpty();
    assertThat(scene.asked().says("b").sent(Lane.HUB)).containsExactly("send: b");
    assertThat(scene.sent(Lane.BOT)).isEmpty();
    assertThat(scene.opened().joined("Grace").says("c").sent(Lane.HUB)).containsExactly("send: c");
    assertThat(scene.hubEnds().says("d").sent(Lane.BOT)).containsExactly("post: d");
  }

  @Test
  void rule1TheBotIsSilentWhileAHumanHasTheConversation() {
    Scene scene = new Scene().asked().opened().after(Duration.ofSeconds(4));
    assertThat(scene.on(Scene.bot("still here", null)).sent(Lane.CUSTOMER)).isEmpty();
    assertThat(scene.joined("Grace").on(Scene.bot("me too", null)).sent(Lane.CUSTOMER)).isEmpty();
    assertThat(scene.last().note()).contains("silent");
  }

  @Test
  void rule1TheBotsWordsOfTheTurnThatAskedForAHumanStillArrive() {
    Scene scene = new Scene().asked();
    String turn = scene.handoff().replyToId();
    assertThat(scene.on(Scene.bot("one moment", null)).sent(Lane.CUSTOMER)).hasSize(1);
    scene.opened().joined("Grace").after(Duration.ofMinutes(1));
    assertThat(scene.on(Scene.bot("I connect you", turn)).sent(Lane.CUSTOMER)).hasSize(1);
    assertThat(scene.on(Scene.bot("something else", "other")).sent(Lane.CUSTOMER)).isEmpty();
  }

  @Test
  void rule2AHandoffHasOneKeyAndIsOpenedOnce() {
    Scene scene = new Scene().asked();
    assertThat(scene.sent(Lane.HUB)).containsExactly("open: c1:1");
    scene.opened().opened();
    assertThat(scene.toldInAll()).containsExactly("queued");
    assertThat(scene.last().note()).isEqualTo("has opened already");
  }

  @Test
  void rule2ASecondOpeningOfTheSameHandoffIsEndedAtItsHub() {
    Scene scene = new Scene().withAgent();
    scene.on(new Event.HandoffOpened("c1:1", "other", "x-9"));
    assertThat(scene.handoff().hubConversationId()).isEqualTo("h-1");
    assertThat(scene.last().entries()).hasSize(1);
    assertThat(scene.last().entries().get(0).body().path("hubConversationId").asText())
        .isEqualTo("x-9");
  }

  @Test
  void rule3ASecondRequestIsIgnoredWhilePendingOrActiveAndANewOneAfterwardsWorks() {
    Scene scene = new Scene().asked();
    assertThat(scene.on(Scene.requested("twice")).last().entries()).isEmpty();
    scene.opened().joined("Grace");
    assertThat(scene.on(Scene.requested("thrice")).last().entries()).isEmpty();
    assertThat(scene.last().note()).contains("under way");
    scene.hubEnds();
    assertThat(scene.asked().sent(Lane.HUB)).containsExactly("open: c1:2");
    scene.opened().joined("Ada").hubEnds();
    assertThat(scene.statuses()).containsExactly("accepted", "completed", "accepted", "completed");
  }

  @Test
  void rule4WhatIsTypedWhileTheHubOpensStandsBehindTheOpening() {
    Scene scene =
        new Scene().asked().says("a").says("b").opened().says("c").joined("Grace").says("d");
    assertThat(scene.sentInAll(Lane.HUB))
        .containsExactly("open: c1:1", "send: a", "send: b", "send: c", "send: d");
  }

  @Test
  void rules5And6TheBotsRequestReachesTheOpeningWhole() {
    Event.HandoffRequested request = Scene.requested("e1");
    Scene scene = new Scene().on(request);
    assertThat(scene.last().entries().get(0).body().get("activity")).isEqualTo(request.activity());
  }

  @Test
  void rule7RepeatedCallbacksHaveOneEffect() {
    Scene scene = new Scene().withAgent().joined("Grace").joined("Grace");
    assertThat(scene.toldInAll()).containsExactly("queued", "agent-joined");
    scene.hubEnds().hubEnds().hubEnds();
    assertThat(scene.statuses()).containsExactly("accepted", "completed");
    assertThat(scene.toldInAll()).containsExactly("queued", "agent-joined", "completed");
  }

  @Test
  void rule8CallbacksThatOvertakeTheAnswerOfTheOpeningAreNotLost() {
    Scene scene = new Scene().asked().joined("Grace");
    scene.on(Scene.agentSays("c1:1", "hello", "Grace")).opened();
    assertThat(scene.owner()).isEqualTo(Owner.AGENT);
    assertThat(scene.toldInAll()).containsExactly("agent-joined");
    assertThat(scene.handoff().hubConversationId()).isEqualTo("h-1");
  }

  @Test
  void rule9TheCustomersOwnWordsComeBackOnceAndMarkedAsTheirs() {
    Scene scene = new Scene().says("hello");
    List<Entry> stream =
        scene.last().entries().stream().filter(e -> e.lane() == Lane.CUSTOMER).toList();
    assertThat(stream).hasSize(1);
    assertThat(stream.get(0).body().at("/from/role").asText()).isEqualTo("user");
    assertThat(stream.get(0).body().at("/channelData/clientActivityID").asText()).isEqualTo("k1");
    Entry post = scene.last().entries().get(1);
    assertThat(post.body().at("/channelData/baton/id")).isEqualTo(stream.get(0).body().get("id"));
  }

  @Test
  void rule10AfterTheEndOnlyTheHubsOwnTextsArriveAndOnlyForAWhile() {
    Scene scene = new Scene().withAgent().hubEnds().after(Duration.ofSeconds(30));
    assertThat(scene.on(Scene.agentSays("c1:1", "bye", "Grace")).sent(Lane.CUSTOMER)).isEmpty();
    assertThat(scene.last().note()).contains("after the handoff had ended");
    assertThat(scene.on(Scene.agentSays("c1:1", "survey", null)).sent(Lane.CUSTOMER)).hasSize(1);
    scene.on(new Event.HubEnded("c1:1", "SYSTEM", null, "https://example.com/survey"));
    assertThat(scene.told()).containsExactly("survey");
    scene.after(Duration.ofSeconds(31));
    assertThat(scene.on(Scene.agentSays("c1:1", "late", null)).sent(Lane.CUSTOMER)).isEmpty();
    assertThat(scene.says("thanks").sent(Lane.BOT)).containsExactly("post: thanks");
  }

  @Test
  void rule11NoAgentInTimeGivesTheBotBackWithAText() {
    Scene scene = new Scene().asked().opened().expire(Timer.ASSIGNMENT);
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
    assertThat(scene.told()).containsExactly("assignment-timeout");
    assertThat(scene.sent(Lane.HUB)).containsExactly("end: TIMEOUT");
    assertThat(scene.sent(Lane.BOT)).containsExactly("failed");
  }

  @Test
  void rule11ASilentCustomerGivesTheBotBackWithAText() {
    Scene scene = new Scene().withAgent().on(Scene.agentSays("c1:1", "hi", "Grace"));
    assertThat(scene.expire(Timer.CUSTOMER_IDLE).told()).containsExactly("customer-idle");
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
    assertThat(scene.sent(Lane.HUB)).containsExactly("end: TIMEOUT");
    assertThat(scene.sent(Lane.BOT)).containsExactly("completed");
  }

  @Test
  void rule11ACustomerWhoWaitsQuietlyIsNotSentAway() {
    Scene scene = new Scene().asked().opened();
    assertThat(scene.conversation().timers()).doesNotContainKey(Timer.CUSTOMER_IDLE);
    scene.joined("Grace").on(new Event.HubAgentLeft("c1:1", null));
    assertThat(scene.conversation().timers())
        .doesNotContainKeys(Timer.CUSTOMER_IDLE, Timer.AGENT_IDLE)
        .containsKey(Timer.ASSIGNMENT);
  }

  @Test
  void rule11ASilentAgentGivesTheBotBackWithAText() {
    Scene scene = new Scene().withAgent().on(Scene.agentSays("c1:1", "hi", "Grace"));
    assertThat(scene.conversation().timers()).doesNotContainKey(Timer.AGENT_IDLE);
    scene.says("hello?").after(Duration.ofMinutes(10)).says("anyone?");
    assertThat(scene.conversation().timers().get(Timer.AGENT_IDLE))
        .isEqualTo(scene.now().plus(Duration.ofMinutes(5)));
    assertThat(scene.expire(Timer.AGENT_IDLE).told()).containsExactly("agent-idle");
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
  }

  @Test
  void rule11ASilentBotIsAnnouncedHoweverOftenTheCustomerAsks() {
    Scene scene = new Scene().says("a").after(Duration.ofSeconds(40)).says("b");
    assertThat(scene.conversation().timers().get(Timer.BOT_SILENT))
        .isEqualTo(scene.now().plusSeconds(20));
    assertThat(scene.expire(Timer.BOT_SILENT).told()).containsExactly("bot-silent");
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
    scene.says("c").on(Scene.bot("here", null));
    assertThat(scene.conversation().timers()).doesNotContainKey(Timer.BOT_SILENT);
  }

  @Test
  void rule11AHubOutOfReachGivesTheBotBackWithATextAndTheBotHearsWhatNobodyHeard() {
    Scene scene = new Scene().asked().opened().says("a");
    Entry send = scene.last().entries().get(1);
    scene.on(Scene.notDelivered(send, "UNREACHABLE"));
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
    assertThat(scene.told()).containsExactly("unreachable");
    assertThat(scene.sent(Lane.HUB)).containsExactly("end: BOT");
    assertThat(scene.sent(Lane.BOT)).containsExactly("failed", "post: a");
    assertThat(scene.last().unheard()).isEqualTo(Decision.Unheard.MOVE_TO_BOT);
    assertThat(scene.conversation().timers()).containsKey(Timer.BOT_SILENT);
  }

  @Test
  void rule11ATimeoutThatIsNotDueAnyMoreDoesNothing() {
    Scene scene = new Scene().asked().opened().joined("Grace");
    scene.after(Duration.ofMinutes(6)).on(new Event.TimerFired(Timer.ASSIGNMENT));
    assertThat(scene.owner()).isEqualTo(Owner.AGENT);
    assertThat(scene.last().entries()).isEmpty();
  }

  @Test
  void rule11TimeoutsOfZeroAreOff() {
    Policy d = Policy.defaults();
    Policy off =
        new Policy(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            d.grace(),
            d.settle(),
            true,
            d.cancelWords());
    Scene scene =
        new Scene(off, Scene.SPEAKING).says("a").asked().opened().joined("Grace").says("b");
    assertThat(scene.conversation().timers()).isEmpty();
    assertThat(scene.conversation().nextDue()).isNull();
  }

  @Test
  void rule16AChannelThatBringsItsOwnHumansGetsTheBotsRequestAndTheConversationEnds() {
    Scene scene = escalating().says("a human please").asked();

    assertThat(scene.owner()).isEqualTo(Owner.ENDED);
    assertThat(scene.handoff().phase()).isEqualTo(Handoff.Phase.ESCALATED);
    assertThat(scene.sent(Lane.HUB)).isEmpty();
    assertThat(scene.statuses()).isEmpty();
    Entry request = scene.last().entries().get(0);
    assertThat(request.lane()).isEqualTo(Lane.CUSTOMER);
    assertThat(request.body().path("name").asText()).isEqualTo("handoff.initiate");
    assertThat(request.body().at("/channelData/baton/handoff").asText()).isEqualTo("c1:1");
  }

  @Test
  void rule16TheRestOfTheBotsTurnStillCountsAndThenItsConversationIsEnded() {
    Scene scene = escalating().says("a human please").asked();

    scene.after(Duration.ofSeconds(1)).on(Scene.bot("a colleague will be with you", null));
    assertThat(scene.sent(Lane.CUSTOMER)).containsExactly("activity: a colleague will be with you");
    scene.expire(Timer.SETTLE);
    assertThat(scene.sent(Lane.BOT)).containsExactly("end");
    scene.after(Duration.ofSeconds(10)).on(Scene.bot("still there?", null));
    assertThat(scene.last().entries()).isEmpty();
  }

  @Test
  void rule16WhoWritesAgainAfterwardsTalksToTheBotAnew() {
    Scene scene = escalating().says("a human please").asked().says("one more thing");

    assertThat(scene.owner()).isEqualTo(Owner.BOT);
    assertThat(scene.sent(Lane.BOT)).containsExactly("start", "post: one more thing");
    assertThat(scene.conversation().timers()).doesNotContainKey(Timer.SETTLE);
    assertThat(scene.asked().handoffId()).isEqualTo("c1:2");
  }

  @Test
  void rule16AConversationOfSuchAChannelRestsAsLongAsTheChannelMayLetIt() {
    Scene scene = escalating().says("hello");

    assertThat(scene.conversation().timers().get(Timer.CONVERSATION_IDLE))
        .isEqualTo(scene.now().plus(Duration.ofDays(3)));
  }

  private static Scene escalating() {
    return new Scene(
        Scene.policy(Policy.defaults(), true).escalating(Map.of("directline", Duration.ofDays(3))),
        Scene.SPEAKING);
  }

  @Test
  void rule12TheBotIsToldThatTheHumanPartIsOverBeforeItHearsTheCustomerAgain() {
    Scene scene = new Scene().withAgent().hubEnds().says("and now?");
    assertThat(scene.sentInAll(Lane.BOT))
        .containsExactly("start", "accepted", "completed", "post: and now?");
    scene.on(Scene.bot("welcome back", null));
    assertThat(scene.sent(Lane.CUSTOMER)).containsExactly("activity: welcome back");
  }

  @Test
  void rule12ACustomerWhoWritesAfterTheEndStartsAfreshFromTheOldConversation() {
    Scene scene = new Scene().on(new Event.AdministratorEnded(null)).says("hello again");
    assertThat(scene.owner()).isEqualTo(Owner.BOT);
    assertThat(scene.sent(Lane.BOT)).containsExactly("start", "post: hello again");
    Entry start = scene.last().entries().get(1);
    assertThat(start.body().at("/context/resumedFrom").asText()).isEqualTo("c1");
    assertThat(start.body().path("fresh").asBoolean()).isTrue();
  }

  @Test
  void rule13ARefusalKeepsTheCustomerWithTheBotAndSaysWhy() {
    for (String reason : List.of("CLOSED", "NO_AGENT", "REFUSED", "UNREACHABLE")) {
      Scene scene = new Scene().asked().on(new Event.HandoffRefused("c1:1", reason, null));
      assertThat(scene.told())
          .containsExactly(reason.toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
      assertThat(scene.sent(Lane.BOT)).containsExactly("failed");
      assertThat(scene.owner()).isEqualTo(Owner.BOT);
    }
    Scene none = new Scene().asked().on(new Event.HandoffRefused("c1:1", "NO_HUB", null));
    assertThat(none.told()).containsExactly("refused");
  }

  @Test
  void rule13AnOpeningThatIsGivenUpKeepsTheCustomerWithTheBot() {
    Scene scene = new Scene().asked();
    Entry open = scene.last().entries().get(0);
    scene.says("hello?").on(Scene.notDelivered(open, "UNREACHABLE"));
    assertThat(scene.told()).containsExactly("unreachable");
    assertThat(scene.sent(Lane.BOT)).containsExactly("failed");
    assertThat(scene.last().unheard()).isEqualTo(Decision.Unheard.MOVE_TO_BOT);
    assertThat(scene.handoff().phase()).isEqualTo(Handoff.Phase.FAILED);
  }

  @Test
  void rule14ADecisionDependsOnNothingButStateEventAndTime() {
    Scene scene = new Scene().withAgent();
    Conversation stored = StateJson.copy(scene.conversation(), Conversation.class);
    Event event = Scene.agentSays("c1:1", "hi", "Grace");
    Rules another = new Rules(scene.policy(), Scene.SPEAKING);
    assertThat(another.decide(stored, Scene.ID, event, scene.now()))
        .isEqualTo(scene.rules().decide(scene.conversation(), Scene.ID, event, scene.now()));
  }

  @Test
  void rule15WhatHasNoEffectSaysWhy() {
    Scene scene = new Scene();
    assertThat(scene.hubEnds().last().note()).isEqualTo("had ended already");
    assertThat(scene.joined("Grace").last().note()).isEqualTo("handoff c1:1 is not open");
    assertThat(scene.on(Scene.started()).last().note()).isEqualTo("started already");
  }
}
