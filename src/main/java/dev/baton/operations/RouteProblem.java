package dev.baton.operations;

/**
 * Why a route file cannot be used.
 *
 * @param file where it stands
 * @param line 1 is the first; 0 when the reason has no place
 * @param reason what is wrong
 */
public record RouteProblem(String file, int line, String reason) {
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + reason;
  }
}
