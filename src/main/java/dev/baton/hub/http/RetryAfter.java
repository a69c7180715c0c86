package dev.baton.hub.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header {@code Retry-After}: seconds or an HTTP date. */
public final class RetryAfter {
  private RetryAfter() {}

  /** How long to wait from now, never negative; null when the header is missing or unreadable. */
  public static Duration parse(String header) {
    return parse(header, Instant.now());
  }

  public static Duration parse(String header, Instant now) {
    if (header == null) {
      return null;
    }
    String value = header.trim();
    try {
      Duration wait =
          value.chars().allMatch(Character::isDigit) && !value.isEmpty()
              ? Duration.ofSeconds(Long.parseLong(value))
              : Duration.between(
                  now,
                  ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return null;
    }
  }
}
