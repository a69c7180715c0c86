package dev.baton.application;

import dev.baton.configuration.Settings;
import dev.baton.configuration.SettingsLoader;
import dev.baton.operations.StartPage;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.servicenow.InstanceOptions;
import dev.baton.simulator.servicenow.ServiceNowSimulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * Baton with a simulated Copilot Studio, a simulated ServiceNow instance as hub {@code it}, the
 * desk and a start page: all there is to try, without an account.
 */
final class Demo {
  private static final String BOT = "baton.bots.demo.";

  private Demo() {}

  static Application start(Properties overrides, Path file) throws Exception {
    CopilotSimulator copilot = CopilotSimulator.startAndWait(CopilotOptions.defaults());
    ServiceNowSimulator it = null;
    try {
      it = ServiceNowSimulator.startAndWait(InstanceOptions.defaults());
      Settings settings = settings(overrides, file, copilot, it);
      it.callbackTo("http://127.0.0.1:" + settings.server().port() + "/hubs/it/events");
      Application application = Application.start(settings);
      application.onClose(copilot::close);
      application.onClose(it::close);
      mountStartPage(application, copilot, it);
      announce(settings, copilot, it);
      return application;
    } catch (Exception e) {
      copilot.close();
      if (it != null) {
        it.close();
      }
      throw e;
    }
  }

  private static Settings settings(
      Properties overrides, Path file, CopilotSimulator copilot, ServiceNowSimulator it) {
    Settings given = new SettingsLoader().file(file).overrides(overrides).load();
    String port = Integer.toString(given.server().port());
    Properties demo = new Properties();
    demo.setProperty(BOT + "url", copilot.url().toString());
    demo.setProperty(BOT + "secret", copilot.secret());
    demo.setProperty(BOT + "canvas-secret", UUID.randomUUID().toString());
    demo.setProperty(
        BOT + "allowed-origins", "http://localhost:" + port + ",http://127.0.0.1:" + port);
    demo.setProperty(BOT + "hubs", "it,desk");
    demo.setProperty(BOT + "hubs.it.when", ".domain == \"IT_DOMAIN\"");
    it.settings("it").forEach(demo::setProperty);
    demo.setProperty("baton.hubs.desk.type", "desk");
    demo.setProperty("baton.desk.open", "true");
    demo.setProperty("baton.host", "127.0.0.1");
    demo.putAll(overrides);
    return new SettingsLoader().file(file).overrides(demo).load();
  }

  private static void mountStartPage(
      Application application, CopilotSimulator copilot, ServiceNowSimulator it) {
    String management =
        "http://localhost:" + application.settings().server().managementPort() + "/observe";
    StartPage.mount(
        application.router(),
        "demo",
        "You are the customer. Chat with the simulated bot, ask it for a human and answer at the"
            + " desk, or write \"talk to IT\" and answer in the simulated ServiceNow.",
        false,
        List.of(
            new StartPage.Link("Agent desk", "/desk/", "Accept the chat and answer as the agent"),
            new StartPage.Link(
                "ServiceNow agent view",
                it.url() + "/simulator/agent/",
                "The same for \"talk to IT\", in a simulated ServiceNow instance"),
            new StartPage.Link("Health", management + "/health", "How Baton, bots and hubs are"),
            new StartPage.Link("Metrics", management + "/metrics", "What Prometheus reads"),
            new StartPage.Link(
                "Simulated bot",
                copilot.url() + "/simulator/conversations",
                "What the bot heard and said")));
  }

  private static void announce(
      Settings settings, CopilotSimulator copilot, ServiceNowSimulator it) {
    String root = "http://localhost:" + settings.server().port();
    System.out.printf(
        "%n  Baton demo is ready. No account is needed, everything runs on this machine.%n%n"
            + "    1. Chat as the customer       %s/%n"
            + "    2. Ask the bot for a human, then answer as the agent:%n"
            + "                                  %s/desk/%n"
            + "    3. Write \"talk to IT\", then answer in the simulated ServiceNow:%n"
            + "                                  %s/simulator/agent/%n%n"
            + "    Simulated bot                 %s/simulator/conversations%n"
            + "    Health                        http://localhost:%d/observe/health%n"
            + "    Stop                          Ctrl+C%n%n",
        root, root, it.url(), copilot.url(), settings.server().managementPort());
  }
}
