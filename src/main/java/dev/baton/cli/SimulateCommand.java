package dev.baton.cli;

import dev.baton.simulator.servicenow.InstanceOptions;
import java.time.Duration;
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
        spec.commandLine(),
        "Name the system to simulate: copilot, http-hub, servicenow or genesys.");
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

  @Command(
      name = "servicenow",
      description = "A ServiceNow instance with agents, a view for them, and faults on demand.",
      mixinStandardHelpOptions = true)
  int serviceNow(
      @Option(
              names = "--port",
              paramLabel = "N",
              defaultValue = "3980",
              description = "Port on loopback; default ${DEFAULT-VALUE}, 0 for any free one.")
          int port,
      @Option(
              names = "--callback",
              paramLabel = "URL",
              defaultValue = "http://127.0.0.1:8080/hubs/it/events",
              description = "Where callbacks go; default ${DEFAULT-VALUE}.")
          String callback,
      @Option(
              names = "--accept",
              description = "An agent accepts every chat by himself and repeats what is written.")
          boolean accept,
      @Option(names = "--survey", description = "A survey follows the agent's end.") boolean survey,
      @Option(
              names = "--synchronous",
              description = "The bot answers in the HTTP answer, not by callback.")
          boolean synchronous,
      @Option(
              names = "--signature-secret",
              description = "Requests are signed with this key, in place of the token.")
          String signatureSecret)
      throws Exception {
    InstanceOptions options =
        InstanceOptions.defaults()
            .port(port)
            .callback(callback)
            .survey(survey)
            .synchronous(synchronous)
            .accepts(accept ? Duration.ofSeconds(1) : null);
    if (signatureSecret != null) {
      options.signatureSecret(signatureSecret);
    }
    return baton.surroundings().simulateServiceNow(options);
  }
}
