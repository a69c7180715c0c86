package dev.baton.conversation;

/**
 * A human agent as far as the hub discloses one. Every field may be null.
 *
 * @param id the hub's id of the agent
 * @param name the name shown to the customer
 */
public record Agent(String id, String name) {
  public static final Agent UNKNOWN = new Agent(null, null);
}
