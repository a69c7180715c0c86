package dev.baton.application;

import dev.baton.configuration.Settings;
import dev.baton.configuration.SettingsLoader;
import dev.baton.operations.StartPage;
import dev.baton.operations.StartPage.Link;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.genesys.GenesysSimulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * Baton with a simulated Copilot Studio and four hubs, of which three are simulated: ServiceNow as
 * {@code it}, Genesys Cloud as {@code sales}, Dynamics 365 Omnichannel as {@code service}, and the
 * desk. All there is to try, without an account.
 */
final class Demo {
  private static final String BOT = "baton.bots.demo.";

  private Demo() {}

  static Application start(Properties overrides, Path file) throws Exception {
    DemoStandIns standIns = DemoStandIns.start();
    try {
      Settings settings = settings(overrides, file, standIns);
      standIns.callTo("http://127.0.0.1:" + settings.server().port() + "/hubs/");
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

  private static Settings settings(Properties overrides, Path file, DemoStandIns standIns) {
    CopilotSimulator copilot = standIns.copilot();
    Settings given = new SettingsLoader().file(file).overrides(overrides).load();
    String port = Integer.toString(given.server().port());
    Properties demo = DemoHubs.of(standIns);
    demo.setProperty(BOT + "url", copilot.url().toString());
    demo.setProperty(BOT + "secret", copilot.secret());
    demo.setProperty(BOT + "canvas-secret", UUID.randomUUID().toString());
    demo.setProperty(
        BOT + "allowed-origins", "http://localhost:" + port + ",http://127.0.0.1:" + port);
    GenesysSimulator sales = standIns.sales();
    if (sales != null) {
      String widget = "baton.channels.genesys.demo.widget.";
      demo.setProperty(widget + "secret", UUID.randomUUID().toString());
      demo.setProperty(
          widget + "origins", sales.url() + ",http://localhost:" + sales.url().getPort());
    }
    demo.setProperty("baton.host", "127.0.0.1");
    demo.putAll(overrides);
    return new SettingsLoader().file(file).overrides(demo).load();
  }

  private static void mountStartPage(Application application, DemoStandIns standIns) {
    Settings settings = application.settings();
    new DemoHandoff(application.journal(), settings.bots().get("demo")).mount(application.router());
    String management = "http://localhost:" + settings.server().managementPort() + "/observe";
    List<Link> links = new ArrayList<>();
    links.add(new Link("Agent desk", "/desk/", "Accept the chat and answer as the agent"));
    agentViews(standIns).forEach(view -> links.add(view.link()));
    links.add(new Link("Health", management + "/health", "How Baton, bots and hubs are"));
    links.add(new Link("Metrics", management + "/metrics", "What Prometheus reads"));
    links.add(
        new Link(
            "Simulated bot",
            standIns.copilot().url() + "/simulator/conversations",
            "What the bot heard and said"));
    StartPage.mount(
        application.router(),
        "demo",
        "You are the customer. Chat with the simulated bot, ask it for a human and answer at the"
            + " desk. Or write \"talk to IT\", \"talk to sales\" or \"talk to customer service\""
            + " and answer in the simulated ServiceNow, Genesys Cloud or Omnichannel. After \"who"
            + " can help me\" you choose.",
        false,
        links,
        DemoHandoff.PATH);
  }

  /** Where one answers as the agent of a simulated system. */
  private record AgentView(String system, String url, String wish, String where) {
    Link link() {
      return new Link(
          system + " agent view",
          url + "/simulator/agent/",
          "The same for \"" + wish + "\", in " + where);
    }
  }

  private static List<AgentView> agentViews(DemoStandIns standIns) {
    List<AgentView> views = new ArrayList<>();
    if (standIns.it() != null) {
      views.add(
          new AgentView(
              "ServiceNow",
              standIns.it().url().toString(),
              "talk to IT",
              "a simulated ServiceNow instance"));
    }
    if (standIns.sales() != null) {
      views.add(
          new AgentView(
              "Genesys",
              standIns.sales().url().toString(),
              "talk to sales",
              "a simulated Genesys Cloud"));
    }
    if (standIns.service() != null) {
      views.add(
          new AgentView(
              "Omnichannel",
              standIns.service().url(),
              "talk to customer service",
              "a simulated Dynamics 365 Omnichannel"));
    }
    return views;
  }

  private static void announce(Settings settings, DemoStandIns standIns) {
    String root = "http://localhost:" + settings.server().port();
    StringBuilder text = new StringBuilder();
    text.append(
        "%n  Baton demo is ready. No account is needed, everything runs on this machine.%n%n"
            .formatted());
    text.append("    1. Chat as the customer       %s/%n".formatted(root));
    text.append("    2. Ask the bot for a human, then answer as the agent:%n".formatted());
    text.append("                                  %s/desk/%n".formatted(root));
    int number = 3;
    for (AgentView view : agentViews(standIns)) {
      text.append(
          "    %d. Write \"%s\", then answer in %s:%n".formatted(number, view.wish, view.where));
      text.append("                                  %s/simulator/agent/%n".formatted(view.url));
      number++;
    }
    text.append("    %d. Write \"who can help me\", and choose among them%n%n".formatted(number));
    text.append(
        "    Simulated bot                 %s/simulator/conversations%n"
            .formatted(standIns.copilot().url()));
    text.append(
        "    Health                        http://localhost:%d/observe/health%n"
            .formatted(settings.server().managementPort()));
    text.append("    Stop                          Ctrl+C%n%n".formatted());
    System.out.print(text);
  }
}
