package dev.baton.cli;

import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "demo",
    description = "Runs everything on this machine with a simulated bot and the desk. No account.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @ParentCommand private Baton baton;
  @Mixin private ConfigurationOption configuration;

  @Option(names = "--port", paramLabel = "N", description = "Port of the pages; default 8080.")
  private Integer port;

  @Option(names = "--data", paramLabel = "DIR", description = "Data folder; default ./data.")
  private Path data;

  @Override
  public Integer call() throws Exception {
    Properties overrides = new Properties();
    overrides.setProperty("baton.demo", "true");
    overrides.setProperty("baton.host", "127.0.0.1");
    overrides.setProperty("baton.desk.open", "true");
    if (port != null) {
      overrides.setProperty("baton.port", port.toString());
    }
    if (data != null) {
      overrides.setProperty("baton.data", data.toString());
    }
    return baton.surroundings().run(overrides, configuration.file());
  }
}
