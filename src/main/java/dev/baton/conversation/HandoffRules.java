package dev.baton.conversation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Handoff.Phase;
import java.util.Locale;

/** From the bot's request for a human to a hub that has opened, or to a refusal. */
final class HandoffRules {
  private HandoffRules() {}

  static void requested(Turn turn, ObjectNode activity) {
    if (turn.owner() != Owner.BOT) {
      turn.note(
          turn.owner() == Owner.ENDED
              ? "the conversation is over"
              : "a handoff is under way already");
      return;
    }
    Conversation c = turn.conversation();
    String id = c.id() + ":" + (c.handoffs() + 1);
    turn.begin(
        new Handoff(
            id,
            activity.path("id").asText(null),
            activity.path("replyToId").asText(null),
            Phase.REQUESTED,
            null,
            null,
            null,
            false,
            turn.now(),
            null));
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("handoffId", id);
    body.set("activity", activity.deepCopy());
    turn.toHub("open", body);
    turn.stop(Timer.BOT_SILENT);
    turn.start(Timer.ASSIGNMENT, turn.policy().assignment());
    turn.start(Timer.CUSTOMER_IDLE, turn.policy().customerIdle());
  }

  static void opened(Turn turn, Event.HandoffOpened event) {
    if (!turn.isOpen(event.handoffId())) {
      // The customer left, cancelled or waited too long while the hub was opening.
      turn.endAtHub(event.hub(), event.hubConversationId(), event.handoffId(), "CUSTOMER");
      turn.note("opened too late");
      return;
    }
    Handoff h = turn.handoff();
    boolean first = h.hub() == null;
    Phase phase = h.phase() == Phase.REQUESTED ? Phase.QUEUED : h.phase();
    turn.update(
        new Handoff(
            h.id(),
            h.eventId(),
            h.replyToId(),
            phase,
            event.hub(),
            event.hubConversationId(),
            h.agent(),
            h.everAccepted(),
            h.requestedAt(),
            null));
    if (first && turn.owner() == Owner.PENDING) {
      turn.tell(TextKey.QUEUED);
    }
  }

  static void refused(Turn turn, Event.HandoffRefused event) {
    if (!turn.isOpen(event.handoffId()) || turn.handoff().phase() != Phase.REQUESTED) {
      turn.note("refused too late");
      return;
    }
    refuse(turn, event.reason(), event.message());
  }

  /** No human comes: the customer stays with the bot and is told why. */
  static void refuse(Turn turn, String reason, String message) {
    TextKey key = text(reason);
    turn.tell(key);
    turn.status("failed", message != null ? message : key.key());
    turn.backToBot(key == TextKey.UNREACHABLE ? Phase.FAILED : Phase.REJECTED);
  }

  static void administratorEnded(Turn turn) {
    if (turn.owner() == Owner.ENDED) {
      turn.note("ended already");
      return;
    }
    turn.tell(TextKey.ADMINISTRATOR_ENDED);
    turn.toCustomer(Activities.endOfConversation("completedSuccessfully"));
    CustomerRules.finish(turn, "ADMIN");
  }

  private static TextKey text(String reason) {
    return switch (reason == null ? "" : reason.toUpperCase(Locale.ROOT)) {
      case "NO_AGENT" -> TextKey.NO_AGENT;
      case "CLOSED" -> TextKey.CLOSED;
      case "UNREACHABLE" -> TextKey.UNREACHABLE;
      default -> TextKey.REFUSED;
    };
  }
}
