package dev.baton.cli;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.operations.Administration;
import dev.baton.operations.AdministrationException;
import dev.baton.operations.ManagementClient;
import dev.baton.operations.doctor.Doctor;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.Report;
import dev.baton.operations.doctor.ReportText;
import dev.baton.operations.doctor.Wishes;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = "Asks store, bots and hubs, with your credentials, whether Baton can work.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well; there may be warnings", "1:something is not"})
final class DoctorCommand implements Callable<Integer> {
  private static final String BOT = "bot";

  @ParentCommand private Baton baton;
  @Mixin private ConfigurationOption configuration;
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "Only this kind: bot, or a hub type such as servicenow; default everything.")
  private String type;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "Only this bot or hub; default all of the type.")
  private String name;

  @Option(names = "--json", description = "Prints JSON for scripts.")
  private boolean json;

  @Option(
      names = "--end-to-end",
      description =
          "Also sends a test message through the whole loop. This opens real conversations and ends"
              + " them again; without it nothing is changed anywhere.")
  private boolean endToEnd;

  @Option(
      names = "--user",
      paramLabel = "EMAIL",
      description = "Also examines this customer's account in the hub.")
  private String user;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long --end-to-end waits for an answer; default ${DEFAULT-VALUE}.")
  private int patience;

  @Override
  public Integer call() {
    Settings settings = configuration.load();
    if (patience < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--patience must be at least 1 second");
    }
    Doctor doctor = new Doctor(settings, new Wishes(endToEnd, user, Duration.ofSeconds(patience)));
    Report report =
        new Report(type == null ? everything(settings, doctor) : some(settings, doctor));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(report.json());
    } else {
      boolean colour = CommandLine.Help.Ansi.AUTO.enabled();
      new ReportText(colour).lines(report).forEach(out::println);
    }
    return report.good() ? 0 : 1;
  }

  private List<Finding> everything(Settings settings, Doctor doctor) {
    List<Finding> findings = new ArrayList<>();
    findings.add(store(settings));
    findings.addAll(doctor.everything());
    return findings;
  }

  private List<Finding> some(Settings settings, Doctor doctor) {
    if (type.equalsIgnoreCase(BOT)) {
      return settings.bots().values().stream()
          .filter(bot -> name == null || bot.name().equals(name))
          .map(doctor::bot)
          .reduce(this::joined)
          .orElseThrow(() -> unknown(settings));
    }
    List<HubSettings> hubs =
        settings.hubs().values().stream()
            .filter(hub -> hub.type().equalsIgnoreCase(type))
            .filter(hub -> name == null || hub.name().equals(name))
            .toList();
    return hubs.stream().map(doctor::hub).reduce(this::joined).orElseThrow(() -> unknown(settings));
  }

  private List<Finding> joined(List<Finding> first, List<Finding> second) {
    List<Finding> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  private CommandLine.ParameterException unknown(Settings settings) {
    List<String> known = new ArrayList<>();
    settings.bots().keySet().forEach(bot -> known.add(BOT + " " + bot));
    settings.hubs().values().forEach(hub -> known.add(hub.type() + " " + hub.name()));
    return new CommandLine.ParameterException(
        spec.commandLine(),
        "BTN-4500 There is no "
            + type
            + (name == null ? "" : " " + name)
            + " in the configuration. There is: "
            + (known.isEmpty() ? "nothing" : String.join(", ", known)));
  }

  private Finding store(Settings settings) {
    Finding.About about = new Finding.About("BTN-4501", "store", "journal");
    Optional<ManagementClient> running = ManagementClient.connect(settings);
    if (running.isPresent()) {
      return about.ok("in use by the Baton that runs");
    }
    try (Administration store = baton.surroundings().openStore(settings)) {
      int dead = store.deadLetters(null, 1000).size();
      return dead == 0
          ? about.ok("can be opened")
          : about.warn(
              "can be opened; dead letters: " + dead,
              "deliveries were given up",
              "./baton dead-letters list tells why");
    } catch (AdministrationException e) {
      return about.ok("is made at the first start");
    } catch (RuntimeException e) {
      return about.fail(
          String.valueOf(e.getMessage()),
          "the database or the data folder cannot be used",
          "check baton.data and baton.store.*, and who may write there");
    }
  }
}
