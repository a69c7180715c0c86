package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;

/**
 * What users of a ServiceNow hub see when something is set up wrongly. The codes are the same when
 * Baton notices one of them while it runs; docs/servicenow-doctor.md has a row for each.
 */
public enum Symptom {
  NO_AGENTS("\"No agents available\""),
  CLOSED_AT_ONCE("the interaction is created and closes at once"),
  NO_HANDOFF_OFFERED("the handoff is never offered"),
  AUTHENTICATION("authentication errors"),
  SILENCE("200, but nothing comes back"),
  HALF_CHANGED_ENDPOINT("only the first half of the endpoint was changed"),
  OAUTH("401 with OAuth"),
  AVAILABILITY_FORBIDDEN("403 on availability"),
  APPLICATION("404 on the endpoint"),
  RESOURCE_INACTIVE("405 on the endpoint"),
  GUEST("the customer shows as Guest"),
  TOPIC_PICKER("a request for an agent is answered with topics"),
  IDLE_CANCEL("the chat ends after some minutes"),
  TAKE_CONTROL("ServiceNow gives up after two misunderstandings"),
  SILENCED("all output is missing"),
  NO_IDS("no interaction id, agent id or receipts"),
  NO_HISTORY("the history is missing"),
  ATTACHMENT_LOST("an attachment vanishes"),
  NO_TYPING("typing is never shown"),
  SYNCHRONOUS("replies come in the HTTP response"),
  OUT_OF_ORDER("messages are out of order"),
  DOUBLED("agents' lines are doubled"),
  CANNOT_ACCEPT("an agent cannot accept"),
  NEVER_OFFERED("the work item is never offered"),
  RATE_LIMIT("429"),
  CALLBACK_REFUSED("a proxy refuses the callback"),
  RELAY_LATE("Bot Interconnect answers empty or late"),
  RELAY_NO_ESCALATION("Bot Interconnect never escalates"),
  LOGS_CUT("logs are cut");

  private final String words;

  Symptom(String words) {
    this.words = words;
  }

  /** {@code BTN-2301} to {@code BTN-2329}. */
  public String code() {
    return "BTN-" + (2301 + ordinal());
  }

  public String words() {
    return words;
  }

  Finding.About about(Target target, String check) {
    return new Finding.About(code(), "hub " + target.hub(), check);
  }
}
