package dev.baton.conversation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.Timestamps;
import java.time.Instant;
import java.util.Map;

/** What follows from what the customer does. */
final class CustomerRules {
  private CustomerRules() {}

  static Decision start(
      String id, Event.CustomerStarted event, Instant now, Policy policy, Texts texts) {
    Conversation fresh =
        new Conversation(
            id,
            event.bot(),
            event.channel(),
            event.customer(),
            event.locale(),
            Owner.BOT,
            null,
            0,
            0,
            Map.of(),
            now,
            now,
            null);
    Turn turn = new Turn(fresh, now, policy, texts);
    turn.toBot("start", Activities.botStart(fresh, event.context(), false));
    turn.rest();
    return turn.decision();
  }

  static void said(Turn turn, ObjectNode activity) {
    Conversation c = turn.conversation();
    long number = turn.toCustomer(Activities.echo(c, activity));
    String streamId = Activities.streamId(c.id(), number);
    boolean message = "message".equals(activity.path("type").asText());
    turn.rest();
    switch (turn.owner()) {
      case BOT -> toBot(turn, activity, streamId, message);
      case ENDED -> {
        turn.reopen();
        ObjectNode context = JsonNodeFactory.instance.objectNode().put("resumedFrom", c.id());
        turn.toBot("start", Activities.botStart(c, context, true));
        toBot(turn, activity, streamId, message);
      }
      case PENDING, AGENT -> toHuman(turn, activity, streamId, message);
    }
  }

  private static void toBot(Turn turn, ObjectNode activity, String streamId, boolean message) {
    turn.toBot("post", Activities.toBot(turn.conversation(), activity, streamId));
    if (message) {
      // An impatient customer who writes again must not put off the word that it takes longer.
      turn.startUnlessRunning(Timer.BOT_SILENT, turn.policy().botSilent());
    }
  }

  private static void toHuman(Turn turn, ObjectNode activity, String streamId, boolean message) {
    if (!message) {
      turn.note("events of the canvas are kept from the bot while a human has the conversation");
      return;
    }
    if (turn.owner() == Owner.PENDING
        && turn.policy().cancels(activity.path("text").asText(null))) {
      cancel(turn);
      return;
    }
    if (OfferRules.asks(turn)) {
      if (!OfferRules.answered(turn, activity, streamId)) {
        toBot(turn, activity, streamId, true);
      }
      return;
    }
    send(turn, activity, streamId);
    if (turn.owner() == Owner.AGENT) {
      turn.start(Timer.CUSTOMER_IDLE, turn.policy().customerIdle());
      turn.startUnlessRunning(Timer.AGENT_IDLE, turn.policy().agentIdle());
    }
  }

  /** Gives a message to the hub, behind the opening. */
  static void send(Turn turn, ObjectNode activity, String streamId) {
    Handoff handoff = turn.handoff();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("handoffId", handoff.id());
    ObjectNode copy = activity.deepCopy();
    copy.put("id", streamId);
    copy.put("timestamp", Timestamps.text(turn.now()));
    body.set("activity", copy);
    turn.toHub("send", body);
  }

  private static void cancel(Turn turn) {
    turn.tell(TextKey.CANCELLED);
    turn.endAtHub("CUSTOMER");
    turn.close("The customer cancelled");
  }

  static void left(Turn turn, ObjectNode activity) {
    Conversation c = turn.conversation();
    if (turn.owner() == Owner.ENDED) {
      turn.note("ended already");
      return;
    }
    ObjectNode end =
        activity != null
            ? activity
            : JsonNodeFactory.instance.objectNode().put("type", "endOfConversation");
    turn.toCustomer(Activities.echo(c, end));
    finish(turn, "CUSTOMER");
  }

  /** Ends the conversation at every end; {@code reason} is told to the hub. */
  static void finish(Turn turn, String reason) {
    if (turn.handoffOpen()) {
      boolean opened = turn.handoff().hub() != null;
      turn.endAtHub(reason);
      turn.close("CUSTOMER".equals(reason) ? "The customer left" : "Ended by an administrator");
      if (opened) {
        turn.keepUnheard();
      } else {
        turn.dropUnheard();
      }
    }
    turn.toBot("end", Activities.botEnd(turn.conversation()));
    turn.end();
  }
}
