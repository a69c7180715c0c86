package dev.baton.channel.turn;

import java.time.Duration;
import java.util.List;

/**
 * What one turn showed of the bot's habits.
 *
 * @param gaps times between its messages, as far as they are known
 * @param answeredLast whether everything had come when the post was answered; null if not known
 * @param hintFollowed whether content followed a message that expects input; null if there was none
 * @param suggestionsFollowed likewise for a message with suggested actions
 */
public record TurnTrace(
    List<Duration> gaps, Boolean answeredLast, Boolean hintFollowed, Boolean suggestionsFollowed) {
  public TurnTrace {
    gaps = List.copyOf(gaps);
  }
}
