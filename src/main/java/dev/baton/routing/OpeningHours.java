package dev.baton.routing;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a hub is open: {@code Mon-Fri 09:00-17:30, Sat 10:00-14:00} in its time zone, except on
 * holidays. A span may pass midnight ({@code Fri 22:00-02:00}); {@code 00:00-24:00} is the whole
 * day.
 */
public final class OpeningHours {
  private static final Pattern SPAN =
      Pattern.compile(
          "(?i)(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))?"
              + " +(\\d{1,2}:\\d{2})-(\\d{1,2}:\\d{2})");

  /** Nobody is told of an opening that is farther away. */
  private static final int DAYS_AHEAD = 31;

  private static final int DAY = 24 * 60;

  private final List<Span> spans;
  private final ZoneId zone;
  private final Set<LocalDate> holidays;

  /**
   * @param from minutes of the day
   * @param length minutes
   */
  private record Span(Set<DayOfWeek> days, int from, int length) {}

  private OpeningHours(List<Span> spans, ZoneId zone, Set<LocalDate> holidays) {
    this.spans = spans;
    this.zone = zone;
    this.holidays = holidays;
  }

  /**
   * @param hours spans, comma-separated; null or blank means always, but for holidays
   * @param zone IANA name; null or blank means UTC
   * @param holidays ISO dates on which it is closed the whole day
   * @throws IllegalArgumentException when one of them cannot be read; the message says what
   */
  public static OpeningHours of(String hours, String zone, List<String> holidays) {
    List<Span> spans = new ArrayList<>();
    String text = hours == null || hours.isBlank() ? "Mon-Sun 00:00-24:00" : hours;
    for (String part : text.split(",")) {
      spans.add(span(part.strip()));
    }
    return new OpeningHours(spans, zone(zone), dates(holidays));
  }

  /**
   * By the keys {@code hours}, {@code time-zone} and {@code holidays}.
   *
   * @throws IllegalArgumentException when one of them cannot be read
   */
  public static OpeningHours ofKeys(Map<String, String> keys) {
    String holidays = keys.getOrDefault("holidays", "");
    List<String> dates =
        Arrays.stream(holidays.split(",")).map(String::strip).filter(d -> !d.isEmpty()).toList();
    return of(keys.get("hours"), keys.get("time-zone"), dates);
  }

  private static Span span(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no opening time; write it like Mon-Fri 09:00-17:00");
    }
    int from = minutes(matcher.group(3));
    int to = minutes(matcher.group(4));
    if (from == DAY || from == to) {
      throw new IllegalArgumentException("'" + text + "' has no length");
    }
    DayOfWeek first = day(matcher.group(1));
    DayOfWeek last = matcher.group(2) == null ? first : day(matcher.group(2));
    Set<DayOfWeek> days = new TreeSet<>();
    for (DayOfWeek day = first; ; day = day.plus(1)) {
      days.add(day);
      if (day == last) {
        break;
      }
    }
    return new Span(days, from, to > from ? to - from : to - from + DAY);
  }

  private static int minutes(String time) {
    String[] parts = time.split(":");
    int minutes = Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
    if (Integer.parseInt(parts[1]) > 59 || minutes > DAY) {
      throw new IllegalArgumentException("'" + time + "' is no time of day");
    }
    return minutes;
  }

  private static DayOfWeek day(String name) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().startsWith(name.toUpperCase(Locale.ROOT))) {
        return day;
      }
    }
    throw new IllegalArgumentException("'" + name + "' is no day of the week");
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name == null || name.isBlank() ? "UTC" : name.strip());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + name + "' is no time zone; write it like Europe/Berlin", e);
    }
  }

  private static Set<LocalDate> dates(List<String> texts) {
    Set<LocalDate> dates = new TreeSet<>();
    for (String text : texts) {
      try {
        dates.add(LocalDate.parse(text));
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "'" + text + "' is no date; write it like 2026-12-25", e);
      }
    }
    return dates;
  }

  /** Whether it is open at that moment. */
  public boolean isOpen(Instant at) {
    LocalDate today = at.atZone(zone).toLocalDate();
    // A span that began yesterday may reach into today.
    return opens(today, at) || opens(today.minusDays(1), at);
  }

  private boolean opens(LocalDate date, Instant at) {
    return !holidays.contains(date)
        && spans.stream()
            .filter(span -> span.days.contains(date.getDayOfWeek()))
            .anyMatch(span -> !at.isBefore(start(date, span)) && at.isBefore(end(date, span)));
  }

  private Instant start(LocalDate date, Span span) {
    return date.atTime(LocalTime.of(span.from / 60, span.from % 60)).atZone(zone).toInstant();
  }

  private Instant end(LocalDate date, Span span) {
    int end = span.from + span.length;
    ZonedDateTime day = date.plusDays(end / DAY).atStartOfDay(zone);
    return day.with(LocalTime.of(end % DAY / 60, end % 60)).toInstant();
  }

  /** When it opens next after that moment; empty when it is not within a month. */
  public Optional<Instant> nextOpening(Instant after) {
    LocalDate today = after.atZone(zone).toLocalDate();
    for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
      LocalDate date = today.plusDays(ahead);
      Optional<Instant> first =
          holidays.contains(date)
              ? Optional.empty()
              : spans.stream()
                  .filter(span -> span.days.contains(date.getDayOfWeek()))
                  .map(span -> start(date, span))
                  .filter(start -> start.isAfter(after))
                  .sorted()
                  .findFirst();
      if (first.isPresent()) {
        return first;
      }
    }
    return Optional.empty();
  }
}
