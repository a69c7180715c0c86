package dev.baton.cli;

import dev.baton.configuration.Settings;
import dev.baton.operations.Administration;
import dev.baton.operations.ManagementClient;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** How commands get at the journal: through the Baton that runs, else at the store itself. */
final class AdministrationOption {
  @Mixin private ConfigurationOption configuration;

  /** To be closed by the caller. */
  Administration open(Surroundings surroundings) {
    Settings settings = configuration.load();
    Optional<ManagementClient> running = ManagementClient.connect(settings);
    return running.isPresent() ? running.get() : surroundings.openStore(settings);
  }
}
