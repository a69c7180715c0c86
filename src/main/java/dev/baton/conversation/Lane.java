package dev.baton.conversation;

/** The ordered queue of entries of one conversation for one destination. */
public enum Lane {
  BOT,
  HUB,
  CUSTOMER;

  /**
   * The lane's name in route YAML, in the store and in metrics: {@code bot}, {@code hub}, {@code
   * customer}.
   */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
