package dev.baton.configuration;

/** A value that must never be printed. Reading it takes an explicit {@link #reveal()}. */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
