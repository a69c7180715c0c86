package dev.baton.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * The rules of a conversation: state and event in, next state and deliveries out. No I/O, no clock;
 * the same input always gives the same output.
 */
public interface Decider {

  /**
   * @param current the present state; null only for {@link Event.CustomerStarted}
   * @param id id of the conversation
   * @param event what happened
   * @param now when the journal accepted it
   */
  Decision decide(Conversation current, String id, Event event, Instant now);

  /**
   * What a {@code send} entry of the hub lane becomes when it moves to the bot, see {@link
   * Decision.Unheard#MOVE_TO_BOT}.
   */
  default Entry unheard(Conversation conversation, Entry send) {
    ObjectNode activity = (ObjectNode) send.body().get("activity");
    return new Entry(
        Lane.BOT,
        "post",
        Activities.toBot(conversation, activity, activity.path("id").asText(null)));
  }
}
