package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;

/** System properties: BTN-2313, BTN-2314 and BTN-2329. */
final class PropertyChecks {
  static final String REMINDER = "com.glide.cs.idle_chat_reminder_timeout";
  static final String CANCEL = "com.glide.cs.idle_chat_cancel_timeout";
  static final String TAKE_CONTROL = "va.bot.to.bot.take.control_times";
  static final String LOG_LIMIT = "glide.outbound_http.content.max_limit";
  static final String LOGGING = "va.bot.to.bot.logging_enabled";
  private static final int USUAL_REMINDER = 180;
  private static final int USUAL_CANCEL = 360;
  private static final int USUAL_MISSES = 2;
  private static final int USUAL_BODY = 100;

  /** KB; callbacks with a card or a table are longer. ServiceNow's preset is 100. */
  private static final int SHORT_BODY = 10;

  private PropertyChecks() {}

  /** BTN-2313. */
  static Finding idle(Target target, Properties properties) {
    Finding.About about = Symptom.IDLE_CANCEL.about(target, "idle chats");
    String byHand = "see " + REMINDER + " and " + CANCEL;
    if (!properties.readable()) {
      return properties.unseen(about, byHand);
    }
    int reminder = properties.number(REMINDER, USUAL_REMINDER);
    int cancel = properties.number(CANCEL, USUAL_CANCEL);
    String seen =
        "ServiceNow reminds after " + reminder + " s and ends the chat after " + cancel + " s";
    return cancel > 0 && cancel < USUAL_REMINDER
        ? about.warn(
            seen,
            "customers who read or look something up are cut off",
            "raise " + CANCEL + "; Baton logs each such end with this code")
        : about.ok(seen);
  }

  /** BTN-2314. */
  static Finding takeControl(Target target, Properties properties) {
    Finding.About about = Symptom.TAKE_CONTROL.about(target, "giving up");
    if (!properties.readable()) {
      return properties.unseen(about, "see " + TAKE_CONTROL);
    }
    int times = properties.number(TAKE_CONTROL, USUAL_MISSES);
    String seen = "the Virtual Agent gives up after " + times + " misunderstandings";
    return times < USUAL_MISSES
        ? about.warn(
            seen,
            TAKE_CONTROL + " is low, so that a survey or question is broken off",
            "raise " + TAKE_CONTROL)
        : about.ok(seen + " (" + TAKE_CONTROL + "); while an agent has the chat it does not count");
  }

  /** BTN-2329. */
  static Finding logs(Target target, Properties properties) {
    Finding.About about = Symptom.LOGS_CUT.about(target, "logs in ServiceNow");
    if (!properties.readable()) {
      return properties.unseen(about, "see " + LOG_LIMIT + " and " + LOGGING);
    }
    int limit = properties.number(LOG_LIMIT, USUAL_BODY);
    if (limit < SHORT_BODY || properties.get(LOGGING).equalsIgnoreCase("false")) {
      return about.warn(
          limit < SHORT_BODY ? "bodies are cut after " + limit + " KB" : LOGGING + "=false",
          "a problem with callbacks could not be looked into",
          "while looking for one set " + LOGGING + "=true and raise " + LOG_LIMIT);
    }
    return about.ok("not cut; " + LOGGING + "=true shows more while looking into a problem");
  }
}
