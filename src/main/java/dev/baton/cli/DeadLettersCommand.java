package dev.baton.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.operations.Administration;
import dev.baton.operations.AdministrationException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "dead-letters",
    description = "Deliveries that were given up. Works while Baton runs and while it does not.",
    mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Runnable {
  @ParentCommand private Baton baton;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Name what to do: list, show, replay or drop.");
  }

  @Command(
      name = "list",
      description = "Lists them, oldest first: id, lane, operation, attempts, time and cause.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin AdministrationOption at,
      @Option(
              names = "--conversation",
              paramLabel = "ID",
              description = "Only those of this conversation.")
          String conversation,
      @Option(names = "--json", description = "One JSON object per line.") boolean json) {
    try (Administration administration = at.open(baton.surroundings())) {
      List<JsonNode> letters = administration.deadLetters(conversation, 1000);
      for (JsonNode letter : letters) {
        println(json ? letter.toString() : line(letter));
      }
      if (letters.isEmpty() && !json) {
        println("There are no dead letters.");
      }
      return 0;
    }
  }

  @Command(name = "show", description = "Shows one with its body.", mixinStandardHelpOptions = true)
  int show(
      @Mixin AdministrationOption at, @Parameters(paramLabel = "ID", description = ID) String id) {
    Letter letter = letter(id);
    try (Administration administration = at.open(baton.surroundings())) {
      println(
          administration
              .deadLetter(letter.conversation(), letter.seq())
              .orElseThrow(() -> none(id))
              .toPrettyString());
      return 0;
    }
  }

  @Command(
      name = "replay",
      description = "Puts them back at their place, to be delivered again.",
      mixinStandardHelpOptions = true)
  int replay(
      @Mixin AdministrationOption at,
      @Parameters(arity = "1..*", paramLabel = "ID", description = ID) List<String> ids) {
    try (Administration administration = at.open(baton.surroundings())) {
      for (String id : ids) {
        Letter letter = letter(id);
        if (!administration.replay(letter.conversation(), letter.seq())) {
          throw none(id);
        }
        println(id + " will be delivered again");
      }
      return 0;
    }
  }

  @Command(name = "drop", description = "Drops them for good.", mixinStandardHelpOptions = true)
  int drop(
      @Mixin AdministrationOption at,
      @Parameters(arity = "1..*", paramLabel = "ID", description = ID) List<String> ids) {
    try (Administration administration = at.open(baton.surroundings())) {
      for (String id : ids) {
        Letter letter = letter(id);
        if (!administration.drop(letter.conversation(), letter.seq())) {
          throw none(id);
        }
        println(id + " is dropped");
      }
      return 0;
    }
  }

  private static final String ID = "As listed: <conversation>:<place>.";

  private record Letter(String conversation, long seq) {}

  private Letter letter(String id) {
    int colon = id.lastIndexOf(':');
    if (colon < 1 || !id.substring(colon + 1).matches("\\d{1,18}")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "'" + id + "' is not the id of a dead letter; `baton dead-letters list` shows them");
    }
    return new Letter(id.substring(0, colon), Long.parseLong(id.substring(colon + 1)));
  }

  private static AdministrationException none(String id) {
    return new AdministrationException("BTN-4022", "There is no dead letter " + id);
  }

  private static String line(JsonNode letter) {
    return String.format(
        "%s:%s  %s %s  %s attempts  %s  %s",
        letter.path("conversation").asText(),
        letter.path("seq").asText(),
        letter.path("lane").asText(),
        letter.path("operation").asText(),
        letter.path("attempts").asText(),
        letter.path("at").asText(),
        letter.path("cause").asText(""));
  }

  private void println(String line) {
    spec.commandLine().getOut().println(line);
  }
}
