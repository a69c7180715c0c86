package dev.baton.simulator.servicenow;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Durations as people write them: {@code 250ms}, {@code 1.5s}, {@code 2m}. */
final class Durations {
  private Durations() {}

  static Duration parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    try {
      Duration duration =
          lower.endsWith("ms")
              ? Duration.ofMillis(Long.parseLong(lower.substring(0, lower.length() - 2).strip()))
              : Duration.parse("pt" + lower);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (NumberFormatException | DateTimeParseException e) {
      // Told below.
    }
    throw new SimulatorException(
        "BTN-4751", "'" + text + "' is not a duration; write 250ms, 1.5s or 2m");
  }
}
