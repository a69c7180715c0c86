package dev.baton.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What follows from a delivery that was given up. */
final class DeliveryRules {
  private DeliveryRules() {}

  static void failed(Turn turn, Event.DeliveryFailed event) {
    switch (event.lane()) {
      case BOT -> atBot(turn, event);
      case HUB -> atHub(turn, event);
      case CUSTOMER -> turn.note("the customer could not be reached");
    }
  }

  private static void atBot(Turn turn, Event.DeliveryFailed event) {
    boolean matters = "start".equals(event.operation()) || "post".equals(event.operation());
    if (matters && turn.owner() == Owner.BOT) {
      turn.stop(Timer.BOT_SILENT);
      turn.tell(TextKey.BOT_UNAVAILABLE);
    } else {
      turn.note("the bot was not told");
    }
  }

  private static void atHub(Turn turn, Event.DeliveryFailed event) {
    String handoffId = event.body().path("handoffId").asText(null);
    switch (event.operation()) {
      case "open" -> {
        if (turn.isOpen(handoffId)) {
          HandoffRules.refuse(turn, "UNREACHABLE", null);
        } else {
          turn.note("the handoff had ended");
        }
      }
      case "send" -> notSent(turn, event, handoffId);
      default -> turn.note("the hub was not told");
    }
  }

  private static void notSent(Turn turn, Event.DeliveryFailed event, String handoffId) {
    if (turn.isOpen(handoffId)) {
      if ("REFUSED".equals(event.reason())) {
        turn.tell(TextKey.NOT_DELIVERED);
        return;
      }
      Handoff h = turn.handoff();
      boolean gone = "GONE".equals(event.reason());
      if (gone && h.everAccepted()) {
        turn.tell(TextKey.COMPLETED);
        turn.status("completed", null);
        turn.backToBot(Handoff.Phase.COMPLETED);
      } else {
        if (!gone && h.hub() != null) {
          turn.endAtHub(h.hub(), h.hubConversationId(), h.id(), "BOT");
        }
        HandoffRules.refuse(turn, "UNREACHABLE", null);
      }
      letTheBotHear(turn, event);
    } else if (turn.owner() == Owner.BOT) {
      letTheBotHear(turn, event);
    } else if (turn.handoffOpen()) {
      ObjectNode body = event.body().deepCopy();
      turn.toHub("send", body.put("handoffId", turn.handoff().id()));
    } else {
      turn.note("the conversation is over");
    }
  }

  /** What no agent heard goes to the bot: nothing that the customer wrote is lost. */
  private static void letTheBotHear(Turn turn, Event.DeliveryFailed event) {
    JsonNode activity = event.body().get("activity");
    if (activity instanceof ObjectNode object) {
      String streamId = object.path("id").asText(null);
      turn.toBot("post", Activities.toBot(turn.conversation(), object, streamId));
    }
  }
}
