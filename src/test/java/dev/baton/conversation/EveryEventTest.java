package dev.baton.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The state machine as one table: every event in every state. */
class EveryEventTest {
  private static final List<String> STATES =
      List.of("BOT", "REQUESTED", "OFFERED", "DESCRIBING", "QUEUED", "AGENT", "ENDED");

  /** Who owns the conversation afterwards; {@code .} means that nobody new does. */
  static final String TABLE =
      """
      event                        BOT      REQUESTED  OFFERED  DESCRIBING  QUEUED   AGENT    ENDED
      customer.started             .        .          .        .           .        .        .
      customer.said                .        .          BOT      .           .        .        BOT
      customer.said/cancel         .        BOT        BOT      BOT         BOT      .        BOT
      customer.said/choice         .        .          .        .           .        .        BOT
      customer.said/event          .        .          .        .           .        .        BOT
      customer.left                ENDED    ENDED      ENDED    ENDED       ENDED    ENDED    .
      bot.said                     .        .          .        .           .        .        .
      bot.ended                    ENDED    .          .        .           .        .        .
      handoff.requested            PENDING  .          .        .           .        .        .
      handoff.offered              .        .          .        .           .        .        .
      handoff.opened               .        .          .        .           .        .        .
      handoff.refused              .        BOT        .        .           .        .        .
      hub.queued                   .        .          .        .           .        .        .
      hub.accepted                 .        AGENT      AGENT    AGENT       AGENT    .        .
      hub.message                  .        AGENT      AGENT    AGENT       AGENT    .        .
      hub.message/system           .        .          .        .           .        .        .
      hub.transferring             .        .          .        .           .        .        .
      hub.agentLeft                .        .          .        .           .        PENDING  .
      hub.receipt                  .        .          .        .           .        .        .
      hub.rejected                 .        BOT        BOT      BOT         BOT      .        .
      hub.ended                    .        BOT        BOT      BOT         BOT      BOT      .
      hub.error                    .        BOT        BOT      BOT         BOT      BOT      .
      hub.error/retryable          .        .          .        .           .        .        .
      delivery.failed/open         .        BOT        BOT      BOT         .        .        .
      delivery.failed/send         .        BOT        BOT      BOT         BOT      BOT      .
      delivery.failed/send-gone    .        BOT        BOT      BOT         BOT      BOT      .
      delivery.failed/send-refused .        .          .        .           .        .        .
      delivery.failed/end          .        .          .        .           .        .        .
      delivery.failed/post         .        .          .        .           .        .        .
      delivery.failed/status       .        .          .        .           .        .        .
      delivery.failed/customer     .        .          .        .           .        .        .
      timer.fired/assignment       .        BOT        BOT      BOT         BOT      .        .
      timer.fired/customer-idle    .        .          .        .           .        BOT      .
      timer.fired/agent-idle       .        .          .        .           .        BOT      .
      timer.fired/bot-silent       .        .          .        .           .        .        .
      timer.fired/conversation     ENDED    .          .        .           .        .        .
      timer.fired/settle           .        .          .        .           .        .        .
      administrator.ended          ENDED    ENDED      ENDED    ENDED       ENDED    ENDED    .
      """;

  /** The same for channels that bring their own humans, where it is not the same. */
  static final String ESCALATING =
      """
      event                        BOT      ESCALATED
      customer.said                .        BOT
      bot.said                     .        .
      bot.ended                    ENDED    .
      handoff.requested            ENDED    .
      timer.fired/settle           .        .
      """;

  @TestFactory
  Stream<DynamicTest> everyEventHasADefinedResultWhereTheChannelBringsItsOwnHumans() {
    Policy policy =
        Scene.policy(Policy.defaults(), true).escalating(Map.of("directline", Duration.ofDays(1)));
    return TABLE
        .lines()
        .skip(1)
        .map(line -> line.split(" +"))
        .flatMap(
            row ->
                Stream.of("BOT", "ESCALATED")
                    .map(
                        state ->
                            DynamicTest.dynamicTest(
                                row[0] + " in " + state,
                                () -> {
                                  Scene scene = new Scene(policy, Scene.SPEAKING).says("hello");
                                  if (state.equals("ESCALATED")) {
                                    scene.asked();
                                  }
                                  check(row[0], scene, whereItEscalates(row, state));
                                })));
  }

