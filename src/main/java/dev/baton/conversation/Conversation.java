package dev.baton.conversation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;

/**
 * The state of one customer's exchange, from first contact to end. Immutable; {@link Decider} makes
 * the next one.
 *
 * @param id Baton's id, URL-safe
 * @param bot configured name of the bot
 * @param channel type of the channel, for example {@code directline}
 * @param customer the customer
 * @param locale BCP 47 tag, or null when unknown
 * @param owner who answers now
 * @param handoff the current or the latest handoff, or null
 * @param handoffs how many handoffs there were; numbers the next {@link Handoff#id()}
 * @param customerActivities how many activities the customer's stream holds; numbers the next one
 *     from 0
 * @param timers running time-outs and when they fire
 * @param startedAt first contact
 * @param updatedAt last event of any kind
 * @param endedAt when it ended, or null
 */
public record Conversation(
    String id,
    String bot,
    String channel,
    Customer customer,
    String locale,
    Owner owner,
    Handoff handoff,
    int handoffs,
    long customerActivities,
    Map<Timer, Instant> timers,
    Instant startedAt,
    Instant updatedAt,
    Instant endedAt) {

  public Conversation {
    timers = timers == null ? Map.of() : Map.copyOf(timers);
  }

  /** When the earliest time-out fires, or null when none runs. */
  @JsonIgnore
  public Instant nextDue() {
    return timers.values().stream().min(Instant::compareTo).orElse(null);
  }
}
