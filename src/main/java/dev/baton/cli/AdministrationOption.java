package dev.baton.cli;

import dev.baton.configuration.Settings;
import dev.baton.operations.Administration;
import dev.baton.operations.ManagementClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How commands get at the journal: through the Baton that runs, else at the store itself. */
final class AdministrationOption {
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder, when it is not that of the configuration.")
  private Path data;

  Settings settings() {
    return configuration.load();
  }

  /** To be closed by the caller. */
  Administration open(Surroundings surroundings) {
    Properties overrides = new Properties();
    if (data != null) {
      overrides.setProperty("baton.data", data.toString());
    }
    Settings settings = configuration.loader().overrides(overrides).load();
    Optional<ManagementClient> running = ManagementClient.connect(settings);
    return running.isPresent() ? running.get() : surroundings.openStore(settings);
  }
}
