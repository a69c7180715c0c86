package dev.baton.conversation;

import dev.baton.conversation.Handoff.Phase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What follows from what the hub reports. */
final class HubRules {
  private HubRules() {}

  static void apply(Turn turn, Event event) {
    if (event instanceof Event.HubQueued queued) {
      queued(turn, queued);
    } else if (event instanceof Event.HubAccepted accepted) {
      if (open(turn, accepted.handoffId())) {
        accept(turn, accepted.agent());
      }
    } else if (event instanceof Event.HubSaid said) {
      said(turn, said);
    } else if (event instanceof Event.HubTransferring transferring) {
      if (open(turn, transferring.handoffId())) {
        turn.tell(TextKey.TRANSFERRING);
      }
    } else if (event instanceof Event.HubAgentLeft left) {
      agentLeft(turn, left);
    } else if (event instanceof Event.HubReceipt receipt) {
      turn.note(receipt.kind() + " up to " + receipt.upTo());
    } else if (event instanceof Event.HubRejected rejected) {
      rejected(turn, rejected);
    } else if (event instanceof Event.HubEnded ended) {
      ended(turn, ended);
    } else if (event instanceof Event.HubFailed failed) {
      failed(turn, failed);
    } else {
      throw new IllegalArgumentException("No rule for " + event.getClass().getSimpleName());
    }
  }

  private static boolean open(Turn turn, String handoffId) {
    if (turn.isOpen(handoffId)) {
      return true;
    }
    turn.note("handoff " + handoffId + " is not open");
    return false;
  }

  private static void queued(Turn turn, Event.HubQueued event) {
    if (!open(turn, event.handoffId())) {
      return;
    }
    if (turn.owner() != Owner.PENDING) {
      turn.note("an agent has it already");
      return;
    }
    if (event.text() != null && !event.text().isBlank()) {
      turn.toCustomer(
          Activities.fromHub(
              turn.handoff().hub(),
              new Event.HubSaid(event.handoffId(), null, event.text(), "plain", null, null)));
    } else if (event.position() != null || event.waitSeconds() != null) {
      Map<String, String> values = new LinkedHashMap<>();
      if (event.position() != null) {
        values.put("position", event.position().toString());
      }
      if (event.waitSeconds() != null) {
        values.put("minutes", Long.toString(Math.max(1, Math.round(event.waitSeconds() / 60.0))));
      }
      turn.tell(TextKey.QUEUE_POSITION, values);
    } else {
      turn.note("still queued");
    }
  }

  private static void accept(Turn turn, Agent joined) {
    Handoff h = turn.handoff();
    Agent agent = joined == null ? Agent.UNKNOWN : joined;
    if (h.phase() == Phase.ACCEPTED && same(h.agent(), agent)) {
      turn.note("has joined already");
      return;
    }
    turn.update(
        new Handoff(
            h.id(),
            h.eventId(),
            h.replyToId(),
            Phase.ACCEPTED,
            h.hub(),
            h.hubConversationId(),
            agent,
            true,
            h.requestedAt(),
            null));
    turn.owner(Owner.AGENT);
    turn.stop(Timer.ASSIGNMENT);
    turn.start(Timer.AGENT_IDLE, turn.policy().agentIdle());
    turn.start(Timer.CUSTOMER_IDLE, turn.policy().customerIdle());
    if (agent.name() != null && !agent.name().isBlank()) {
      turn.tell(TextKey.AGENT_JOINED, Map.of("agent", agent.name()));
    } else {
      turn.tell(TextKey.AGENT_JOINED_UNNAMED);
    }
    if (!h.everAccepted()) {
      turn.status("accepted", null);
    }
  }

  /**
   * Hubs do not always name an agent in every event: what one event lacks does not make another
   * agent.
   */
  private static boolean same(Agent known, Agent other) {
    if (known == null || other == null || (other.id() == null && other.name() == null)) {
      return true;
    }
    return known.id() != null && other.id() != null
        ? known.id().equals(other.id())
        : Objects.equals(known.name(), other.name());
  }

  private static void said(Turn turn, Event.HubSaid event) {
    if (turn.isOpen(event.handoffId())) {
      if (event.agent() != null && turn.owner() == Owner.PENDING) {
        accept(turn, event.agent()); // callbacks come in any order: an agent who speaks has joined
      }
      turn.toCustomer(Activities.fromHub(turn.handoff().hub(), event));
      turn.start(Timer.CONVERSATION_IDLE, turn.policy().conversationIdle());
      if (event.agent() != null) {
        turn.stop(Timer.AGENT_IDLE);
        turn.start(Timer.CUSTOMER_IDLE, turn.policy().customerIdle());
      }
    } else if (event.agent() == null && inGrace(turn, event.handoffId())) {
      turn.toCustomer(Activities.fromHub(turn.handoff().hub(), event));
    } else {
      turn.note("came after the handoff had ended");
    }
  }

  private static void agentLeft(Turn turn, Event.HubAgentLeft event) {
    if (!open(turn, event.handoffId())) {
      return;
    }
    Handoff h = turn.handoff();
    if (h.phase() != Phase.ACCEPTED || !same(h.agent(), event.agent())) {
      turn.note("is not the agent who has the conversation");
      return;
    }
    turn.update(
        new Handoff(
            h.id(),
            h.eventId(),
            h.replyToId(),
            Phase.QUEUED,
            h.hub(),
            h.hubConversationId(),
            null,
            h.everAccepted(),
            h.requestedAt(),
            null));
    turn.owner(Owner.PENDING);
    turn.stop(Timer.AGENT_IDLE);
    turn.start(Timer.ASSIGNMENT, turn.policy().assignment());
    turn.tell(TextKey.AGENT_LEFT);
  }

  private static void rejected(Turn turn, Event.HubRejected event) {
    if (!open(turn, event.handoffId())) {
      return;
    }
    if (turn.owner() == Owner.AGENT) {
      turn.note("an agent has it already");
      return;
    }
    HandoffRules.refuse(turn, event.reason(), event.message());
  }

  private static void ended(Turn turn, Event.HubEnded event) {
    if (turn.isOpen(event.handoffId())) {
      boolean human = turn.handoff().everAccepted();
      turn.tell(human ? TextKey.COMPLETED : TextKey.NO_AGENT);
      survey(turn, event);
      turn.status(human ? "completed" : "failed", human ? null : event.reason());
      turn.backToBot(human ? Phase.COMPLETED : Phase.REJECTED);
    } else if (event.survey() != null && inGrace(turn, event.handoffId())) {
      survey(turn, event);
    } else {
      turn.note("had ended already");
    }
  }

  private static void survey(Turn turn, Event.HubEnded event) {
    if (event.survey() != null && !event.survey().isBlank()) {
      turn.tell(TextKey.SURVEY, Map.of("link", event.survey()));
    }
  }

  private static void failed(Turn turn, Event.HubFailed event) {
    if (!open(turn, event.handoffId())) {
      return;
    }
    if (event.retryable()) {
      turn.note("hub reports " + event.code());
      return;
    }
    Handoff h = turn.handoff();
    if (h.hub() != null) {
      turn.endAtHub(h.hub(), h.hubConversationId(), h.id(), "BOT");
    }
    HandoffRules.refuse(turn, "UNREACHABLE", event.message());
  }

  private static boolean inGrace(Turn turn, String handoffId) {
    Handoff h = turn.handoff();
    return h != null
        && h.id().equals(handoffId)
        && h.endedAt() != null
        && Duration.between(h.endedAt(), turn.now()).compareTo(turn.policy().grace()) < 0;
  }
}
