package dev.baton.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens, in whatever order and however late: the laws hold. */
class AnyConversationTest {
  private static final String[] KINDS = {
    "says",
    "says",
    "says",
    "cancel",
    "join",
    "left",
    "bot",
    "bot",
    "botTurn",
    "botEnded",
    "request",
    "request",
    "request",
    "offered",
    "offered",
    "choose",
    "choose",
    "opened",
    "opened",
    "opened",
    "refused",
    "queued",
    "accepted",
    "accepted",
    "message",
    "message",
    "system",
    "empty",
    "transferring",
    "agentLeft",
    "rejected",
    "ended",
    "error",
    "retryable",
    "lost",
    "timer",
    "timer",
    "admin",
    "start"
  };
  private static final String[] AGENTS = {"Grace", "Ada", null};
  private static final String[] REASONS = {"UNREACHABLE", "REFUSED", "GONE"};

  /**
   * @param which of several: the agent, the reason, the time-out
   * @param old whether a handoff other than the latest is meant
   */
  record Move(String kind, int which, int seconds, boolean old) {}

  @Property(tries = 400)
  void theLawsHold(@ForAll("moves") List<Move> moves, @ForAll("policies") Policy policy) {
    Scene scene = new Scene(policy, Scene.SPEAKING);
    Map<String, List<String>> statuses = new HashMap<>();
    for (Move move : moves) {
      scene.after(Duration.ofSeconds(move.seconds()));
      Conversation before = scene.conversation();
      Event event = event(move, scene);
      scene.on(event);
      Laws.check(before, event, scene.last(), scene.now(), policy);
      if (before.handoff() != null) {
        statuses
            .computeIfAbsent(before.handoff().id(), id -> new ArrayList<>())
            .addAll(Scene.statuses(scene.last().entries()));
      }
    }
    statuses.values().forEach(AnyConversationTest::oneOfEach);
  }

  private static void oneOfEach(List<String> ofOneHandoff) {
    assertThat(ofOneHandoff.stream().filter("accepted"::equals)).hasSizeLessThanOrEqualTo(1);
    assertThat(ofOneHandoff.stream().filter(s -> !s.equals("accepted")))
        .hasSizeLessThanOrEqualTo(1);
    if (ofOneHandoff.contains("completed")) {
      assertThat(ofOneHandoff).containsExactly("accepted", "completed");
    }
  }

  @Property(tries = 150)
  void theSameInputGivesTheSameAndIsLeftAsItWas(@ForAll("moves") List<Move> moves) {
    Scene scene = new Scene();
    for (Move move : moves) {
      scene.after(Duration.ofSeconds(move.seconds()));
      Conversation before = scene.conversation();
      Event event = event(move, scene);
      JsonNode eventBefore = StateJson.tree(event);
      JsonNode stateBefore = StateJson.tree(before);
      scene.on(event);
      Decision again = scene.rules().decide(before, Scene.ID, event, scene.now());
      assertThat(again).isEqualTo(scene.last());
      assertThat(StateJson.tree(event)).isEqualTo(eventBefore);
      assertThat(StateJson.tree(before)).isEqualTo(stateBefore);
    }
  }

  @Property(tries = 150)
  void statesAndEventsSurviveJson(@ForAll("moves") List<Move> moves) {
    Scene scene = new Scene();
    for (Move move : moves) {
      scene.after(Duration.ofSeconds(move.seconds()).plusNanos(move.which() * 1_234_567L));
      Event event = event(move, scene);
      assertThat(StateJson.copy(event, Event.class)).isEqualTo(event);
      scene.on(event);
      assertThat(StateJson.copy(scene.conversation(), Conversation.class))
          .isEqualTo(scene.conversation());
    }
  }

  @Property(tries = 150)
  void silencedTextsChangeNothingElse(@ForAll("moves") List<Move> moves) {
    Scene speaking = new Scene();
    Scene silent = new Scene(speaking.policy(), Scene.SILENT);
    for (Move move : moves) {
      speaking.after(Duration.ofSeconds(move.seconds()));
      silent.after(Duration.ofSeconds(move.seconds()));
      // Stream ids differ by the texts left out, so each scene makes its own event.
      speaking.on(event(move, speaking));
      silent.on(event(move, silent));
      assertThat(silent.owner()).isEqualTo(speaking.owner());
      assertThat(silent.conversation().timers()).isEqualTo(speaking.conversation().timers());
      assertThat(silent.handoff()).isEqualTo(speaking.handoff());
      assertThat(silent.told()).isEmpty();
      assertThat(silent.sent(Lane.BOT)).isEqualTo(speaking.sent(Lane.BOT));
      assertThat(silent.sent(Lane.HUB)).isEqualTo(speaking.sent(Lane.HUB));
    }
  }

