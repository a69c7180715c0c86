package dev.baton.channel.turn;

import java.time.Duration;
import java.util.List;

/**
 * What one turn showed of the bot's habits.
 *
 * @param gaps silences between its messages, as far as they are known
 * @param burstWentOn whether a message followed a burst
 * @param answeredLast false when a message came after the post had been answered; true when all had
 *     come although the turn took long; null when the turn says nothing of it
 * @param hintFollowed whether content followed a message that expects input; null if there was none
 * @param suggestionsFollowed likewise for a message with suggested actions
 */
public record TurnTrace(
    List<Duration> gaps,
    boolean burstWentOn,
    Boolean answeredLast,
    Boolean hintFollowed,
    Boolean suggestionsFollowed) {
  public TurnTrace {
    gaps = List.copyOf(gaps);
  }
}
