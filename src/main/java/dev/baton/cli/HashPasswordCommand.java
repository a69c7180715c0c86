package dev.baton.cli;

import dev.baton.hub.desk.DeskPasswords;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "hash-password",
    description = {
      "Reads a password and prints its bcrypt hash for baton.desk.agents.<user>.password.",
      "It is asked for on a terminal, else read as the first line of standard input."
    },
    mixinStandardHelpOptions = true)
final class HashPasswordCommand implements Callable<Integer> {
  private static final int SHORTEST = 8;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    char[] password = read();
    if (password == null || password.length < SHORTEST) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "A password has at least " + SHORTEST + " characters.");
    }
    try {
      spec.commandLine().getOut().println(DeskPasswords.hash(password));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return 0;
  }

  private static char[] read() throws IOException {
    Console console = System.console();
    if (console != null) {
      return console.readPassword("Password: ");
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    String line = in.readLine();
    return line == null ? null : line.toCharArray();
  }
}
