package dev.baton.conversation;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
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
 * @param escalating types of channels that bring their own humans, such as {@code genesys}, and how
 *     long a conversation there may rest before it ends. A handoff there is given to the channel,
 *     and Baton's part is over
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
    Set<String> cancelWords,
    Map<String, Duration> escalating) {

  public Policy {
    cancelWords = Set.copyOf(cancelWords.stream().map(Policy::fold).toList());
    escalating = Map.copyOf(escalating);
  }

  /** A policy for channels whose handoffs go to hubs. */
  public Policy(
      Duration assignment,
      Duration customerIdle,
      Duration agentIdle,
      Duration botSilent,
      Duration conversationIdle,
      Duration grace,
      Duration settle,
      boolean sendStatus,
      Set<String> cancelWords) {
    this(
        assignment,
        customerIdle,
        agentIdle,
        botSilent,
        conversationIdle,
        grace,
        settle,
        sendStatus,
        cancelWords,
        Map.of());
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

  /** The same policy with these channels that bring their own humans. */
  public Policy escalating(Map<String, Duration> channels) {
    return new Policy(
        assignment,
        customerIdle,
        agentIdle,
        botSilent,
        conversationIdle,
        grace,
        settle,
        sendStatus,
        cancelWords,
        channels);
  }

  /** Whether the channel brings its own humans. */
  boolean escalates(String channel) {
    return channel != null && escalating.containsKey(channel);
  }

  /** How long a conversation of this channel may rest before it ends. */
  Duration conversationIdle(String channel) {
    return escalates(channel) ? escalating.get(channel) : conversationIdle;
  }

  boolean cancels(String text) {
    return text != null && cancelWords.contains(fold(text));
  }

  private static String fold(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
