package dev.baton.hub.omnichannel;

import dev.baton.hub.Fields;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what Dataverse says about representatives. Names come in any case; the years 1 and 9999
 * stand for times that are not known. Source: Microsoft, "Use the representative availability API".
 */
final class AvailabilityAnswer {
  private AvailabilityAnswer() {}

  /**
   * @param agentNeeded whether a queue without a free agent counts as nobody there
   * @return as the hub contract's {@code availability}
   */
  static Map<String, Object> of(Map<?, ?> answer, boolean agentNeeded) {
    Fields fields = Fields.of(answer);
    Map<String, Object> result = new LinkedHashMap<>();
    if (fields.raw("IsQueueAvailable") == null) {
      result.put("state", "UNKNOWN");
      return result;
    }
    if (!fields.flag("IsQueueAvailable", false)) {
      result.put("state", "UNAVAILABLE");
      result.put("reason", "CLOSED");
      put(result, "nextOpen", time(fields.text("StartTimeOfNextOperatingHour")));
      return result;
    }
    if (agentNeeded && !fields.flag("IsAgentAvailable", true)) {
      result.put("state", "UNAVAILABLE");
      result.put("reason", "NO_AGENT");
      return result;
    }
    result.put("state", "AVAILABLE");
    if (!fields.flag("IsAgentAvailable", false)) {
      put(result, "position", fields.number("PositionInQueue"));
      put(result, "waitSeconds", wait(fields));
    }
    return result;
  }

  private static Integer wait(Fields fields) {
    Integer seconds = fields.number("AverageWaitTimeInSeconds");
    Integer minutes = fields.number("AverageWaitTime");
    return seconds != null ? seconds : minutes == null ? null : Integer.valueOf(minutes * 60);
  }

  private static String time(String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      int year = time.atOffset(ZoneOffset.UTC).getYear();
      return year <= 1 || year >= 9999 ? null : time.toString();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static void put(Map<String, Object> map, String key, Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
