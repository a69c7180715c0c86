package dev.baton.conversation;

/**
 * A human agent as far as the hub discloses one. Every field may be null.
 *
 * @param id the hub's id of the agent
 * @param name the name shown to the customer
 */
public record Agent(String id, String name) {
  public static final Agent UNKNOWN = new Agent(null, null);

  /**
   * Whether nothing speaks against both being one person. Hubs do not name an agent in every event,
   * and not always in the same way: what one event lacks does not make another agent.
   */
  boolean maybe(Agent other) {
    if (other == null) {
      return true;
    }
    if (id != null && other.id != null) {
      return id.equals(other.id);
    }
    return name == null || other.name == null || name.equals(other.name);
  }

  /** What is known of the agent from both. */
  Agent and(Agent other) {
    return new Agent(other.id != null ? other.id : id, other.name != null ? other.name : name);
  }

  boolean hasName() {
    return name != null && !name.isBlank();
  }
}
