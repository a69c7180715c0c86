package dev.baton.cli;

import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "run",
    description = "Runs Baton with your bots and hubs until it is stopped.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @ParentCommand private Baton baton;
  @Mixin private ConfigurationOption configuration;

  @Override
  public Integer call() throws Exception {
    return baton.surroundings().run(new Properties(), configuration.file());
  }
}
