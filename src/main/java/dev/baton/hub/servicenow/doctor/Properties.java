package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;
import java.util.List;
import java.util.Optional;

/** System properties of the instance; those not set have ServiceNow's presets. */
record Properties(Rows rows) {
  static final List<String> NAMES =
      List.of(
          ChannelChecks.EXCLUDED,
          ChannelChecks.ATTACHMENT_ROLE,
          PropertyChecks.REMINDER,
          PropertyChecks.CANCEL,
          PropertyChecks.TAKE_CONTROL,
          PropertyChecks.LOG_LIMIT,
          PropertyChecks.LOGGING,
          WorkItemCheck.LOOK_BACK);

  static Query query() {
    return Query.of("sys_properties").in("name", NAMES).fields("name", "value");
  }

  boolean readable() {
    return rows.readable();
  }

  /** The value, or empty when it is not set. */
  String get(String name) {
    return find(name).orElse("");
  }

  Optional<String> find(String name) {
    return rows.all().stream()
        .filter(row -> row.get("name").equals(name))
        .map(row -> row.get("value"))
        .findFirst();
  }

  /** The number, or the preset when there is none. */
  int number(String name, int preset) {
    String value = get(name).strip();
    return value.matches("\\d{1,9}") ? Integer.parseInt(value) : preset;
  }

  Finding unseen(Finding.About about, String byHand) {
    return rows.unseen(about, byHand);
  }
}
