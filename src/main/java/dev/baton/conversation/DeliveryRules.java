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
        if (turn.isOpen(handoffId) && turn.handoff().hub() == null) {
          HandoffRules.fail(turn, null);
        } else {
          turn.note("the handoff had opened or ended");
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
      if (!"GONE".equals(event.reason())) {
        turn.endAtHub("BOT");
        HandoffRules.fail(turn, null);
      } else if (turn.handoff().everAccepted()) {
        turn.tell(TextKey.COMPLETED);
        turn.close(null);
      } else {
        HandoffRules.fail(turn, null);
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
      turn.startUnlessRunning(Timer.BOT_SILENT, turn.policy().botSilent());
    }
  }
}
