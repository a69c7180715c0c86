package dev.baton.journal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a lane goes on after a failed delivery.
 *
 * @param initialDelay before the second attempt
 * @param factor by which each further wait grows
 * @param maximumDelay longest wait
 * @param limit how long after the first attempt an entry is given up
 */
public record LaneOptions(
    Duration initialDelay, double factor, Duration maximumDelay, Duration limit) {
  /** 200 ms, doubled up to 30 s, given up after two minutes. */
  public static final LaneOptions DEFAULT =
      new LaneOptions(Duration.ofMillis(200), 2, Duration.ofSeconds(30), Duration.ofMinutes(2));

  public LaneOptions {
    if (initialDelay.isNegative()
        || maximumDelay.isNegative()
        || limit.isNegative()
        || factor < 1) {
      throw new IllegalArgumentException(
          "Delays must not be negative, and the factor must be 1 or more");
    }
  }

  public LaneOptions withLimit(Duration newLimit) {
    return new LaneOptions(initialDelay, factor, maximumDelay, newLimit);
  }

  /** The wait after the given number of failed attempts: between half and all of the full one. */
  Duration delayAfter(int failures) {
    double full = initialDelay.toMillis() * Math.pow(factor, Math.max(0, failures - 1));
    double capped = Math.min(full, maximumDelay.toMillis());
    return Duration.ofMillis(
        (long) (capped * (0.5 + ThreadLocalRandom.current().nextDouble() / 2)));
  }
}
