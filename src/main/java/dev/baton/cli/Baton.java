package dev.baton.cli;

import dev.baton.operations.LogSetup;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "baton",
    description = "Hands chatbot conversations to human agents, and back.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      CheckCommand.class,
      DoctorCommand.class,
      DeadLettersCommand.class,
      ExportCommand.class,
      EraseCommand.class,
      GenesysCommand.class,
      SimulateCommand.class,
      HashPasswordCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; nothing wrong",
      "1:failed, or something is wrong; the reason stands on standard error",
      "2:the command line is wrong",
      "143:stopped by SIGTERM after draining"
    },
    footer = {"", "First time? Try: baton demo"})
public final class Baton implements Runnable {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  Baton(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  public static void main(String[] args) {
    LogSetup.quiet();
    System.exit(commandLine(new ProcessSurroundings()).execute(args));
  }

  static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new Baton(surroundings))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new WrongUsage())
        .setExecutionExceptionHandler(new Failures());
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** Without a command: how to use it, as an error. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
  }
}
