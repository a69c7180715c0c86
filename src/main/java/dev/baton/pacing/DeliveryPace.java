package dev.baton.pacing;

import dev.baton.journal.DeliveryException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Variable;

/**
 * Bean {@code deliveryPace}: keeps what is sent to a hub or a bot under its quota. Who may not go
 * now waits in the lane, and comes in the order in which they asked; a conversation has one place
 * at a time, so that one with much to say does not hold up the others.
 */
public final class DeliveryPace {
  private final Map<String, RequestPacer> hubs = new HashMap<>();
  private final Map<String, RequestPacer> bots = new HashMap<>();

  /**
   * @param hubs requests per minute by name of hub; those that are not named are not paced
   * @param bots the same by name of bot
   */
  public DeliveryPace(Map<String, Integer> hubs, Map<String, Integer> bots, Clock clock) {
    hubs.forEach((name, pace) -> this.hubs.put(name, new RequestPacer(pace, clock)));
    bots.forEach((name, pace) -> this.bots.put(name, new RequestPacer(pace, clock)));
  }

  /**
   * @throws DeliveryException when it is not the conversation's turn yet
   */
  public void hub(@Variable("hub") String hub, @Variable("conversation") String conversation) {
    await(hubs.get(hub), conversation);
  }

  /**
   * @throws DeliveryException when it is not the conversation's turn yet
   */
  public void bot(@Variable("bot") String bot, @Variable("conversation") String conversation) {
    await(bots.get(bot), conversation);
  }

  private static void await(RequestPacer pacer, String conversation) {
    Duration wait = pacer == null ? Duration.ZERO : pacer.ask(conversation);
    if (!wait.isZero()) {
      throw DeliveryException.notYet(wait);
    }
  }
}
