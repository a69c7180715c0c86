package dev.baton.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What holds for every decision, whatever the event. */
final class Laws {
  private static final Set<Timer> OF_HANDOFFS =
      Set.of(Timer.ASSIGNMENT, Timer.CUSTOMER_IDLE, Timer.AGENT_IDLE);

  private Laws() {}

  static void check(
      Conversation before, Event event, Decision decision, Instant now, Policy policy) {
    Conversation after = decision.next();
    oneOwner(after);
    timers(after, now, policy);
    stream(before, decision);
    statuses(before, decision, policy);
    hubIsTold(before, event, decision);
    escalations(before, event, decision, policy);
    if (event instanceof Event.CustomerSaid said) {
      oneWayOn(before, said.activity(), decision, policy);
      timersAfterCustomer(before, said.activity(), after, policy);
    }
    if (event instanceof Event.BotSaid said) {
      botIsSilent(before, said.activity(), decision, now, policy);
    }
    if (event instanceof Event.TimerFired fired) {
      assertThat(after.timers().getOrDefault(fired.timer(), now.plusSeconds(1)))
          .as("a time-out does not fire for ever")
          .isAfter(now);
    }
    somethingIsSaid(before, event, decision);
  }

  private static void oneOwner(Conversation c) {
    boolean human = c.owner() == Owner.PENDING || c.owner() == Owner.AGENT;
    assertThat(c.handoff() != null && c.handoff().isOpen())
        .as("a handoff is open while, and only while, a human was asked for or has it")
        .isEqualTo(human);
    assertThat(c.endedAt() != null).as("endedAt").isEqualTo(c.owner() == Owner.ENDED);
    if (human) {
      assertThat(c.handoff().phase() == Handoff.Phase.ACCEPTED).isEqualTo(c.owner() == Owner.AGENT);
      assertThat(c.handoff().agent() != null).isEqualTo(c.owner() == Owner.AGENT);
    }
    if (c.handoff() != null) {
      assertThat(c.handoff().id()).isEqualTo(c.id() + ":" + c.handoffs());
      assertThat(c.handoff().endedAt() != null).isNotEqualTo(human);
    }
  }

  private static void timers(Conversation c, Instant now, Policy policy) {
    Set<Timer> running = c.timers().keySet();
    switch (c.owner()) {
      case ENDED -> assertThat(running).isSubsetOf(Timer.SETTLE);
      case BOT -> {
        assertThat(running).doesNotContainAnyElementsOf(OF_HANDOFFS).doesNotContain(Timer.SETTLE);
        runs(c, Timer.CONVERSATION_IDLE, policy.conversationIdle(c.channel()));
      }
      case PENDING -> {
        assertThat(running).doesNotContain(Timer.BOT_SILENT, Timer.CUSTOMER_IDLE, Timer.AGENT_IDLE);
        runs(c, Timer.ASSIGNMENT, policy.assignment());
      }
      case AGENT -> {
        assertThat(running).doesNotContain(Timer.BOT_SILENT, Timer.ASSIGNMENT);
        runs(c, Timer.CUSTOMER_IDLE, policy.customerIdle());
      }
    }
    assertThat(c.nextDue() == null).isEqualTo(running.isEmpty());
  }

  /**
   * A channel that brings its own humans gets the bot's request once, and no hub opens; any other
   * never sees one.
   */
  private static void escalations(
      Conversation before, Event event, Decision decision, Policy policy) {
    boolean escalates = policy.escalates(before.channel());
    long requests =
        of(decision, Lane.CUSTOMER).stream()
            .filter(e -> e.body().at("/channelData/baton").has("handoff"))
            .count();
    boolean expected =
        escalates && event instanceof Event.HandoffRequested && before.owner() == Owner.BOT;
    assertThat(requests).isEqualTo(expected ? 1 : 0);
    if (escalates) {
      assertThat(of(decision, Lane.HUB).stream().filter(e -> e.operation().equals("open")))
          .isEmpty();
      assertThat(decision.next().owner()).isIn(Owner.BOT, Owner.ENDED);
    }
    if (expected) {
      assertThat(decision.next().owner()).isEqualTo(Owner.ENDED);
      assertThat(decision.next().handoff().phase()).isEqualTo(Handoff.Phase.ESCALATED);
      assertThat(count(decision, Lane.BOT, "end") == 1)
          .as("the bot's conversation is ended, at once or after settle")
          .isNotEqualTo(decision.next().timers().containsKey(Timer.SETTLE));
    }
  }

