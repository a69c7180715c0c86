package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Work items that wait: BTN-2324. */
final class WorkItemCheck {
  static final String LOOK_BACK = "com.glide.awa.routinglookback";
  private static final int USUAL_LOOK_BACK = 600;
  private static final int TOO_MANY = 10_000;

  /** How the Table API writes times: UTC. */
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private WorkItemCheck() {}

  /**
   * @param waiting work items in state queued
   */
  static Finding look(Target target, Rows waiting, Properties properties, Instant now) {
    Finding.About about = Symptom.NEVER_OFFERED.about(target, "waiting work items");
    if (!waiting.readable()) {
      return waiting.unseen(about, "awa_work_item in state queued");
    }
    int lookBack = properties.number(LOOK_BACK, USUAL_LOOK_BACK);
    long old =
        waiting.all().stream()
            .filter(row -> age(row, now).compareTo(Duration.ofSeconds(lookBack)) > 0)
            .count();
    if (waiting.all().size() >= TOO_MANY) {
      return about.fail(
          waiting.all().size() + " or more wait",
          "beyond 10,000 in a queue items may never be assigned",
          "close those that nobody waits for");
    }
    return old == 0
        ? about.ok(waiting.all().size() + " wait")
        : about.warn(
            old + " wait for longer than " + lookBack + " s",
            "only items younger than " + LOOK_BACK + " are routed; these never will be",
            "close them, and look why they were not offered: group, capacity, skills");
  }

  private static Duration age(Rows.Row row, Instant now) {
    try {
      Instant created =
          LocalDateTime.parse(row.get("sys_created_on"), TIME).toInstant(ZoneOffset.UTC);
      return Duration.between(created, now);
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }
}
