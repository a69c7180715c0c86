package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;

/**
 * What users of a ServiceNow hub see when something is set up wrongly. The codes are the same when
 * Baton notices one of them while it runs; docs/servicenow-doctor.md has a row for each.
 */
public enum Symptom {
  NO_AGENTS(1, "\"No agents available\""),
  CLOSED_AT_ONCE(2, "the interaction is created and closes at once"),
  NO_HANDOFF_OFFERED(3, "the handoff is never offered"),
  AUTHENTICATION(4, "authentication errors"),
  SILENCE(5, "200, but nothing comes back"),
  HALF_CHANGED_ENDPOINT(6, "only the first half of the endpoint was changed"),
  OAUTH(7, "401 with OAuth"),
  AVAILABILITY_FORBIDDEN(8, "403 on availability"),
  APPLICATION(9, "404 on the endpoint"),
  RESOURCE_INACTIVE(10, "405 on the endpoint"),
  GUEST(11, "the customer shows as Guest"),
  TOPIC_PICKER(12, "a request for an agent is answered with topics"),
  IDLE_CANCEL(13, "the chat ends after some minutes"),
  TAKE_CONTROL(14, "ServiceNow gives up after two misunderstandings"),
  SILENCED(15, "all output is missing"),
  NO_IDS(16, "no interaction id, agent id or receipts"),
  NO_HISTORY(17, "the history is missing"),
  ATTACHMENT_LOST(18, "an attachment vanishes"),
  NO_TYPING(19, "typing is never shown"),
  SYNCHRONOUS(20, "replies come in the HTTP response"),
  OUT_OF_ORDER(21, "messages are out of order"),
  DOUBLED(22, "agents' lines are doubled"),
  CANNOT_ACCEPT(23, "an agent cannot accept"),
  NEVER_OFFERED(24, "the work item is never offered"),
  RATE_LIMIT(25, "429"),
  CALLBACK_REFUSED(26, "a proxy refuses the callback"),
  RELAY_LATE(27, "Bot Interconnect answers empty or late"),
  RELAY_NO_ESCALATION(28, "Bot Interconnect never escalates"),
  LOGS_CUT(29, "logs are cut");

  private final int row;
  private final String words;

  Symptom(int row, String words) {
    this.row = row;
    this.words = words;
  }

  /** {@code BTN-2301} to {@code BTN-2329}. */
  public String code() {
    return "BTN-" + (2300 + row);
  }

  public String words() {
    return words;
  }

  Finding.About about(Target target, String check) {
    return new Finding.About(code(), "hub " + target.hub(), check);
  }
}