  private static void runs(Conversation c, Timer timer, Duration limit) {
    assertThat(c.timers().containsKey(timer))
        .as(timer + " while " + c.owner())
        .isEqualTo(!limit.isZero());
  }

  private static void timersAfterCustomer(
      Conversation before, ObjectNode activity, Conversation after, Policy policy) {
    if (!activity.path("type").asText().equals("message")) {
      return;
    }
    if (after.owner() == Owner.AGENT) {
      runs(after, Timer.AGENT_IDLE, policy.agentIdle());
    }
    if (before.owner() == Owner.BOT || before.owner() == Owner.ENDED) {
      runs(after, Timer.BOT_SILENT, policy.botSilent());
    }
  }

  /** Numbers in the customer's stream have no gap and ids follow them. */
  private static void stream(Conversation before, Decision decision) {
    long number = before.customerActivities();
    for (Entry entry : of(decision, Lane.CUSTOMER)) {
      assertThat(entry.operation()).isEqualTo("activity");
      assertThat(entry.body().path("id").asText())
          .isEqualTo(String.format("%s|%07d", before.id(), number++));
      assertThat(entry.body().at("/conversation/id").asText()).isEqualTo(before.id());
      assertThat(entry.body().path("timestamp").asText()).isNotEmpty();
      assertThat(entry.body().at("/from/id").asText()).isNotEmpty();
    }
    assertThat(decision.next().customerActivities()).isEqualTo(number);
  }

  /** One {@code accepted} at the first agent, one terminal status at the end of each handoff. */
  private static void statuses(Conversation before, Decision decision, Policy policy) {
    boolean wasOpen = before.handoff() != null && before.handoff().isOpen();
    boolean ended = wasOpen && !decision.next().handoff().isOpen();
    boolean firstAgent =
        wasOpen && !before.handoff().everAccepted() && decision.next().handoff().everAccepted();
    List<String> statuses = Scene.statuses(decision.entries());
    if (!policy.sendStatus()) {
      assertThat(statuses).isEmpty();
      return;
    }
    assertThat(statuses.stream().filter("accepted"::equals).count()).isEqualTo(firstAgent ? 1 : 0);
    assertThat(statuses.stream().filter(s -> !s.equals("accepted")).count())
        .isEqualTo(ended ? 1 : 0);
    if (ended) {
      boolean completed = decision.next().handoff().phase() == Handoff.Phase.COMPLETED;
      assertThat(statuses).contains(completed ? "completed" : "failed");
      assertThat(completed && !before.handoff().everAccepted()).isFalse();
    }
  }

  /** A hub's conversation that the hub itself did not end is ended there, once. */
  private static void hubIsTold(Conversation before, Event event, Decision decision) {
    if (before.handoff() == null || !before.handoff().isOpen()) {
      return;
    }
    boolean ended = !decision.next().handoff().isOpen();
    boolean byHub =
        event instanceof Event.HubEnded
            || event instanceof Event.HubRejected
            || event instanceof Event.HandoffRefused
            || (event instanceof Event.DeliveryFailed failed && failed.reason().equals("GONE"));
    long ends =
        of(decision, Lane.HUB).stream()
            .filter(e -> e.operation().equals("end"))
            .filter(e -> e.body().path("handoffId").asText().equals(before.handoff().id()))
            .filter(
                e ->
                    e.body()
                        .path("hubConversationId")
                        .asText("")
                        .equals(String.valueOf(before.handoff().hubConversationId())))
            .count();
    assertThat(ends).isEqualTo(ended && !byHub && before.handoff().hub() != null ? 1 : 0);
  }

