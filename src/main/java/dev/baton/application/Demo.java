package dev.baton.application;

import dev.baton.configuration.Settings;
import dev.baton.configuration.SettingsLoader;
import dev.baton.operations.StartPage;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.genesys.GenesysSimulator;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import dev.baton.simulator.servicenow.InstanceOptions;
import dev.baton.simulator.servicenow.ServiceNowSimulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * Baton with a simulated Copilot Studio, a simulated ServiceNow instance as hub {@code it}, a
 * simulated Genesys Cloud as hub {@code sales}, the desk and a start page: all there is to try,
 * without an account.
 */
final class Demo {
  private static final String BOT = "baton.bots.demo.";

  private Demo() {}

  static Application start(Properties overrides, Path file) throws Exception {
    StandIns standIns = StandIns.start();
    try {
      Settings settings = settings(overrides, file, standIns);
      String hubs = "http://127.0.0.1:" + settings.server().port() + "/hubs/";
      standIns.it().callbackTo(hubs + "it/events");
      standIns.sales().webhook(hubs + "sales/events");
      Application application = Application.start(settings);
      application.onClose(standIns::close);
      mountStartPage(application, standIns);
      announce(settings, standIns);
      return application;
    } catch (Exception e) {
      standIns.close();
      throw e;
    }
  }

  /** What stands in for vendors' systems: the bot, and the hubs {@code it} and {@code sales}. */
  private record StandIns(
      CopilotSimulator copilot, ServiceNowSimulator it, GenesysSimulator sales) {

    static StandIns start() {
      CopilotSimulator copilot = CopilotSimulator.startAndWait(CopilotOptions.defaults());
      ServiceNowSimulator it = null;
      try {
        it = ServiceNowSimulator.startAndWait(InstanceOptions.defaults());
        return new StandIns(
            copilot, it, GenesysSimulator.start(GenesysSimulatorOptions.defaults()));
      } catch (RuntimeException e) {
        copilot.close();
        if (it != null) {
          it.close();
        }
        throw e;
      }
    }

    void close() {
      copilot.close();
      it.close();
      sales.close();
    }
  }

  private static Settings settings(Properties overrides, Path file, StandIns standIns) {
    CopilotSimulator copilot = standIns.copilot();
    GenesysSimulator sales = standIns.sales();
    Settings given = new SettingsLoader().file(file).overrides(overrides).load();
    String port = Integer.toString(given.server().port());
    Properties demo = new Properties();
    demo.setProperty(BOT + "url", copilot.url().toString());
    demo.setProperty(BOT + "secret", copilot.secret());
    demo.setProperty(BOT + "canvas-secret", UUID.randomUUID().toString());
    demo.setProperty(
        BOT + "allowed-origins", "http://localhost:" + port + ",http://127.0.0.1:" + port);
    demo.setProperty(BOT + "hubs", "it,sales,desk");
    demo.setProperty(BOT + "hubs.it.when", ".domain == \"IT_DOMAIN\"");
    standIns.it().settings("it").forEach(demo::setProperty);
    demo.setProperty(BOT + "hubs.sales.when", ".domain == \"SALES_DOMAIN\"");
    sales.settings("sales").forEach(demo::setProperty);
    String widget = "baton.channels.genesys.demo.widget.";
    demo.setProperty(widget + "secret", UUID.randomUUID().toString());
    demo.setProperty(
        widget + "origins", sales.url() + ",http://localhost:" + sales.url().getPort());
    demo.setProperty("baton.hubs.desk.type", "desk");
    demo.setProperty("baton.desk.open", "true");
    demo.setProperty("baton.host", "127.0.0.1");
    demo.putAll(overrides);
    return new SettingsLoader().file(file).overrides(demo).load();
  }

  private static void mountStartPage(Application application, StandIns standIns) {
    String management =
        "http://localhost:" + application.settings().server().managementPort() + "/observe";
    StartPage.mount(
        application.router(),
        "demo",
        "You are the customer. Chat with the simulated bot, ask it for a human and answer at the"
            + " desk. Or write \"talk to IT\" or \"talk to sales\" and answer in the simulated"
            + " ServiceNow or Genesys Cloud.",
        false,
        List.of(
            new StartPage.Link("Agent desk", "/desk/", "Accept the chat and answer as the agent"),
            new StartPage.Link(
                "ServiceNow agent view",
                standIns.it().url() + "/simulator/agent/",
                "The same for \"talk to IT\", in a simulated ServiceNow instance"),
            new StartPage.Link(
                "Genesys agent view",
                standIns.sales().url() + "/simulator/agent/",
                "The same for \"talk to sales\", in a simulated Genesys Cloud"),
            new StartPage.Link("Health", management + "/health", "How Baton, bots and hubs are"),
            new StartPage.Link("Metrics", management + "/metrics", "What Prometheus reads"),
            new StartPage.Link(
                "Simulated bot",
                standIns.copilot().url() + "/simulator/conversations",
                "What the bot heard and said")));
  }

  private static void announce(Settings settings, StandIns standIns) {
    String root = "http://localhost:" + settings.server().port();
    System.out.printf(
        "%n  Baton demo is ready. No account is needed, everything runs on this machine.%n%n"
            + "    1. Chat as the customer       %s/%n"
            + "    2. Ask the bot for a human, then answer as the agent:%n"
            + "                                  %s/desk/%n"
            + "    3. Write \"talk to IT\", then answer in the simulated ServiceNow:%n"
            + "                                  %s/simulator/agent/%n"
            + "    4. Write \"talk to sales\", then answer in the simulated Genesys Cloud:%n"
            + "                                  %s/simulator/agent/%n%n"
            + "    Simulated bot                 %s/simulator/conversations%n"
            + "    Health                        http://localhost:%d/observe/health%n"
            + "    Stop                          Ctrl+C%n%n",
        root,
        root,
        standIns.it().url(),
        standIns.sales().url(),
        standIns.copilot().url(),
        settings.server().managementPort());
  }
}
