package dev.baton.hub.servicenow.doctor;

import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Finding;
import java.util.List;

/** What Baton's own configuration shows, and what only run time shows. */
final class LocalChecks {
  private LocalChecks() {}

  /** BTN-2303. */
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
    boolean relay = settings.channels().stream().anyMatch(c -> c.type().equals("servicenow"));
    String none = "no relay is configured; with one, ";
    return List.of(
        Symptom.SILENCED
            .about(target, "muted output")
            .ok("Baton sends silentMessage=false with each opening, which ends an earlier mute"),
        passive(
            target,
            Symptom.CALLBACK_REFUSED,
            "Baton logs this code when callbacks come without User-Agent; what a proxy refuses only"
                + " its own log shows",
            "add a User-Agent header to the REST message or the connection"),
        passive(
            target,
            Symptom.RELAY_LATE,
            (relay ? "" : none)
                + "the relay logs this code when a bot says nothing in a call's time",
            "raise waittime and the topic block's timeout"),
        passive(
            target,
            Symptom.RELAY_NO_ESCALATION,
            (relay ? "" : none) + "the relay logs this code when no call brought handoff.initiate",
            "override the inbound transformer; add Transfer conversation to the bot's topic"));
  }

  private static Finding passive(Target target, Symptom symptom, String seen, String remedy) {
    return symptom.about(target, symptom.words()).passive(seen, "", remedy);
  }
}