  /** The customer sees what they wrote, and it goes one way: bot, hub or cancel. */
  private static void oneWayOn(
      Conversation before, ObjectNode activity, Decision decision, Policy policy) {
    List<Entry> stream = of(decision, Lane.CUSTOMER);
    assertThat(stream).isNotEmpty();
    ObjectNode echo = stream.get(0).body();
    assertThat(echo.path("text")).isEqualTo(activity.path("text"));
    assertThat(echo.at("/from/role").asText()).isEqualTo("user");
    assertThat(stream.stream().filter(e -> e.body().at("/from/role").asText().equals("user")))
        .hasSize(1);
    long posts = count(decision, Lane.BOT, "post");
    long sends = count(decision, Lane.HUB, "send");
    boolean message = activity.path("type").asText().equals("message");
    boolean human = before.owner() == Owner.PENDING || before.owner() == Owner.AGENT;
    boolean cancel =
        before.owner() == Owner.PENDING
            && message
            && policy.cancels(activity.path("text").asText(null));
    if (message && !cancel && isAsked(before)) {
      anAnswerGoesOneWay(decision, posts, sends);
      return;
    }
    assertThat(posts).isEqualTo(human ? 0 : 1);
    assertThat(sends).isEqualTo(human && message && !cancel ? 1 : 0);
    if (cancel) {
      assertThat(decision.next().owner()).isEqualTo(Owner.BOT);
    } else {
      assertThat(decision.next().owner())
          .isEqualTo(before.owner() == Owner.ENDED ? Owner.BOT : before.owner());
    }
  }

  private static boolean isAsked(Conversation c) {
    return c.owner() == Owner.PENDING
        && (c.handoff().phase() == Handoff.Phase.OFFERED
            || c.handoff().phase() == Handoff.Phase.DESCRIBING);
  }

  /** What a customer answers to an offer: the next question, the opening of a hub, or the bot. */
  private static void anAnswerGoesOneWay(Decision decision, long posts, long sends) {
    Handoff handoff = decision.next().handoff();
    long opens = count(decision, Lane.HUB, "open");
    boolean asked = handoff.phase() == Handoff.Phase.DESCRIBING;
    assertThat(posts + opens + (asked ? 1 : 0)).isEqualTo(1);
    assertThat(sends).isZero();
    assertThat(opens == 1)
        .as("a hub is opened when, and only when, the customer has chosen")
        .isEqualTo(handoff.phase() == Handoff.Phase.REQUESTED);
    assertThat(decision.next().owner()).isEqualTo(posts == 1 ? Owner.BOT : Owner.PENDING);
  }

  private static void botIsSilent(
      Conversation before, ObjectNode activity, Decision decision, Instant now, Policy policy) {
    boolean sameTurn =
        before.handoff() != null
            && before.handoff().isOpen()
            && activity.hasNonNull("replyToId")
            && activity.path("replyToId").asText().equals(before.handoff().replyToId());
    boolean heard =
        switch (before.owner()) {
          case BOT -> true;
          case PENDING, AGENT ->
              sameTurn || now.isBefore(before.handoff().requestedAt().plus(policy.settle()));
          case ENDED -> now.isBefore(before.endedAt().plus(policy.settle()));
        };
    assertThat(of(decision, Lane.CUSTOMER)).hasSize(heard ? 1 : 0);
    assertThat(decision.next().owner()).isEqualTo(before.owner());
  }

  /**
   * A change of owner comes with a word of Baton's. It is the hub's opening that tells of the
   * waiting; who ends a conversation or takes it up again knows it themselves.
   */
  private static void somethingIsSaid(Conversation before, Event event, Decision decision) {
    Owner next = decision.next().owner();
    boolean own =
        event instanceof Event.CustomerLeft
            || event instanceof Event.BotEnded
            || event instanceof Event.HandoffRequested;
    if (before.owner() != next && !own && before.owner() != Owner.ENDED) {
      assertThat(Scene.texts(decision.entries())).as(before.owner() + " to " + next).isNotEmpty();
    }
    if (event instanceof Event.HandoffOpened
        && before.owner() == Owner.PENDING
        && before.handoff().hub() == null
        && decision.next().handoff().hub() != null) {
      assertThat(Scene.texts(decision.entries())).containsExactly("queued");
    }
  }

  private static List<Entry> of(Decision decision, Lane lane) {
    return decision.entries().stream().filter(e -> e.lane() == lane).toList();
  }

  private static long count(Decision decision, Lane lane, String operation) {
    return of(decision, lane).stream().filter(e -> e.operation().equals(operation)).count();
  }
}
