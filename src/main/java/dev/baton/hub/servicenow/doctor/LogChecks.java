package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;
import java.util.List;

/** What ServiceNow itself noted: BTN-2305 and BTN-2325. */
final class LogChecks {
  private static final int SHOWN = 160;
  private static final int LOW = 1000;

  private LogChecks() {}

  /**
   * @param messages rows of sys_cs_ca_message, newest first
   */
  static Finding deliveries(Target target, Rows messages) {
    Finding.About about = Symptom.SILENCE.about(target, "deliveries to Baton");
    if (!messages.readable()) {
      return messages.unseen(about, "rows in state Error in sys_cs_ca_message");
    }
    Rows errors = messages.where(LogChecks::isError);
    if (errors.isEmpty()) {
      return about.ok("none in error (sys_cs_ca_message, cleaned every night)");
    }
    Rows.Row newest = errors.all().get(0);
    String detail = newest.get("error_message") + " " + newest.get("http_status");
    boolean refused = detail.contains("401") || detail.contains("403");
    return about.warn(
        errors.all().size()
            + " in error, the newest of "
            + newest.get("sys_created_on")
            + " UTC: "
            + brief(newest.get("error_message")),
        refused
            ? "Baton refused the callback's user, password or header"
            : "ServiceNow could not reach Baton, was refused, or a transformation failed",
        refused
            ? "type the callback's password in again on the instance"
            : "open the newest in sys_cs_ca_message; see that the instance can reach Baton");
  }

  private static boolean isError(Rows.Row row) {
    String state = row.isEmpty("status") ? row.get("state") : row.get("status");
    return state.equalsIgnoreCase("error");
  }

  /**
   * @param entries of syslog with the application as source, newest first
   */
  static Finding systemLog(Target target, Rows entries) {
    Finding.About about = Symptom.SILENCE.about(target, "system log");
    if (!entries.readable()) {
      return entries.unseen(about, "syslog with source " + ApplicationChecks.SCOPE);
    }
    Rows errors = entries.where(row -> List.of("2", "3", "error").contains(row.get("level")));
    return errors.isEmpty()
        ? about.ok("no errors from " + ApplicationChecks.SCOPE)
        : about.warn(
            errors.all().size()
                + " errors, the newest: "
                + brief(errors.all().get(0).get("message")),
            "the application could not work on a message",
            "read it in full in the system log");
  }

  private static String brief(String message) {
    String text = Masking.mask(message.replaceAll("\\s+", " ").strip());
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  /**
   * BTN-2325.
   *
   * @param rules active rows of sys_rate_limit_rules
   */
  static Finding rate(Target target, Rows rules) {
    Finding.About about = Symptom.RATE_LIMIT.about(target, "rate limit");
    if (!rules.readable()) {
      return rules.unseen(about, "sys_rate_limit_rules that apply to the service account");
    }
    if (rules.isEmpty()) {
      return about.ok("no rule; Baton waits as Retry-After says if one is made");
    }
    List<String> low =
        rules.all().stream().filter(LogChecks::isLow).map(LogChecks::described).toList();
    return low.isEmpty()
        ? about.ok(
            "rules: " + String.join(", ", rules.all().stream().map(LogChecks::described).toList()))
        : about.warn(
            "low: " + String.join(", ", low),
            "every line of a customer is a request; a busy hour goes over this limit",
            "raise it for the service account, or exempt /api/sn_va_as_service");
  }

  private static double limit(Rows.Row row) {
    return row.number(row.has("request_limit_per_hour") ? "request_limit_per_hour" : "requests");
  }

  private static boolean isLow(Rows.Row row) {
    return limit(row) > 0 && limit(row) < LOW;
  }

  private static String described(Rows.Row row) {
    String limit = limit(row) > 0 ? " (" + Math.round(limit(row)) + " an hour)" : "";
    return row.get("name") + limit;
  }
}