  /** Firing what is due, as it falls due, leads out of every handoff. */
  @Property(tries = 150)
  void nobodyWaitsForEver(@ForAll("moves") List<Move> moves) {
    Scene scene = new Scene();
    moves.forEach(m -> scene.after(Duration.ofSeconds(m.seconds())).on(event(m, scene)));
    for (int fired = 0; fired < 20 && scene.owner() != Owner.ENDED; fired++) {
      Instant due = scene.conversation().nextDue();
      assertThat(due).as("a time-out runs while anybody has the conversation").isNotNull();
      Timer next =
          scene.conversation().timers().entrySet().stream()
              .filter(t -> t.getValue().equals(due))
              .findFirst()
              .orElseThrow()
              .getKey();
      if (due.isAfter(scene.now())) {
        scene.after(Duration.between(scene.now(), due));
      }
      scene.on(new Event.TimerFired(next));
    }
    assertThat(scene.owner()).isEqualTo(Owner.ENDED);
  }

  private static Event event(Move move, Scene scene) {
    String h =
        move.old() ? Scene.ID + ":" + scene.conversation().handoffs() / 2 : scene.handoffId();
    Agent agent = Scene.agent(AGENTS[move.which() % AGENTS.length]);
    return switch (move.kind()) {
      case "says" -> new Event.CustomerSaid(Scene.message("hello " + move.which()));
      case "cancel" -> new Event.CustomerSaid(Scene.message("cancel"));
      case "join" -> new Event.CustomerSaid(Scene.event("webchat/join"));
      case "left" -> new Event.CustomerLeft(null);
      case "bot" -> Scene.bot("words", null);
      case "botTurn" ->
          Scene.bot("words", scene.handoff() == null ? "?" : scene.handoff().replyToId());
      case "botEnded" -> new Event.BotEnded(Activities.endOfConversation("done"));
      case "request" -> Scene.requested("request-" + move.which());
      case "offered" -> Scene.offer(h, move.which() % 2 == 0, move.which() > 6 ? null : "VPN");
      case "choose" -> new Event.CustomerSaid(Scene.message(move.which() > 4 ? "IT" : "2"));
      case "opened" -> new Event.HandoffOpened(h, "acme", "h-" + move.which() % 2);
      case "refused" -> new Event.HandoffRefused(h, REASONS[move.which() % 3], null);
      case "queued" -> new Event.HubQueued(h, move.which() - 1, move.seconds(), null);
      case "accepted" -> new Event.HubAccepted(h, agent);
      case "message" -> Scene.agentSays(h, "hi", AGENTS[move.which() % 2]);
      case "system" -> Scene.agentSays(h, "hi", null);
      case "empty" -> new Event.HubSaid(h, null, " ", null, null, agent);
      case "transferring" -> new Event.HubTransferring(h, null);
      case "agentLeft" -> new Event.HubAgentLeft(h, agent);
      case "rejected" -> new Event.HubRejected(h, REASONS[move.which() % 3], "no");
      case "ended" -> new Event.HubEnded(h, "AGENT", null, move.which() == 0 ? "https://s" : null);
      case "error" -> new Event.HubFailed(h, "500", false, null);
      case "retryable" -> new Event.HubFailed(h, "429", true, null);
      case "lost" -> lost(move, scene);
      case "timer" -> new Event.TimerFired(Timer.values()[move.which() % Timer.values().length]);
      case "admin" -> new Event.AdministratorEnded(null);
      case "start" -> Scene.started();
      default -> throw new IllegalArgumentException(move.kind());
    };
  }

  /** Whatever was sent to the bot or the hub may turn out undeliverable. */
  private static Event lost(Move move, Scene scene) {
    List<Entry> entries = scene.entries().stream().filter(e -> e.lane() != Lane.CUSTOMER).toList();
    Entry entry =
        move.old()
            ? new Entry(Lane.HUB, "end", JsonNodeFactory.instance.objectNode())
            : entries.get(Math.max(0, entries.size() - 1 - move.which()));
    return Scene.notDelivered(entry, REASONS[move.which() % 3]);
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    return Combinators.combine(
            Arbitraries.of(KINDS),
            Arbitraries.integers().between(0, 9),
            Arbitraries.of(0, 0, 1, 2, 5, 61, 400, 2000, 100_000),
            Arbitraries.of(false, false, false, false, true))
        .as(Move::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(50);
  }

  @Provide
  Arbitrary<Policy> policies() {
    Policy d = Scene.policy(Policy.defaults(), true);
    Policy off =
        new Policy(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            true,
            d.cancelWords());
    return Arbitraries.of(
        d,
        Scene.policy(Policy.defaults(), false),
        off,
        d.escalating(Map.of("directline", Duration.ofDays(3))),
        off.escalating(Map.of("directline", Duration.ZERO)));
  }
}