  /** What the second table says; where it says nothing, what the first one does. */
  private static String whereItEscalates(String[] row, String state) {
    int column = state.equals("BOT") ? 1 : 2;
    return ESCALATING
        .lines()
        .skip(1)
        .map(line -> line.split(" +"))
        .filter(own -> own[0].equals(row[0]))
        .map(own -> own[column])
        .findFirst()
        .orElse(row[column == 1 ? 1 : 1 + STATES.indexOf("ENDED")]);
  }

  @TestFactory
  Stream<DynamicTest> everyEventHasADefinedResultInEveryState() {
    return TABLE
        .lines()
        .skip(1)
        .map(line -> line.split(" +"))
        .flatMap(
            row ->
                STATES.stream()
                    .map(
                        state ->
                            DynamicTest.dynamicTest(
                                row[0] + " in " + state,
                                () -> check(row[0], state, row[1 + STATES.indexOf(state)]))));
  }

  @Test
  void theTableNamesEveryEventAndTheEventsEveryRow() {
    List<String> rows = TABLE.lines().skip(1).map(line -> line.split(" +")[0]).toList();
    assertThat(events("c1:1").keySet()).containsExactlyInAnyOrderElementsOf(rows);
    assertThat(events("c1:1").values().stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsAll(Arrays.asList(Event.class.getPermittedSubclasses()));
  }

  @TestFactory
  Stream<DynamicTest> eventsOfAnUnknownHandoffChangeNothingOfTheOpenOne() {
    Map<String, Event> foreign = events("c1:99");
    return Stream.of("REQUESTED", "OFFERED", "DESCRIBING", "QUEUED", "AGENT")
        .flatMap(
            state ->
                foreign.keySet().stream()
                    .filter(name -> name.startsWith("hub.") || name.startsWith("handoff."))
                    .map(
                        name ->
                            DynamicTest.dynamicTest(
                                name + " in " + state,
                                () -> {
                                  Scene scene = in(state);
                                  Handoff before = scene.handoff();
                                  scene.on(foreign.get(name));
                                  assertThat(scene.handoff()).isEqualTo(before);
                                  assertThat(scene.sent(Lane.CUSTOMER)).isEmpty();
                                  assertThat(scene.last().note()).isNotNull();
                                })));
  }

  private static void check(String name, String state, String expected) {
    check(name, in(state), expected);
  }

  private static void check(String name, Scene scene, String expected) {
    Conversation before = scene.conversation();
    if (name.startsWith("timer.fired")) {
      scene.after(Duration.ofDays(2));
    } else {
      scene.after(Duration.ofSeconds(10));
    }
    Event event = events(scene.handoffId()).get(name);
    scene.on(event);
    assertThat(scene.owner())
        .isEqualTo(expected.equals(".") ? before.owner() : Owner.valueOf(expected));
    Decision decision = scene.last();
    Laws.check(before, event, decision, scene.now(), scene.policy());
    boolean effect =
        !decision.entries().isEmpty() || !before.timers().equals(decision.next().timers());
    assertThat(effect || decision.note() != null).as("what has no effect says why").isTrue();
  }

  private static Scene in(String state) {
    Scene scene = new Scene();
    return switch (state) {
      case "BOT" -> scene.withAgent().hubEnds().says("thanks");
      case "REQUESTED" -> scene.asked();
      case "OFFERED" -> scene.asked().offered();
      case "DESCRIBING" -> scene.asked().offered().says("IT");
      case "QUEUED" -> scene.asked().opened();
      case "AGENT" -> scene.withAgent();
      case "ENDED" -> scene.withAgent().hubEnds().on(new Event.AdministratorEnded(null));
      default -> throw new IllegalArgumentException(state);
    };
  }

  private static Map<String, Event> events(String h) {
    Map<String, Event> all = new LinkedHashMap<>();
    all.put("customer.started", Scene.started());
    all.put("customer.said", new Event.CustomerSaid(Scene.message("hello")));
    all.put("customer.said/cancel", new Event.CustomerSaid(Scene.message(" CANCEL ")));
    all.put("customer.said/choice", new Event.CustomerSaid(Scene.message("IT")));
    all.put("customer.said/event", new Event.CustomerSaid(Scene.event("webchat/join")));
    all.put("customer.left", new Event.CustomerLeft(null));
    all.put("bot.said", Scene.bot("hi", null));
    all.put("bot.ended", new Event.BotEnded(Activities.endOfConversation("done")));
    all.put("handoff.requested", Scene.requested("again"));
    all.put("handoff.offered", Scene.offer(h, true, "VPN is down"));
    all.put("handoff.opened", new Event.HandoffOpened(h, "acme", "h-1"));
    all.put("handoff.refused", new Event.HandoffRefused(h, "CLOSED", null));
    all.put("hub.queued", new Event.HubQueued(h, 3, 90, null));
    all.put("hub.accepted", new Event.HubAccepted(h, Scene.agent("Grace")));
    all.put("hub.message", Scene.agentSays(h, "hello", "Grace"));
    all.put("hub.message/system", Scene.agentSays(h, "please wait", null));
    all.put("hub.transferring", new Event.HubTransferring(h, "refunds"));
    all.put("hub.agentLeft", new Event.HubAgentLeft(h, Scene.agent("Grace")));
    all.put("hub.receipt", new Event.HubReceipt(h, "read", "m1"));
    all.put("hub.rejected", new Event.HubRejected(h, "NO_AGENT", null));
    all.put("hub.ended", new Event.HubEnded(h, "AGENT", "RESOLVED", null));
    all.put("hub.error", new Event.HubFailed(h, "500", false, "broken"));
    all.put("hub.error/retryable", new Event.HubFailed(h, "429", true, "slow down"));
    all.put("delivery.failed/open", Scene.notDelivered(Scene.open(h), "UNREACHABLE"));
    all.put("delivery.failed/send", Scene.notDelivered(Scene.send(h, "a"), "UNREACHABLE"));
    all.put("delivery.failed/send-gone", Scene.notDelivered(Scene.send(h, "a"), "GONE"));
    all.put("delivery.failed/send-refused", Scene.notDelivered(Scene.send(h, "a"), "REFUSED"));
    Function<Lane, Function<String, Entry>> entry =
        lane -> operation -> new Entry(lane, operation, JsonNodeFactory.instance.objectNode());
    all.put("delivery.failed/end", Scene.notDelivered(entry.apply(Lane.HUB).apply("end"), "GONE"));
    all.put(
        "delivery.failed/post", Scene.notDelivered(entry.apply(Lane.BOT).apply("post"), "GONE"));
    all.put(
        "delivery.failed/status",
        Scene.notDelivered(entry.apply(Lane.BOT).apply("status"), "REFUSED"));
    all.put(
        "delivery.failed/customer",
        Scene.notDelivered(entry.apply(Lane.CUSTOMER).apply("activity"), "UNREACHABLE"));
    all.put("timer.fired/assignment", new Event.TimerFired(Timer.ASSIGNMENT));
    all.put("timer.fired/customer-idle", new Event.TimerFired(Timer.CUSTOMER_IDLE));
    all.put("timer.fired/agent-idle", new Event.TimerFired(Timer.AGENT_IDLE));
    all.put("timer.fired/bot-silent", new Event.TimerFired(Timer.BOT_SILENT));
    all.put("timer.fired/conversation", new Event.TimerFired(Timer.CONVERSATION_IDLE));
    all.put("timer.fired/settle", new Event.TimerFired(Timer.SETTLE));
    all.put("administrator.ended", new Event.AdministratorEnded("maintenance"));
    return all;
  }
}
