package dev.baton.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Whether this machine's clock agrees with another's. */
final class ClockCheck {
  /** More than this and expiry times are misjudged. */
  private static final Duration TOLERANCE = Duration.ofSeconds(60);

  private ClockCheck() {}

  /**
   * @param date the {@code Date} header of an answer that has just come
   * @return empty when the header is no date
   */
  static Optional<Finding> look(String subject, String date, Instant now) {
    Instant there;
    try {
      there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
    Finding.About about = new Finding.About("BTN-4503", subject, "clock");
    Duration skew = Duration.between(there, now);
    return Optional.of(
        skew.abs().compareTo(TOLERANCE) <= 0
            ? about.ok("agrees with the bot's to the minute")
            : about.warn(
                "differs from the bot's by " + skew.toSeconds() + " s",
                "this machine does not keep its time",
                "let a time service (NTP) set the clock: tokens live for minutes"));
  }
}
