package dev.baton.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.channel.genesys.BotListDiff;
import dev.baton.channel.genesys.BotListImport;
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
    name = "genesys",
    description = "What Genesys Cloud is told about bots.",
    mixinStandardHelpOptions = true,
    subcommands = GenesysCommand.Bots.class)
final class GenesysCommand implements Runnable {
  @ParentCommand private Baton baton;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name what it is about: bots.");
  }

  @Command(
      name = "bots",
      description =
          "The bot list of a Bot Connector integration: bots, versions, languages, intents and"
              + " slots, from the configuration and from variables that were seen in handoffs.",
      mixinStandardHelpOptions = true)
  static final class Bots implements Runnable {
    private static final String BOT = "Name of the bot in baton.channels.genesys.<bot>.";

    @ParentCommand private GenesysCommand genesys;
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Name what to do: import, show or diff.");
    }

    @Command(
        name = "show",
        description = "Prints the list that Baton would import, or the one that Genesys has.",
        mixinStandardHelpOptions = true)
    int show(
        @Mixin AdministrationOption at,
        @Option(names = "--present", description = "The one that Genesys has.") boolean present,
        @Parameters(paramLabel = "BOT", description = BOT) String bot) {
      return with(
          at,
          bot,
          (list, notes) -> {
            println((present ? list.present() : list.declared()).toPrettyString());
            return present ? 0 : report(list.problems());
          });
    }

    @Command(
        name = "diff",
        description =
            "Prints what an import would change. Ends with 1 when it would change something.",
        mixinStandardHelpOptions = true)
    int diff(
        @Mixin AdministrationOption at,
        @Option(names = "--replace", description = "Bots of others would go.") boolean replace,
        @Parameters(paramLabel = "BOT", description = BOT) String bot) {
      return with(
          at,
          bot,
          (list, notes) -> {
            JsonNode present = list.present();
            List<String> lines = BotListDiff.of(present, list.target(present, replace));
            lines.forEach(this::println);
            if (lines.isEmpty()) {
              println("Genesys has it already.");
            }
            int wrong = report(list.problems());
            return lines.isEmpty() ? wrong : 1;
          });
    }

    @Command(
        name = "import",
        description =
            "Checks the list by Genesys' limits and replaces the one that Genesys has. Bots of"
                + " others stay.",
        mixinStandardHelpOptions = true)
    int importBots(
        @Mixin AdministrationOption at,
        @Option(names = "--replace", description = "Bots of others go.") boolean replace,
        @Parameters(paramLabel = "BOT", description = BOT) String bot) {
      return with(
          at,
          bot,
          (list, notes) -> {
            if (report(list.problems()) != 0) {
              return 1;
            }
            JsonNode present = list.present();
            JsonNode target = list.target(present, replace);
            List<String> lines = BotListDiff.of(present, target);
            lines.forEach(this::println);
            list.put(target, notes);
            println(
                lines.isEmpty()
                    ? "Imported; nothing has changed."
                    : "Imported " + target.path("chatBots").size() + " bots.");
            return 0;
          });
    }

    private interface Action {
      int run(BotListImport list, Administration notes);
    }

    /** What was seen is known where there is a store; without one the configuration must do. */
    private int with(AdministrationOption at, String bot, Action action) {
      Surroundings surroundings = genesys.baton.surroundings();
      Administration notes = null;
      try {
        notes = at.open(surroundings);
      } catch (AdministrationException e) {
        spec.commandLine()
            .getErr()
            .println(e.code() + " What handoffs had is not known: " + e.getMessage());
      }
      try (Administration opened = notes) {
        return action.run(BotListImport.of(at.settings(), bot, opened), opened);
      }
    }

    private int report(List<String> problems) {
      problems.forEach(problem -> spec.commandLine().getErr().println("BTN-4532 " + problem));
      return problems.isEmpty() ? 0 : 1;
    }

    private void println(String line) {
      spec.commandLine().getOut().println(line);
    }
  }
}
