package dev.baton.hub.genesys;

import static dev.baton.hub.genesys.GenesysRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.simulator.genesys.DisconnectType;
import dev.baton.simulator.genesys.GenesysAgent;
import dev.baton.simulator.genesys.GenesysConversation;
import dev.baton.simulator.genesys.GenesysFaultKind;
import dev.baton.simulator.genesys.GenesysFaults.Fault;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import dev.baton.simulator.genesys.InboundFlow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How Baton learns of agents and of the end: by the notification socket, and without it. */
class GenesysWatchTest {
  /** Long enough that nothing in these tests can come from a routine reading. */
  private static final Map<String, String> SOCKET_ONLY =
      Map.of("poll-interval", "10m", "check-interval", "10m", "heartbeat-timeout", "1s");

  private static GenesysRig rig;

  @BeforeAll
  static void start() {
    rig = new GenesysRig(options(), SOCKET_ONLY);
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @AfterEach
  void heal() {
    rig.genesys.faults().clear();
  }

  private static GenesysSimulatorOptions options() {
    return GenesysSimulatorOptions.quick().rate(100_000, Duration.ofMinutes(1));
  }

  /** Open, subscribed, and read after that. */
  private static GenesysConversation watched(GenesysRig at) {
    GenesysConversation conversation = at.opened();
    int readings = at.calls("conversation").size();
    soon().until(() -> subscribed(at, conversation));
    soon().until(() -> at.calls("conversation").size() > readings);
    return conversation;
  }

  private static boolean subscribed(GenesysRig at, GenesysConversation conversation) {
    return at.genesys
        .notifications()
        .subscribed("v2.detail.events.conversation." + conversation.id() + ".user.end");
  }

  private static GenesysConversation accepted(GenesysRig at) {
    GenesysConversation conversation = watched(at);
    at.genesys.agents().accept(conversation);
    soon().until(() -> at.events(conversation).contains("hub.accepted"));
    return conversation;
  }

  private static Object ended(GenesysRig at, GenesysConversation conversation, String field) {
    soon().until(() -> at.events(conversation).contains("hub.ended"));
    return at.appended(conversation).stream()
        .filter(append -> append.event().equals("hub.ended"))
        .findFirst()
        .orElseThrow()
        .body()
        .get(field);
  }

  @Test
  void anAcceptanceIsToldWithTheAgentsName() {
    GenesysConversation conversation = accepted(rig);
    assertThat(rig.appended(conversation).toString()).contains("name=Robin Field");
  }

  @Test
  void anAgentWhoIsAlertedFirstIsToldWhenTheyAccept() {
    GenesysConversation conversation = watched(rig);
    rig.genesys.agents().alert(conversation, GenesysAgent.SAM);
    rig.genesys.agents().accept(conversation, GenesysAgent.SAM); // no event tells of this
    soon().until(() -> rig.events(conversation).contains("hub.accepted"));
  }

  @ParameterizedTest
  @EnumSource(
      value = DisconnectType.class,
      names = {"CLIENT", "ERROR", "SYSTEM", "OTHER", "SPAM"})
  void theEndOfTheAgentsLegIsTheEnd(DisconnectType why) {
    GenesysConversation conversation = accepted(rig);
    rig.genesys.agents().leave(conversation, why);
    assertThat(ended(rig, conversation, "by"))
        .isEqualTo(why == DisconnectType.CLIENT ? "AGENT" : "SYSTEM");
    soon().until(() -> rig.records.find(GenesysRig.HUB, conversation.customerId()).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(
      value = DisconnectType.class,
      names = {
        "TRANSFER",
        "CONFERENCE_TRANSFER",
        "CONSULT_TRANSFER",
        "FORWARD_TRANSFER",
        "NO_ANSWER_TRANSFER",
        "NOT_AVAILABLE_TRANSFER",
        "DND_TRANSFER"
      })
  void aTransferIsNotTheEnd(DisconnectType how) {
    GenesysConversation conversation = accepted(rig);
    rig.genesys.agents().transfer(conversation, GenesysAgent.SAM, how);
    soon().until(() -> rig.events(conversation).size() == 2);
    assertThat(rig.events(conversation)).containsExactly("hub.accepted", "hub.accepted");
    rig.genesys.agents().leave(conversation);
    assertThat(ended(rig, conversation, "by")).isEqualTo("AGENT");
  }

  @Test
  void aFlowThatTurnsTheCustomerAwaySaysWhy() {
    GenesysConversation conversation = watched(rig);
    InboundFlow.turnAway(rig.genesys, conversation, Map.of("batonReason", "CLOSED"));
    soon().until(() -> rig.events(conversation).contains("hub.rejected"));
    assertThat(rig.appended(conversation).toString()).contains("reason=CLOSED");
  }

  @Test
  void theAgentsLastWordsComeBeforeTheEnd() {
    try (GenesysRig slow =
        new GenesysRig(
            options(),
            Map.of("end-settle", "400ms", "poll-interval", "10m", "check-interval", "10m"))) {
      GenesysConversation conversation = accepted(slow);
      slow.genesys.faults().arm(Fault.once(GenesysFaultKind.WEBHOOK_LATE).at("webhook"));
      slow.genesys.agents().say(conversation, "Bye");
      slow.genesys.agents().leave(conversation);
      slow.genesys.agents().flowSays(conversation, "Rate us"); // sets the late one free
      ended(slow, conversation, "by");
      assertThat(slow.events(conversation))
          .containsExactly("hub.accepted", "hub.message", "hub.message", "hub.ended");
    }
  }

  @Test
  void anEventThatComesTwiceIsToldOnce() {
    GenesysConversation conversation = watched(rig);
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.EVENT_TWICE).times(-1));
    rig.genesys.agents().accept(conversation);
    soon().until(() -> rig.events(conversation).contains("hub.accepted"));
    rig.genesys.agents().leave(conversation);
    ended(rig, conversation, "by");
    assertThat(rig.events(conversation)).containsExactly("hub.accepted", "hub.ended");
  }

  @Test
  void whatHappenedWhileTheSocketWasBrokenIsReadAfterwards() {
    GenesysConversation conversation = watched(rig);
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.SOCKET_DROP).at("socket"));
    rig.genesys.agents().accept(conversation); // its event is lost with the socket
    soon().until(() -> rig.events(conversation).contains("hub.accepted"));
    rig.genesys.agents().leave(conversation);
    ended(rig, conversation, "by");
  }

  @Test
  void anAnnouncedCloseIsFollowedByAnotherSocketBeforeIt() {
    GenesysConversation conversation = accepted(rig);
    int sockets = rig.genesys.notifications().socketsEver();
    int lost = rig.genesys.notifications().lost();
    rig.genesys.notifications().announceClose();
    soon().until(() -> rig.genesys.notifications().socketsEver() > sockets);
    rig.genesys.agents().leave(conversation);
    ended(rig, conversation, "by");
    assertThat(rig.genesys.notifications().lost()).isEqualTo(lost);
  }

  @Test
  void aSilentSocketIsPingedAndOpenedAgainWhenNothingAnswers() {
    try (GenesysRig silent =
        new GenesysRig(
            options().heartbeat(Duration.ofMinutes(5)),
            Map.of(
                "heartbeat-timeout", "150ms", "poll-interval", "10m", "check-interval", "10m"))) {
      GenesysConversation conversation = watched(silent);
      soon().until(() -> silent.genesys.notifications().sockets() == 1);
      soon()
          .during(Duration.ofMillis(400)) // pings are answered
          .until(() -> silent.genesys.notifications().socketsEver() == 1);
      silent.genesys.faults().arm(Fault.once(GenesysFaultKind.NO_HEARTBEAT).at("socket").times(-1));
      soon().until(() -> silent.genesys.notifications().socketsEver() > 1);
      silent.genesys.faults().clear();
      silent.genesys.agents().accept(conversation);
      soon().until(() -> silent.events(conversation).contains("hub.accepted"));
    }
  }

  @Test
  void aSocketThatBreaksIsOpenedAgain() {
    int sockets = rig.genesys.notifications().socketsEver();
    watched(rig);
    rig.genesys.notifications().dropSockets();
    soon().until(() -> rig.genesys.notifications().socketsEver() > sockets);
    soon().until(() -> rig.genesys.notifications().sockets() == 1);
  }

  @Test
  void topicsAreSubscribedAgainBeforeTheChannelEnds() {
    try (GenesysRig young =
        new GenesysRig(
            options().channelLife(Duration.ofMillis(900)),
            Map.of(
                "renew-after", "200ms",
                "heartbeat-timeout", "300ms",
                "poll-interval", "10m",
                "check-interval", "10m"))) {
      GenesysConversation conversation = watched(young);
      int puts = puts(young);
      soon().until(() -> puts(young) >= puts + 6); // well beyond the life of the channel
      assertThat(young.genesys.notifications().channels()).isEqualTo(1);
      assertThat(young.genesys.notifications().socketsEver()).isEqualTo(1);
      young.genesys.agents().accept(conversation);
      soon().until(() -> young.events(conversation).contains("hub.accepted"));
    }
  }

  private static int puts(GenesysRig at) {
    return (int)
        at.calls("subscriptions").stream().filter(call -> call.method().equals("PUT")).count();
  }

  @Test
  void noChannelHasMoreTopicsThanItMay() {
    try (GenesysRig full =
        new GenesysRig(
            options().maxTopics(7),
            Map.of("max-topics", "7", "poll-interval", "10m", "check-interval", "10m"))) {
      List<GenesysConversation> all = IntStream.range(0, 5).mapToObj(i -> watched(full)).toList();
      soon().until(() -> full.genesys.notifications().sockets() == 3); // two conversations each
      all.forEach(conversation -> full.genesys.agents().accept(conversation));
      all.forEach(
          conversation -> soon().until(() -> full.events(conversation).contains("hub.accepted")));
    }
  }

  @Test
  void topicsOfEndedConversationsMakeRoomForOthers() {
    try (GenesysRig busy =
        new GenesysRig(
            options().maxTopics(7),
            Map.of("max-topics", "7", "poll-interval", "10m", "check-interval", "10m"))) {
      for (int i = 0; i < 5; i++) {
        GenesysConversation conversation = accepted(busy);
        busy.genesys.agents().leave(conversation);
        ended(busy, conversation, "by");
        soon().until(() -> busy.records.find(GenesysRig.HUB, conversation.customerId()).isEmpty());
      }
      assertThat(busy.genesys.notifications().channels()).isEqualTo(1);
    }
  }

  @Test
  void aChannelThatIsGoneIsReplacedByAnother() {
    GenesysConversation conversation;
    try (GenesysRig own = new GenesysRig(options(), SOCKET_ONLY)) {
      own.genesys.faults().arm(Fault.once(GenesysFaultKind.CHANNEL_GONE).at("socket"));
      conversation = own.opened();
      soon().until(() -> own.genesys.notifications().sockets() == 1);
      soon().until(() -> subscribed(own, conversation));
      own.genesys.agents().accept(conversation);
      soon().until(() -> own.events(conversation).contains("hub.accepted"));
    }
  }

  @Test
  void withoutNotificationsAConversationIsReadAgainAndAgain() {
    try (GenesysRig polling =
        new GenesysRig(options(), Map.of("notifications", "poll", "poll-interval", "50ms"))) {
      GenesysConversation conversation = polling.opened();
      polling.genesys.agents().accept(conversation);
      soon().until(() -> polling.events(conversation).contains("hub.accepted"));
      polling.genesys.agents().leave(conversation);
      ended(polling, conversation, "by");
      assertThat(polling.genesys.notifications().channels()).isZero();
      int readings = polling.calls("conversation").size();
      GenesysConversation other = polling.opened();
      soon().until(() -> polling.calls("conversation").size() > readings + 3);
      assertThat(polling.calls("conversation").stream().skip(readings))
          .as("what is over is not read any more")
          .allMatch(call -> call.path().endsWith(other.id()));
    }
  }

  @Test
  void whileNoSocketCanBeHadConversationsAreRead() {
    try (GenesysRig blind =
        new GenesysRig(options(), Map.of("poll-interval", "50ms", "check-interval", "10m"))) {
      blind.genesys.faults().arm(Fault.once(GenesysFaultKind.FORBIDDEN).at("channels").times(-1));
      GenesysConversation conversation = blind.opened();
      blind.genesys.agents().accept(conversation);
      soon().until(() -> blind.events(conversation).contains("hub.accepted"));
    }
  }

  @Test
  void openConversationsAreWatchedAgainAfterAStandby() {
    try (GenesysRig node = new GenesysRig(options(), SOCKET_ONLY)) {
      GenesysConversation conversation = watched(node);
      node.parts.rest();
      soon().until(() -> node.genesys.notifications().sockets() == 0);
      node.genesys.agents().accept(conversation);
      assertThat(node.events(conversation)).isEmpty();
      node.parts.resume();
      soon().until(() -> node.events(conversation).contains("hub.accepted"));
      soon().until(() -> node.genesys.notifications().sockets() == 1);
      node.genesys.agents().leave(conversation);
      ended(node, conversation, "by");
    }
  }

  @Test
  void aMessageThatComesBeforeTheStoreWasReadIsTheAgentsToo() {
    try (GenesysRig node = new GenesysRig(options(), SOCKET_ONLY)) {
      GenesysConversation conversation = accepted(node);
      node.parts.rest(); // as while Baton starts
      assertThat(GenesysRig.get(node.genesys.agents().say(conversation, "still me")))
          .isEqualTo(200);
      assertThat(
              node.appended(conversation).stream()
                  .filter(append -> append.event().equals("hub.message"))
                  .findFirst()
                  .orElseThrow()
                  .body()
                  .get("agent"))
          .isNotNull();
    }
  }

  @Test
  void aReadingThatFailsIsRepeated() {
    GenesysConversation conversation = watched(rig);
    rig.genesys.faults().arm(Fault.once(GenesysFaultKind.SERVER_ERROR).at("conversation"));
    rig.genesys.agents().accept(conversation);
    soon().until(() -> rig.events(conversation).contains("hub.accepted"));
  }
}
