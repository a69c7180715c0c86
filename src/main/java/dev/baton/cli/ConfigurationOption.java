package dev.baton.cli;

import dev.baton.configuration.Settings;
import dev.baton.configuration.SettingsLoader;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config}, shared by the commands that read the configuration. */
final class ConfigurationOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file; default conf/application.properties, if present.")
  private Path file;

  Path file() {
    return file;
  }

  SettingsLoader loader() {
    return new SettingsLoader().file(file);
  }

  Settings load() {
    return loader().load();
  }
}
