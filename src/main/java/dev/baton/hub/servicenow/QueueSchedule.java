package dev.baton.hub.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the configured queue is closed now: switched off, or outside its schedule. Only asked
 * when {@code queue-schedule} is on. What cannot be read or understood counts as open: the opening
 * will tell.
 */
final class QueueSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(QueueSchedule.class);

  private final TableClient tables;
  private final Clock clock;

  QueueSchedule(TableClient tables, Clock clock) {
    this.tables = tables;
    this.clock = clock;
  }

  boolean closed(ServiceNowConfig config) throws IOException {
    if (!config.flag("queue-schedule", false) || !config.isSet("queue")) {
      return false;
    }
    TableClient.Answer queue = byId(config, "awa_queue", config.text("queue"), "active,schedule");
    if (queue.rows().isEmpty()) {
      return false;
    }
    if ("false".equalsIgnoreCase(TableClient.text(queue.rows().get(0), "active"))) {
      LOG.warn("BTN-2301 Hub {}: the queue is not active", config.hub());
      return true;
    }
    String schedule = TableClient.text(queue.rows().get(0), "schedule");
    if (schedule.isEmpty()) {
      return false;
    }
    ZoneId zone = zone(config, schedule);
    TableClient.Answer spans =
        tables.read(
            config,
            TableQuery.all(
                "cmn_schedule_span",
                "schedule=" + TableQuery.value(schedule),
                "schedule,type,all_day,start_date_time,end_date_time,repeat_type,repeat_count,"
                    + "days_of_week,repeat_until"),
            row -> TableClient.text(row, "schedule").equals(schedule));
    return spans.isRead() && !spans.rows().isEmpty() && closed(spans.rows(), zone);
  }

  private boolean closed(List<JsonNode> spans, ZoneId zone) {
    ZonedDateTime now = clock.instant().atZone(zone);
    boolean open = false;
    for (JsonNode span : spans) {
      try {
        boolean inside = ScheduleSpan.of(span, zone).contains(now);
        if (inside && "exclude".equalsIgnoreCase(TableClient.text(span, "type"))) {
          return true;
        }
        open |= inside;
      } catch (DateTimeException | IllegalArgumentException e) {
        return false;
      }
    }
    return !open;
  }

  private ZoneId zone(ServiceNowConfig config, String schedule) throws IOException {
    TableClient.Answer row = byId(config, "cmn_schedule", schedule, "time_zone");
    String name = row.first().map(r -> TableClient.text(r, "time_zone")).orElse("");
    try {
      return name.isEmpty() || name.equals("floating") ? ZoneId.of("UTC") : ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneId.of("UTC");
    }
  }

  private TableClient.Answer byId(ServiceNowConfig config, String table, String id, String fields)
      throws IOException {
    return tables.read(
        config,
        TableQuery.one(table, "sys_id", id, fields),
        row -> TableClient.text(row, "sys_id").equals(id));
  }
}
