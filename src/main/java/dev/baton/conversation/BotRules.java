package dev.baton.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/** What follows from what the bot does. */
final class BotRules {
  private BotRules() {}

  static void said(Turn turn, ObjectNode activity) {
    switch (turn.owner()) {
      case BOT -> {
        turn.toCustomer(Activities.fromBot(activity));
        if ("message".equals(activity.path("type").asText())) {
          turn.stop(Timer.BOT_SILENT);
        }
        turn.rest();
      }
      case PENDING, AGENT -> {
        // The bot's words and its request for a human may come in any order within one turn.
        if (belongsToTheSameTurn(turn.handoff(), activity)
            || settling(turn, turn.handoff().requestedAt())) {
          turn.toCustomer(Activities.fromBot(activity));
        } else {
          turn.note("the bot is silent while a human has the conversation");
        }
      }
      case ENDED -> {
        if (settling(turn, turn.conversation().endedAt())) {
          turn.toCustomer(Activities.fromBot(activity));
        } else {
          turn.note("the conversation is over");
        }
      }
    }
  }

  static void ended(Turn turn, ObjectNode activity) {
    switch (turn.owner()) {
      case BOT -> {
        turn.toCustomer(Activities.fromBot(activity));
        turn.end();
      }
      case PENDING, AGENT -> turn.note("the bot ended its part; the human goes on");
      case ENDED -> turn.note("ended already");
    }
  }

  private static boolean belongsToTheSameTurn(Handoff handoff, ObjectNode activity) {
    String replyTo = activity.path("replyToId").asText(null);
    return replyTo != null && replyTo.equals(handoff.replyToId());
  }

  private static boolean settling(Turn turn, Instant since) {
    Duration passed = Duration.between(since, turn.now());
    return passed.compareTo(turn.policy().settle()) < 0;
  }
}
