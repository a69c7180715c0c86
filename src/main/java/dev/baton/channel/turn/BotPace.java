package dev.baton.channel.turn;

import java.time.Duration;

/**
 * What earlier turns of a bot tell about the next one; made by {@link TurnHabits}.
 *
 * @param gap the longest silence between two messages of one turn, zero when none was seen
 * @param gapKnown whether enough turns of several messages were seen to rely on {@code gap}
 * @param burstsGoOn whether messages were seen to follow a burst in the same turn
 * @param answerIsLast whether the bot sends everything before its post is answered
 * @param hintIsLast whether nothing follows a message that expects input
 * @param suggestionsAreLast whether nothing follows a message with suggested actions
 */
public record BotPace(
    Duration gap,
    boolean gapKnown,
    boolean burstsGoOn,
    boolean answerIsLast,
    boolean hintIsLast,
    boolean suggestionsAreLast) {

  /** Nothing is known: definite signs are believed, the pace is not. */
  public static final BotPace UNKNOWN = new BotPace(Duration.ZERO, false, false, false, true, true);
}
