package dev.baton.conversation;

import dev.baton.conversation.Handoff.Phase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

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
        if (turn.owner() == Owner.AGENT) {
          // Somebody has to speak next, and it is not the customer.
          turn.startUnlessRunning(Timer.AGENT_IDLE, turn.policy().agentIdle());
        }
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
    } else if (has(event.position()) || has(event.waitSeconds())) {
      Map<String, String> values = new LinkedHashMap<>();
      if (has(event.position())) {
        values.put("position", event.position().toString());
      }
      if (has(event.waitSeconds())) {
        values.put("minutes", Long.toString(Math.max(1, Math.round(event.waitSeconds() / 60.0))));
      }
      turn.tell(TextKey.QUEUE_POSITION, values);
    } else {
      turn.note("still queued");
    }
  }

  /** Some hubs say 0 or -1 where they do not know. */
  private static boolean has(Integer number) {
    return number != null && number > 0;
  }

  private static void accept(Turn turn, Agent joined) {
    Handoff h = turn.handoff();
    Agent agent = joined == null ? Agent.UNKNOWN : joined;
    if (h.phase() == Phase.ACCEPTED && h.agent().maybe(agent)) {
      boolean named = agent.hasName() && !h.agent().hasName();
      turn.update(h.accepted(h.agent().and(agent)));
      if (named) {
        turn.tell(TextKey.AGENT_JOINED, Map.of("agent", agent.name()));
      } else {
        turn.note("has joined already");
      }
      return;
    }
    turn.update(h.accepted(agent));
    turn.owner(Owner.AGENT);
    turn.stop(Timer.ASSIGNMENT);
    turn.start(Timer.AGENT_IDLE, turn.policy().agentIdle());
    turn.start(Timer.CUSTOMER_IDLE, turn.policy().customerIdle());
    if (agent.hasName()) {
      turn.tell(TextKey.AGENT_JOINED, Map.of("agent", agent.name()));
    } else {
      turn.tell(TextKey.AGENT_JOINED_UNNAMED);
    }
    if (!h.everAccepted()) {
      turn.status("accepted", null);
    }
  }

  private static void said(Turn turn, Event.HubSaid event) {
    if (isEmpty(event)) {
      turn.note("says nothing");
    } else if (turn.isOpen(event.handoffId())) {
      relay(turn, event);
    } else if (event.agent() == null && inGrace(turn, event.handoffId())) {
      turn.toCustomer(Activities.fromHub(turn.handoff().hub(), event));
    } else {
      turn.note("came after the handoff had ended");
    }
  }

  private static void relay(Turn turn, Event.HubSaid event) {
    Event.HubSaid said = event;
    if (event.agent() != null && turn.owner() == Owner.PENDING) {
      accept(turn, event.agent()); // callbacks come in any order: an agent who speaks has joined
    } else if (event.agent() == null && Agent.UNKNOWN.equals(turn.handoff().agent())) {
      said = event.by(Agent.UNKNOWN); // a hub that names no agent speaks for one
    }
    turn.toCustomer(Activities.fromHub(turn.handoff().hub(), said));
    turn.rest();
    if (said.agent() != null) {
      turn.stop(Timer.AGENT_IDLE);
      turn.start(Timer.CUSTOMER_IDLE, turn.policy().customerIdle());
    }
  }

  private static boolean isEmpty(Event.HubSaid event) {
    boolean text = event.text() != null && !event.text().isBlank();
    return !text && (event.attachments() == null || event.attachments().isEmpty());
  }

  private static void agentLeft(Turn turn, Event.HubAgentLeft event) {
    if (!open(turn, event.handoffId())) {
      return;
    }
    Handoff h = turn.handoff();
    if (h.phase() != Phase.ACCEPTED || !h.agent().maybe(event.agent())) {
      turn.note("is not the agent who has the conversation");
      return;
    }
    turn.update(h.queuedAgain());
    turn.owner(Owner.PENDING);
    turn.stop(Timer.AGENT_IDLE);
    turn.stop(Timer.CUSTOMER_IDLE);
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
      turn.close(event.reason());
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
    turn.endAtHub("BOT");
    HandoffRules.fail(turn, event.message());
  }

  private static boolean inGrace(Turn turn, String handoffId) {
    Handoff h = turn.handoff();
    return h != null
        && h.id().equals(handoffId)
        && h.endedAt() != null
        && Duration.between(h.endedAt(), turn.now()).compareTo(turn.policy().grace()) < 0;
  }
}
