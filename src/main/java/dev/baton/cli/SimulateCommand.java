package dev.baton.cli;

import dev.baton.simulator.omnichannel.OmnichannelOptions;
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
        "Name the system to simulate: copilot, http-hub, servicenow, genesys or omnichannel.");
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
      name = "omnichannel",
      description =
          "Dynamics 365 Omnichannel: Messaging API with a view for agents; behind Direct Line; in"
              + " front of Baton as its bot.",
      mixinStandardHelpOptions = true)
  int omnichannel(
      @Option(
              names = "--port",
              paramLabel = "N",
              defaultValue = "3982",
              description = "Port on loopback; default ${DEFAULT-VALUE}, 0 for any free one.")
          int port,
      @Option(
              names = "--webhook",
              paramLabel = "URL",
              defaultValue = "http://localhost:8080/hubs/service",
              description = "Base URL of the hub's webhook; default ${DEFAULT-VALUE}.")
          String webhook,
      @Option(
              names = "--accept",
              description = "An agent accepts every chat by himself and repeats what is written.")
          boolean accept,
      @Option(
              names = "--names",
              paramLabel = "FORM",
              defaultValue = "MESSAGE",
              description =
                  "How the webhook writes lifecycle events: ${COMPLETION-CANDIDATES}; default"
                      + " ${DEFAULT-VALUE}.")
          OmnichannelOptions.Names names,
      @Option(names = "--pascal", description = "The webhook's keys begin with capitals.")
          boolean pascal,
      @Option(names = "--unsigned", description = "The webhook's calls carry no token.")
          boolean unsigned,
      @Option(
              names = "--direct-line-port",
              paramLabel = "N",
              description = "Also an Omnichannel behind Direct Line on this port; 0 for any.")
          Integer directLinePort,
      @Option(
              names = "--bot-endpoint",
              paramLabel = "URL",
              description =
                  "Also an Omnichannel whose bot is Baton, such as"
                      + " http://localhost:8080/channels/omnichannel/demo/api/messages.")
          String botEndpoint)
      throws Exception {
    OmnichannelOptions options =
        OmnichannelOptions.defaults()
            .port(port)
            .webhook(webhook)
            .names(names)
            .pascal(pascal)
            .signed(!unsigned);
    return baton.surroundings().simulateOmnichannel(options, accept, directLinePort, botEndpoint);
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
