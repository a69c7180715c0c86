package dev.baton.hub.servicenow.doctor;

import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Finding;
import java.util.ArrayList;
import java.util.List;

/** What Baton's own configuration shows, and what only run time shows. */
final class LocalChecks {
  private LocalChecks() {}

  /** Row 3. */
  static Finding handoff(Target target, Settings settings) {
    Finding.About about = Symptom.NO_HANDOFF_OFFERED.about(target, "bots that hand off here");
    List<String> bots =
        settings.bots().values().stream()
            .filter(bot -> bot.hubs().contains(target.hub()))
            .map(bot -> bot.name() + " (on " + String.join(", ", bot.handoffEvents()) + ")")
            .toList();
    if (bots.isEmpty()) {
      return about.fail(
          "none",
          "the hub is in no bot's list",
          "add " + target.hub() + " to baton.bots.<bot>.hubs");
    }
    return about.ok(String.join(", ", bots));
  }

  /** Rows that no service account can see. */
  static List<Finding> passive(Target target, Settings settings) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        passive(
            target,
            Symptom.SILENCED,
            "an earlier request with silentMessage mutes ServiceNow; Baton never sends one, another"
                + " client of the same customer may",
            "send a request with silentMessage=false"));
    findings.add(
        passive(
            target,
            Symptom.CALLBACK_REFUSED,
            "a proxy before Baton refuses callbacks, often for a missing User-Agent: its own log"
                + " tells, and Baton's first-callback time-out",
            "add a User-Agent header to the REST message or connection"));
    boolean relay = settings.channels().stream().anyMatch(c -> c.type().equals("servicenow"));
    String where = relay ? "the relay's log shows it" : "no relay is configured";
    findings.add(
        passive(
            target,
            Symptom.RELAY_LATE,
            where + ": activities and time per call",
            "raise waittime and the topic block's timeout"));
    findings.add(
        passive(
            target,
            Symptom.RELAY_NO_ESCALATION,
            where + ": no handoff.initiate among the activities",
            "override the inbound transformer; add Transfer conversation to the bot's topic"));
    return findings;
  }

  private static Finding passive(Target target, Symptom symptom, String seen, String remedy) {
    return symptom.about(target, symptom.words()).passive(seen, "", remedy);
  }
}
