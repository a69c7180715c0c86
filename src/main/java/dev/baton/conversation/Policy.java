package dev.baton.conversation;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * What configuration decides about every conversation. A duration of zero switches its rule off.
 *
 * @param assignment how long to wait for an agent
 * @param customerIdle how long the customer may be silent while a human has the conversation
 * @param agentIdle how long the agent may leave the customer without an answer
 * @param botSilent how long the bot may leave the customer without an answer
 * @param conversationIdle how long a conversation with the bot may rest before it ends
 * @param grace how long after its end a hub's own texts, such as a survey, still reach the customer
 * @param settle how long after asking for a human the bot's words of the same turn still reach the
 *     customer
 * @param sendStatus whether the bot is told {@code handoff.status}
 * @param cancelWords what a waiting customer types to go back to the bot, compared without case
 */
public record Policy(
    Duration assignment,
    Duration customerIdle,
    Duration agentIdle,
    Duration botSilent,
    Duration conversationIdle,
    Duration grace,
    Duration settle,
    boolean sendStatus,
    Set<String> cancelWords) {

  public Policy {
    cancelWords = Set.copyOf(cancelWords.stream().map(Policy::fold).toList());
  }

  /** The defaults of {@code application.properties}. */
  public static Policy defaults() {
    return new Policy(
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofMinutes(15),
        Duration.ofSeconds(60),
        Duration.ofHours(24),
        Duration.ofSeconds(60),
        Duration.ofSeconds(3),
        true,
        Set.of());
  }

  boolean cancels(String text) {
    return text != null && cancelWords.contains(fold(text));
  }

  private static String fold(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
