package dev.baton.cli;

import dev.baton.operations.Administration;
import dev.baton.operations.AdministrationException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = "Prints everything kept about one customer, as JSON lines.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private Baton baton;
  @Mixin private AdministrationOption at;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "USER", description = "The customer's user id.")
  private String user;

  @Override
  public Integer call() {
    try (Administration administration = at.open(baton.surroundings())) {
      List<String> lines = administration.export(user);
      if (lines.isEmpty()) {
        throw new AdministrationException("BTN-4022", "Nothing is kept about " + user);
      }
      lines.forEach(spec.commandLine().getOut()::println);
      return 0;
    }
  }
}
