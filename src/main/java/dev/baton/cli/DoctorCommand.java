package dev.baton.cli;

import dev.baton.configuration.Settings;
import dev.baton.operations.Administration;
import dev.baton.operations.AdministrationException;
import dev.baton.operations.Doctor;
import dev.baton.operations.ManagementClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = "Asks store, bots and hubs, with your credentials, whether Baton can work.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well", "1:something is not"})
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand private Baton baton;
  @Mixin private ConfigurationOption configuration;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = configuration.load();
    List<Doctor.Finding> findings = new ArrayList<>();
    findings.add(store(settings));
    findings.addAll(new Doctor(settings).examine());
    PrintWriter out = spec.commandLine().getOut();
    for (Doctor.Finding finding : findings) {
      out.printf(
          "%-4s %s: %s%n", finding.well() ? "ok" : "BAD", finding.subject(), finding.detail());
    }
    return findings.stream().allMatch(Doctor.Finding::well) ? 0 : 1;
  }

  private Doctor.Finding store(Settings settings) {
    Optional<ManagementClient> running = ManagementClient.connect(settings);
    if (running.isPresent()) {
      return new Doctor.Finding("store", true, "in use by the Baton that runs");
    }
    try (Administration store = baton.surroundings().openStore(settings)) {
      int dead = store.deadLetters(null, 1000).size();
      return new Doctor.Finding(
          "store", true, dead == 0 ? "can be opened" : "can be opened; dead letters: " + dead);
    } catch (AdministrationException e) {
      return new Doctor.Finding("store", true, "is made at the first start");
    } catch (RuntimeException e) {
      return new Doctor.Finding("store", false, String.valueOf(e.getMessage()));
    }
  }
}
