package dev.baton.conversation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Handoff.Phase;
import java.util.Locale;
import java.util.Objects;

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
    if (turn.policy().escalates(c.channel())) {
      escalate(turn, id, activity);
      return;
    }
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
  }

  /** The channel brings its own humans: it gets the bot's request, and the conversation ends. */
  private static void escalate(Turn turn, String id, ObjectNode activity) {
    turn.toCustomer(Activities.escalation(activity, id));
    turn.giveToChannel(
        new Handoff(
            id,
            activity.path("id").asText(null),
            activity.path("replyToId").asText(null),
            Phase.ESCALATED,
            null,
            null,
            null,
            false,
            turn.now(),
            turn.now()));
  }

  static void opened(Turn turn, Event.HandoffOpened event) {
    if (!turn.isOpen(event.handoffId())) {
      // The customer left, cancelled or waited too long while the hub was opening. A hub may give
      // the next handoff the same conversation; that one must live.
      if (!turn.handoffOpen() || !isAt(turn.handoff(), event)) {
        turn.endAtHub(event.hub(), event.hubConversationId(), event.handoffId(), "CUSTOMER");
      }
      turn.note("opened too late");
      return;
    }
    Handoff h = turn.handoff();
    if (h.hub() != null) {
      if (isAt(h, event)) {
        turn.note("has opened already");
      } else {
        // Two openings of one handoff both worked: one agent is enough.
        turn.endAtHub(event.hub(), event.hubConversationId(), event.handoffId(), "BOT");
        turn.note("is open elsewhere already");
      }
      return;
    }
    turn.update(h.opened(event.hub(), event.hubConversationId()));
    if (turn.owner() == Owner.PENDING) {
      turn.tell(TextKey.QUEUED);
    }
  }

  private static boolean isAt(Handoff h, Event.HandoffOpened event) {
    return Objects.equals(h.hub(), event.hub())
        && Objects.equals(h.hubConversationId(), event.hubConversationId());
  }

  static void refused(Turn turn, Event.HandoffRefused event) {
    if (!turn.isOpen(event.handoffId()) || turn.handoff().phase() != Phase.REQUESTED) {
      turn.note("refused too late");
      return;
    }
    if ("UNREACHABLE".equalsIgnoreCase(event.reason())) {
      fail(turn, event.message());
    } else {
      refuse(turn, event.reason(), event.message());
    }
  }

  /** No human comes: the customer stays with the bot and is told why. */
  static void refuse(Turn turn, String reason, String message) {
    TextKey key = text(reason);
    turn.tell(key);
    turn.close(message != null ? message : key.key());
  }

  /** The hub cannot be reached, or broke. This is a failure also when an agent had come. */
  static void fail(Turn turn, String message) {
    turn.tell(TextKey.UNREACHABLE);
    turn.status("failed", message != null ? message : TextKey.UNREACHABLE.key());
    turn.backToBot(Phase.FAILED);
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
      default -> TextKey.REFUSED;
    };
  }
}
