package dev.baton.operations.doctor;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import java.util.List;

/** Hubs of type {@code desk}: whether somebody can log in. */
public final class DeskDoctor implements HubDoctor {

  @Override
  public String type() {
    return "desk";
  }

  @Override
  public List<Finding> examine(HubSettings hub, Settings settings, Wishes wishes) {
    Finding.About about = new Finding.About("BTN-4510", "hub " + hub.name(), "agents");
    int agents = settings.desk().agents().size();
    if (settings.desk().open()) {
      return List.of(
          about.warn(
              "the desk is open to everybody on this machine",
              "baton.desk.open=true",
              "for use by others configure baton.desk.agents.<user>.password instead"));
    }
    return List.of(
        agents == 0
            ? about.fail(
                "nobody can log in",
                "no agents are configured",
                "add baton.desk.agents.<user>.password; ./baton hash-password makes the value")
            : about.ok("configured: " + agents));
  }
}
