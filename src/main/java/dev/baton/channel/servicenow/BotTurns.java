package dev.baton.channel.servicenow;

import dev.baton.channel.turn.TurnHabits;
import dev.baton.channel.turn.TurnRules;
import dev.baton.channel.turn.Verdict.Reason;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the relay remembers of a bot's turns, in memory. Thread-safe. */
final class BotTurns {
  private static final int CONVERSATIONS = 5_000;

  private final TurnHabits habits;
  private final Map<String, Last> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
          return size() > CONVERSATIONS;
        }
      };
  private final Set<String> streamed = new HashSet<>();

  /**
   * How the latest turn of a conversation ended.
   *
   * @param postId the customer's activity, or null
   * @param saidAt the service's time of the bot's last message
   * @param watermark what the caller was given
   * @param delivered ids of the latest activities that it was given
   * @param customer id of the customer, or null
   */
  record Last(
      String postId,
      Reason reason,
      Instant saidAt,
      String watermark,
      List<String> delivered,
      String customer) {

    /** Whether a caller goes on where this turn ended. */
    boolean leadsTo(String from) {
      return from != null && from.equals(watermark);
    }
  }

  BotTurns(TurnRules rules) {
    habits = new TurnHabits(rules);
  }

  TurnHabits habits() {
    return habits;
  }

  synchronized Optional<Last> last(String conversation) {
    return Optional.ofNullable(last.get(conversation));
  }

  synchronized void ended(String conversation, Last turn) {
    last.put(conversation, turn);
  }

  /** Direct Line allows one stream per conversation. @return false if another call has it */
  synchronized boolean claimStream(String conversation) {
    return streamed.add(conversation);
  }

  synchronized void releaseStream(String conversation) {
    streamed.remove(conversation);
  }
}
