package dev.baton.cli;

import dev.baton.configuration.ConfigurationException;
import dev.baton.configuration.Problem;
import dev.baton.operations.AdministrationException;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Tells people what went wrong, without a stack trace; with one when it is asked for. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  private static final String TRACE_PROPERTY = "baton.stacktrace";

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof ConfigurationException configuration) {
      for (Problem problem : configuration.problems()) {
        err.println(problem);
      }
      err.println("Baton does not start. docs/configuration.md lists all options.");
    } else if (failure instanceof AdministrationException administration) {
      err.println(administration.code() + " " + administration.getMessage());
    } else {
      err.println(message(failure));
      err.println(
          "For the stack trace: java -D" + TRACE_PROPERTY + "=true -jar target/baton.jar …");
    }
    if (Boolean.getBoolean(TRACE_PROPERTY)) {
      failure.printStackTrace(err);
    }
    return 1;
  }

  /** The outermost message that says anything, and the innermost when it says more. */
  private static String message(Throwable failure) {
    String outer = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String inner = root.getMessage() == null ? root.toString() : root.getMessage();
    return outer.contains(inner) ? outer : outer + ": " + inner;
  }
}
