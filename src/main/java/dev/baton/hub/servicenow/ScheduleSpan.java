package dev.baton.hub.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** One entry of a schedule: a span of time that may come again daily, on weekdays or weekly. */
record ScheduleSpan(
    LocalDateTime start,
    Duration length,
    String repeat,
    int every,
    String days,
    LocalDate until,
    ZoneId zone) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");

  /**
   * @throws RuntimeException when it cannot be understood
   */
  static ScheduleSpan of(JsonNode row, ZoneId zone) {
    LocalDateTime start = time(TableClient.text(row, "start_date_time"), zone);
    LocalDateTime end = time(TableClient.text(row, "end_date_time"), zone);
    if ("true".equalsIgnoreCase(TableClient.text(row, "all_day"))) {
      start = start.truncatedTo(ChronoUnit.DAYS);
      end = end.truncatedTo(ChronoUnit.DAYS).plusDays(1);
    }
    String repeat = TableClient.text(row, "repeat_type");
    String count = TableClient.text(row, "repeat_count");
    String until = TableClient.text(row, "repeat_until");
    return new ScheduleSpan(
        start,
        Duration.between(start, end),
        repeat,
        count.isEmpty() ? 1 : Math.max(1, Integer.parseInt(count)),
        TableClient.text(row, "days_of_week"),
        until.length() < 8 || until.startsWith("0")
            ? null
            : LocalDate.parse(until.substring(0, 8), DATE),
        zone);
  }

  /** {@code 20260102T080000}, in the schedule's zone; with {@code Z} in UTC. */
  private static LocalDateTime time(String text, ZoneId zone) {
    boolean utc = text.endsWith("Z");
    LocalDateTime time =
        LocalDateTime.parse(utc ? text.substring(0, text.length() - 1) : text, TIME);
    return utc ? time.atZone(ZoneOffset.UTC).withZoneSameInstant(zone).toLocalDateTime() : time;
  }

  /**
   * @throws IllegalArgumentException when it repeats in a way that is not known
   */
  boolean contains(ZonedDateTime when) {
    LocalDateTime now = when.withZoneSameInstant(zone).toLocalDateTime();
    LocalDate today = now.toLocalDate();
    // A span may go over midnight: the one that began yesterday counts too.
    return during(now, today) || during(now, today.minusDays(1));
  }

  private boolean during(LocalDateTime now, LocalDate day) {
    if (!begins(day)) {
      return false;
    }
    LocalDateTime from = day.atTime(start.toLocalTime());
    LocalDateTime begin = repeat.isEmpty() ? start : from;
    return !now.isBefore(begin) && now.isBefore(begin.plus(length));
  }

  private boolean begins(LocalDate day) {
    LocalDate first = start.toLocalDate();
    if (repeat.isEmpty()) {
      return true;
    }
    if (day.isBefore(first) || (until != null && day.isAfter(until))) {
      return false;
    }
    return switch (repeat) {
      case "daily" -> ChronoUnit.DAYS.between(first, day) % every == 0;
      case "weekdays" -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
      case "weekends" -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
      case "weekly" ->
          ChronoUnit.WEEKS.between(monday(first), monday(day)) % every == 0
              && (days.isEmpty()
                  ? day.getDayOfWeek() == first.getDayOfWeek()
                  : days.contains(Integer.toString(day.getDayOfWeek().getValue())));
      default -> throw new IllegalArgumentException("repeats " + repeat);
    };
  }

  private static LocalDate monday(LocalDate day) {
    return day.minusDays(day.getDayOfWeek().getValue() - 1L);
  }
}
