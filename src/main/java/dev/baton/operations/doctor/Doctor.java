package dev.baton.operations.doctor;

import dev.baton.configuration.BotSettings;
import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks bots, hubs and front ends, with the configured credentials, whether Baton may work with
 * them.
 */
public final class Doctor {
  private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

  private final Settings settings;
  private final Wishes wishes;
  private final Map<String, HubDoctor> doctors = new HashMap<>();

  public Doctor(Settings settings, Wishes wishes) {
    this.settings = settings;
    this.wishes = wishes;
    ServiceLoader.load(HubDoctor.class).forEach(doctor -> doctors.put(doctor.type(), doctor));
  }

  /** Everything that is configured, one after the other. */
  public List<Finding> everything() {
    List<Finding> findings = new ArrayList<>();
    settings.bots().values().forEach(bot -> findings.addAll(bot(bot)));
    settings.hubs().values().forEach(hub -> findings.addAll(hub(hub)));
    return findings;
  }

  public List<Finding> bot(BotSettings bot) {
    String subject = "bot " + bot.name();
    return guarded(subject, () -> new BotDoctor(bot, settings, wishes).examine());
  }

  public List<Finding> hub(HubSettings hub) {
    HubDoctor doctor = doctors.getOrDefault(hub.type(), new ReachabilityDoctor(hub.type()));
    return guarded("hub " + hub.name(), () -> doctor.examine(hub, settings, wishes));
  }

  /** A fault in a check must not hide what the others find. */
  private static List<Finding> guarded(String subject, Supplier<List<Finding>> examination) {
    try {
      return examination.get();
    } catch (RuntimeException e) {
      LOG.debug("The examination of {} broke", subject, e);
      return List.of(
          new Finding.About("BTN-4511", subject, "examination")
              .fail(
                  "broke off: " + e,
                  "a value that the checks cannot work with, or a fault in Baton",
                  "run ./baton check first; if that is good, please report it"));
    }
  }
}
