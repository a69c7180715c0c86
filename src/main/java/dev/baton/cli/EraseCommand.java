package dev.baton.cli;

import dev.baton.operations.Administration;
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
    name = "erase",
    description = "Deletes everything kept about one customer. It cannot be undone.",
    mixinStandardHelpOptions = true)
final class EraseCommand implements Callable<Integer> {
  @ParentCommand private Baton baton;
  @Mixin private AdministrationOption at;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "USER", description = "The customer's user id.")
  private String user;

  @Option(names = "--yes", description = "Required: says that you mean it.")
  private boolean meant;

  @Override
  public Integer call() {
    if (!meant) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Erasing cannot be undone; repeat the command with --yes. `baton export "
              + user
              + "`"
              + " shows what would go.");
    }
    try (Administration administration = at.open(baton.surroundings())) {
      int erased = administration.erase(user);
      spec.commandLine().getOut().println("Erased conversations: " + erased);
      return 0;
    }
  }
}
