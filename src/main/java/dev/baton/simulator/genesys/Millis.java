package dev.baton.simulator.genesys;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The platform's times have milliseconds. */
final class Millis {
  private Millis() {}

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
