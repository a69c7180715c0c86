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
        spec.commandLine(), "Name the system to simulate: copilot, http-hub or genesys.");
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

  @Command(
      name = "http-hub",
      description = "A hub of type http with an agent who repeats what is written.",
      mixinStandardHelpOptions = true)
  int httpHub(
      @Option(
              names = "--port",
              paramLabel = "N",
              defaultValue = "3979",
              description = "Port on loopback; default ${DEFAULT-VALUE}, 0 for any free one.")
          int port,
      @Option(
              names = "--token",
              defaultValue = "simulated-token",
              description = "Bearer token that Baton must send; default ${DEFAULT-VALUE}.")
          String token,
      @Option(
              names = "--callback-secret",
              defaultValue = "simulated-callback-secret",
              description = "Key of the callbacks' signatures; default ${DEFAULT-VALUE}.")
          String callbackSecret)
      throws Exception {
    return baton.surroundings().simulateHttpHub(port, token, callbackSecret);
  }

  @Command(
      name = "genesys",
      description = "Genesys Cloud: bot connectors, Open Messaging, agents in a page or by echo.",
      mixinStandardHelpOptions = true)
  int genesys(
      @Option(
              names = "--port",
              paramLabel = "N",
              defaultValue = "3981",
              description = "Port on loopback; default ${DEFAULT-VALUE}, 0 for any free one.")
          int port,
      @Option(
              names = "--webhook",
              paramLabel = "URL",
              defaultValue = "http://localhost:8080/hubs/sales/events",
              description = "Where agents' messages are posted; default ${DEFAULT-VALUE}.")
          String webhook,
      @Option(
              names = "--echo",
              description = "An agent accepts every chat and repeats what is written.")
          boolean echo)
      throws Exception {
    return baton.surroundings().simulateGenesys(port, webhook, echo);
  }
}
