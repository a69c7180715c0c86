package dev.baton.cli;

import dev.baton.application.Application;
import dev.baton.application.RouteCheck;
import dev.baton.application.Stores;
import dev.baton.configuration.Settings;
import dev.baton.extension.RouteFolderCheck;
import dev.baton.operations.Administration;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.genesys.GenesysEchoAgent;
import dev.baton.simulator.genesys.GenesysSimulator;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import dev.baton.simulator.http.EchoAgent;
import dev.baton.simulator.http.HttpHubSimulator;
import dev.baton.simulator.omnichannel.BotConnectorSimulator;
import dev.baton.simulator.omnichannel.CustomChannelSimulator;
import dev.baton.simulator.omnichannel.CustomChannelTexts;
import dev.baton.simulator.omnichannel.EchoRepresentative;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import dev.baton.simulator.omnichannel.OmnichannelSimulator;
import dev.baton.simulator.servicenow.InstanceOptions;
import dev.baton.simulator.servicenow.ServiceNowSimulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.LogManager;

/** The real ones: this process. */
final class ProcessSurroundings implements Surroundings {

  @Override
  public int run(Properties overrides, Path configuration) throws Exception {
    return Application.start(overrides, configuration).waitForExit();
  }

  @Override
  public Administration openStore(Settings settings) {
    return Stores.open(settings);
  }

  @Override
  public List<RouteFolderCheck.Refusal> refusedRoutes(Settings settings) throws Exception {
    return RouteCheck.refusals(settings);
  }

  @Override
  public int simulateCopilot(int port) throws Exception {
    CopilotSimulator copilot = CopilotSimulator.startAndWait(CopilotOptions.defaults().port(port));
    System.out.printf(
        "Simulated Copilot Studio: %s%n"
            + "  baton.bots.demo.url=%s%n"
            + "  baton.bots.demo.secret=%s%n"
            + "  What it heard and said: %s/simulator/conversations%n",
        copilot.url(), copilot.url(), copilot.secret(), copilot.url());
    return untilStopped(copilot::close);
  }

  @Override
  public int simulateHttpHub(int port, String token, String callbackSecret)
      throws InterruptedException {
    HttpHubSimulator hub = HttpHubSimulator.start(port, token, callbackSecret);
    EchoAgent.answer(hub);
    System.out.printf(
        "Simulated http hub: an agent accepts every chat, repeats what is written, ends at 'bye'.%n"
            + "  baton.hubs.acme.type=http%n"
            + "  baton.hubs.acme.url=%s%n"
            + "  baton.hubs.acme.token=%s%n"
            + "  baton.hubs.acme.callback-secret=%s%n",
        hub.url(), token, callbackSecret);
    return untilStopped(hub::close);
  }

  @Override
  public int simulateGenesys(int port, String webhook, boolean echo) throws InterruptedException {
    GenesysSimulator genesys =
        GenesysSimulator.start(GenesysSimulatorOptions.defaults().port(port).webhookUrl(webhook));
    if (echo) {
      GenesysEchoAgent.answer(genesys);
    }
    System.out.printf(
        "Simulated Genesys Cloud: %s%n"
            + "  Agent view              %s/simulator/agent/%n"
            + "  Bot Connector's id      %s%n",
        genesys.url(), genesys.url(), genesys.connectorIntegrationId());
    genesys.settings("sales").forEach((key, value) -> System.out.printf("  %s=%s%n", key, value));
    return untilStopped(genesys::close);
  }

  @Override
  public int simulateOmnichannel(
      OmnichannelOptions options, boolean accept, Integer directLinePort, String botEndpoint)
      throws InterruptedException {
    OmnichannelSimulator omnichannel = OmnichannelSimulator.start(options);
    List<AutoCloseable> open = new ArrayList<>(List.of(omnichannel));
    if (accept) {
      EchoRepresentative.answer(omnichannel);
    }
    System.out.printf(
        "Simulated Omnichannel: %s%n  Its webhook calls go to %s.%n  For a hub 'service':%n",
        omnichannel.url(), options.webhook());
    print(omnichannel.settings("service"));
    System.out.printf("  Agent view: %s/simulator/agent/%n", omnichannel.url());
    if (directLinePort != null) {
      open.add(behindDirectLine(directLinePort));
    }
    if (botEndpoint != null) {
      open.add(inFrontOf(botEndpoint));
    }
    return untilStopped(() -> open.forEach(ProcessSurroundings::close));
  }

  private static AutoCloseable behindDirectLine(int port) {
    CustomChannelSimulator omnichannel =
        CustomChannelSimulator.start(port).automated(CustomChannelTexts.english());
    System.out.printf(
        "Simulated Omnichannel behind Direct Line: %s%n  For a hub 'channel':%n",
        omnichannel.url());
    print(omnichannel.settings("channel"));
    return omnichannel;
  }

  private static AutoCloseable inFrontOf(String botEndpoint) {
    BotConnectorSimulator connector =
        BotConnectorSimulator.start(
            0, "44444444-5555-4666-8777-888888888888", "simulated-password", botEndpoint);
    System.out.printf("Simulated Omnichannel with the bot %s%n  For a bot 'demo':%n", botEndpoint);
    print(connector.settings("demo"));
    System.out.printf(
        "  Be its customer: POST %s/simulator/customers, then …/customers/<id> {\"text\": …}%n",
        connector.url());
    return connector;
  }

  private static void print(Map<String, String> properties) {
    properties.forEach((key, value) -> System.out.printf("    %s=%s%n", key, value));
  }

  private static void close(AutoCloseable simulator) {
    try {
      simulator.close();
    } catch (Exception e) {
      System.err.println(e.getMessage());
    }
  }

  @Override
  public int simulateServiceNow(InstanceOptions options) throws InterruptedException {
    ServiceNowSimulator instance = ServiceNowSimulator.startAndWait(options);
    System.out.printf(
        "Simulated ServiceNow instance: %s%n  Its callbacks go to %s.%n  For a hub 'it':%n",
        instance.url(), instance.callbackUrl());
    instance.settings("it").forEach((key, value) -> System.out.printf("    %s=%s%n", key, value));
    System.out.printf(
        "  Agent view: %s/simulator/agent/%n  Faults:     %s/simulator/faults%n",
        instance.url(), instance.url());
    return untilStopped(instance::close);
  }

  /** The process ends with 128 + the signal's number, after {@code close} has returned. */
  private static int untilStopped(Runnable close) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  close.run();
                  LogManager.shutdown();
                },
                "stop"));
    new CountDownLatch(1).await();
    return 0;
  }
}
