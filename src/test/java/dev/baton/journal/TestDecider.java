package dev.baton.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Decider;
import dev.baton.conversation.Decision;
import dev.baton.conversation.Decision.Unheard;
import dev.baton.conversation.Entry;
import dev.baton.conversation.Event;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Handoff.Phase;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import dev.baton.conversation.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Few and simple rules, enough to exercise every path of the journal. */
final class TestDecider implements Decider {

  @Override
  public Decision decide(Conversation current, String id, Event event, Instant now) {
    Next next = new Next(current, id, now);
    if (event instanceof Event.CustomerStarted started) {
      next.state =
          new Conversation(
              id,
              started.bot(),
              started.channel(),
              started.customer(),
              started.locale(),
              Owner.BOT,
              null,
              0,
              0,
              Map.of(),
              now,
              now,
              null);
    } else if (event instanceof Event.CustomerSaid said) {
      String text = said.activity().path("text").asText();
      if (text.equals("boom")) {
        throw new IllegalStateException("boom");
      } else if (text.equals("error")) {
        throw new AssertionError("error");
      }
      next.toCustomer(said.activity());
      if (current.owner() == Owner.BOT) {
        next.entries.add(new Entry(Lane.BOT, "post", said.activity()));
      } else {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("handoffId", current.handoff().id()).set("activity", said.activity());
        next.entries.add(new Entry(Lane.HUB, "send", body));
      }
    } else if (event instanceof Event.CustomerLeft) {
      next.owner = Owner.ENDED;
      next.endedAt = now;
    } else if (event instanceof Event.BotSaid said) {
      next.toCustomer(said.activity());
    } else if (event instanceof Event.HandoffRequested requested) {
      String handoff = id + ":" + (current.handoffs() + 1);
      next.owner = Owner.PENDING;
      next.handoff = handoff(handoff, Phase.REQUESTED, null, null, now);
      ObjectNode body = Json.MAPPER.createObjectNode();
      body.put("handoffId", handoff).set("activity", requested.activity());
      next.entries.add(new Entry(Lane.HUB, "open", body));
    } else if (event instanceof Event.HandoffOpened opened) {
      next.handoff =
          handoff(opened.handoffId(), Phase.QUEUED, opened.hub(), opened.hubConversationId(), now);
    } else if (event instanceof Event.HubAccepted) {
      next.owner = Owner.AGENT;
    } else if (event instanceof Event.HubQueued queued) {
      next.timers.put(Timer.ASSIGNMENT, now.plusMillis(queued.waitSeconds()));
    } else if (event instanceof Event.HubEnded ended) {
      next.owner = Owner.BOT;
      if (current.handoff() != null) {
        next.handoff = handoff(current.handoff().id(), Phase.COMPLETED, null, null, now);
      }
      next.unheard = ended.reason() == null ? Unheard.MOVE_TO_BOT : Unheard.DROP;
      next.toCustomer(text("back to the bot"));
    } else if (event instanceof Event.TimerFired fired) {
      next.timers.remove(fired.timer());
      next.toCustomer(text("timer " + fired.timer()));
    } else if (event instanceof Event.DeliveryFailed failed) {
      next.toCustomer(text("failed " + failed.seq() + " " + failed.cause()));
      next.note = "noted";
      if (failed.reason().equals("GONE") && current.owner() == Owner.BOT) {
        next.entries.add(new Entry(Lane.BOT, "post", (ObjectNode) failed.body().get("activity")));
      }
    }
    return next.decision();
  }

  private static Handoff handoff(
      String id, Phase phase, String hub, String hubConversationId, Instant now) {
    return new Handoff(id, "e1", null, phase, hub, hubConversationId, null, false, now, null);
  }

  static ObjectNode text(String text) {
    return Json.MAPPER.createObjectNode().put("type", "message").put("text", text);
  }

  private static final class Next {
    final List<Entry> entries = new ArrayList<>();
    final Map<Timer, Instant> timers = new EnumMap<>(Timer.class);
    final String id;
    final Instant now;
    Conversation state;
    Owner owner;
    Handoff handoff;
    Instant endedAt;
    long activities;
    Unheard unheard = Unheard.KEEP;
    String note;

    Next(Conversation current, String id, Instant now) {
      this.id = id;
      this.now = now;
      this.state = current;
      if (current != null) {
        owner = current.owner();
        handoff = current.handoff();
        endedAt = current.endedAt();
        activities = current.customerActivities();
        timers.putAll(current.timers());
      }
    }

    void toCustomer(ObjectNode activity) {
      ObjectNode copy = activity.deepCopy();
      copy.put("id", "%s|%07d".formatted(id, activities++));
      entries.add(new Entry(Lane.CUSTOMER, "activity", copy));
    }

    Decision decision() {
      Conversation next =
          owner == null
              ? state
              : new Conversation(
                  id,
                  state.bot(),
                  state.channel(),
                  state.customer(),
                  state.locale(),
                  owner,
                  handoff,
                  handoff == null ? 0 : Integer.parseInt(handoff.id().split(":", -1)[1]),
                  activities,
                  timers,
                  state.startedAt(),
                  now,
                  endedAt);
      return new Decision(next, entries, unheard, note);
    }
  }
}
