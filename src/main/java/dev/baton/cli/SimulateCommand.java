package dev.baton.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "simulate",
    description = "Runs a stand-in for a vendor's system alone.",
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Runnable {
  @ParentCommand private Baton baton;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Name the system to simulate: copilot.");
  }

  @Command(
      name = "copilot",
      description = "A Copilot Studio bot behind Direct Line, with faults on demand.",
      mixinStandardHelpOptions = true)
  int copilot(
      @Option(
              names = "--port",
              paramLabel = "N",
              defaultValue = "3978",
              description = "Port on loopback; default ${DEFAULT-VALUE}, 0 for any free one.")
          int port)
      throws Exception {
    return baton.surroundings().simulateCopilot(port);
  }
}
