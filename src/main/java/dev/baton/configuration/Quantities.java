package dev.baton.configuration;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them. */
final class Quantities {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern WHOLE = Pattern.compile("(" + PART.pattern() + ")+");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([km]?)b?");

  private Quantities() {}

  /** {@code 250ms}, {@code 30s}, {@code 1h30m}, {@code 30d}, or ISO 8601 as {@code PT5M}. */
  static Duration duration(String text) {
    String lower = text.toLowerCase(Locale.ROOT).replace(" ", "");
    if (lower.startsWith("p")) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("expected a duration such as 30s, 5m, 24h or PT5M", e);
      }
    }
    if (!WHOLE.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          "expected a duration with its unit, such as 30s, 5m or 24h");
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(lower);
    while (part.find()) {
      sum = sum.plus(part(Long.parseLong(part.group(1)), part.group(2)));
    }
    return sum;
  }

  /** {@code 4096}, {@code 256k}, {@code 4m}; in bytes. */
  static int bytes(String text) {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT).replace(" ", ""));
    if (size.matches()) {
      long factor =
          switch (size.group(2)) {
            case "k" -> 1024;
            case "m" -> 1024 * 1024;
            default -> 1;
          };
      long bytes = Long.parseLong(size.group(1)) * factor;
      if (bytes <= Integer.MAX_VALUE) {
        return (int) bytes;
      }
    }
    throw new IllegalArgumentException(
        "expected a size in bytes below 2 GB, such as 4096, 256k or 4m");
  }

  private static Duration part(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
