package dev.baton.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.configuration.Problem;
import dev.baton.configuration.Settings;
import dev.baton.configuration.SettingsLoader;
import dev.baton.extension.RouteFolderCheck;
import dev.baton.operations.Probe;
import dev.baton.operations.Probes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = "Checks the configuration and all routes without starting.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:Baton would start; there may be warnings", "1:it would not"})
final class CheckCommand implements Callable<Integer> {
  @ParentCommand private Baton baton;
  @Mixin private ConfigurationOption configuration;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Prints JSON for scripts.")
  private boolean json;

  /** File, line where there is one, and reason. */
  private static final Pattern PLACE =
      Pattern.compile("(.+?\\.camel\\.yaml)(?::(\\d+))?: (.*)", Pattern.DOTALL);

  /** A finding; {@code line} is 0 where there is none. */
  private record Finding(
      Problem.Severity severity, String code, String where, int line, String message) {}

  @Override
  public Integer call() throws Exception {
    SettingsLoader.Result result = configuration.loader().check();
    List<Finding> findings = new ArrayList<>();
    for (Problem problem : result.problems()) {
      findings.add(
          new Finding(problem.severity(), problem.code(), problem.key(), 0, problem.message()));
    }
    if (result.settings() != null) {
      routes(result.settings(), findings);
      addresses(result.settings(), findings);
    }
    boolean good = findings.stream().noneMatch(f -> f.severity() == Problem.Severity.ERROR);
    if (json) {
      printJson(good, findings);
    } else {
      print(good, result.settings() != null, findings);
    }
    return good ? 0 : 1;
  }

  private void routes(Settings settings, List<Finding> findings) throws Exception {
    for (RouteFolderCheck.Refusal refusal : baton.surroundings().refusedRoutes(settings)) {
      Matcher place = PLACE.matcher(refusal.message());
      findings.add(
          place.matches()
              ? new Finding(
                  Problem.Severity.ERROR,
                  refusal.code(),
                  place.group(1),
                  place.group(2) == null ? 0 : Integer.parseInt(place.group(2)),
                  place.group(3))
              : new Finding(
                  Problem.Severity.ERROR,
                  refusal.code(),
                  settings.routes().folder().toString(),
                  0,
                  refusal.message()));
    }
  }

  private static void addresses(Settings settings, List<Finding> findings) {
    for (Probe probe : Probes.of(settings)) {
      Probe.Result result = probe.check();
      if (!result.up()) {
        findings.add(
            new Finding(Problem.Severity.WARNING, "BTN-4011", probe.name(), 0, result.detail()));
      }
    }
  }

  private void print(boolean good, boolean complete, List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    for (Finding finding : findings) {
      out.printf(
          "%-7s %s %s: %s%n",
          finding.severity().name().toLowerCase(Locale.ROOT),
          finding.code(),
          finding.where() + (finding.line() > 0 ? ":" + finding.line() : ""),
          finding.message());
    }
    if (!complete) {
      out.println("Routes were not checked: correct the configuration first.");
    }
    out.println(good ? "Configuration and routes are good." : "Baton would not start.");
  }

  private void printJson(boolean good, List<Finding> findings) {
    ObjectNode answer = new ObjectMapper().createObjectNode().put("good", good);
    ArrayNode array = answer.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode node = array.addObject();
      node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
      node.put("code", finding.code());
      node.put("where", finding.where());
      if (finding.line() > 0) {
        node.put("line", finding.line());
      }
      node.put("message", finding.message());
    }
    spec.commandLine().getOut().println(answer.toPrettyString());
  }
}
