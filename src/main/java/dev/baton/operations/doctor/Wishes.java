package dev.baton.operations.doctor;

import java.time.Duration;

/**
 * What the user of the doctor asked for beyond reading.
 *
 * @param endToEnd whether real conversations are opened and ended again
 * @param user e-mail address of a person whose account is examined too, or null
 * @param patience how long an end-to-end test waits for the first callback
 */
public record Wishes(boolean endToEnd, String user, Duration patience) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Only to read. */
  public static Wishes none() {
    return new Wishes(false, null, PATIENCE);
  }
}
