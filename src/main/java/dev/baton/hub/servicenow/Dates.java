package dev.baton.hub.servicenow;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Answers to questions for a date or time. Which form ServiceNow accepts is not documented: {@code
 * date-format} chooses between what the customer wrote and epoch milliseconds.
 */
final class Dates {
  private Dates() {}

  /**
   * @param asked {@code Date}, {@code Time}, {@code DateTime}, or null when none is asked for
   */
  static String written(ServiceNowConfig config, String asked, String text) {
    if (asked == null || !"epoch".equals(config.text("date-format", "text"))) {
      return text;
    }
    try {
      ZoneId zone = ZoneId.of(config.text("timezone", "UTC"));
      String iso = text.strip().replace(' ', 'T');
      LocalDateTime time =
          switch (asked.toLowerCase(Locale.ROOT)) {
            case "date" -> LocalDate.parse(iso).atStartOfDay();
            case "time" -> LocalTime.parse(iso).atDate(LocalDate.EPOCH);
            default -> LocalDateTime.parse(iso);
          };
      return Long.toString(time.atZone(zone).toInstant().toEpochMilli());
    } catch (DateTimeException e) {
      return text; // ServiceNow asks again and says why
    }
  }
}
