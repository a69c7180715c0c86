package dev.baton.channel.turn;

import java.time.Duration;
import java.util.Set;

/**
 * The numbers of turn detection. Each is a time of silence, counted from the last thing that the
 * bot did.
 *
 * @param settle after a definite sign (input expected, handoff, end), for answers that swapped
 *     places on the way
 * @param shortest the shortest silence that is ever taken for the end of a turn without such a sign
 * @param quiet the silence that ends a turn while nothing is known of the bot's pace
 * @param longest limit on what a slow pace may make of it
 * @param handoff how long a text is waited for after a handoff that came before any text
 * @param typing how long a typing signal keeps the turn open
 * @param typingTotal how long typing signals alone keep it open, from the last message
 * @param finalEvents names of events that end a turn: the handoff events of the bot
 */
public record TurnRules(
    Duration settle,
    Duration shortest,
    Duration quiet,
    Duration longest,
    Duration handoff,
    Duration typing,
    Duration typingTotal,
    Set<String> finalEvents) {

  /** Gaps up to this are a burst: messages that the bot sent in one go. */
  static final Duration BURST = Duration.ofMillis(40);

  /** The silence after two messages of a burst: a third is often still on its way. */
  static final Duration BURST_OF_TWO = Duration.ofMillis(150);

  public TurnRules {
    finalEvents = Set.copyOf(finalEvents);
    if (shortest.compareTo(quiet) > 0 || quiet.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "Quiet periods must grow: shortest %s, quiet %s, longest %s"
              .formatted(shortest, quiet, longest));
    }
  }

  /** What fits most bots. */
  public static TurnRules defaults() {
    return new TurnRules(
        Duration.ofMillis(20),
        Duration.ofMillis(25),
        Duration.ofMillis(800),
        Duration.ofSeconds(3),
        Duration.ofMillis(250),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        Set.of("handoff.initiate"));
  }

  public TurnRules withFinalEvents(Set<String> events) {
    return new TurnRules(settle, shortest, quiet, longest, handoff, typing, typingTotal, events);
  }

  public TurnRules withSettle(Duration newSettle) {
    return new TurnRules(
        newSettle, shortest, quiet, longest, handoff, typing, typingTotal, finalEvents);
  }

  public TurnRules withQuiet(Duration newQuiet) {
    return new TurnRules(
        settle, shortest, newQuiet, longest, handoff, typing, typingTotal, finalEvents);
  }
}
