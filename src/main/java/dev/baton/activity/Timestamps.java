package dev.baton.activity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as activities carry them. */
public final class Timestamps {
  // Instant.toString leaves out zeros at the end, and then texts no longer sort like times.
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** ISO 8601 in UTC, always with three digits of the second's fraction. */
  public static String text(Instant instant) {
    return MILLISECONDS.format(instant);
  }
}
