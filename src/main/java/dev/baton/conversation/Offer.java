package dev.baton.conversation;

import java.util.List;

/**
 * Humans that the customer may choose from.
 *
 * @param choices in the order in which they are offered
 * @param describe whether the customer is asked to confirm what the agent will be told
 * @param description what the bot says that it is about, or what the customer made of it; may be
 *     null
 * @param hub configured name of the hub that the customer chose, null before
 */
public record Offer(List<Choice> choices, boolean describe, String description, String hub) {

  /**
   * @param hub configured name of the hub
   * @param name how the customer knows it, in the customer's language
   * @param waitSeconds expected wait, or null when not known
   */
  public record Choice(String hub, String name, Integer waitSeconds) {}

  public Offer {
    choices = List.copyOf(choices);
  }

  Offer chosen(String name) {
    return new Offer(choices, describe, description, name);
  }

  Offer described(String text) {
    return new Offer(choices, describe, text, hub);
  }
}
