package dev.baton.channel.genesys;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What Genesys takes in a bot list. Source: platform API, models {@code BotList}, {@code
 * BotConnectorBot}, {@code BotConnectorBotVersion}, {@code BotIntent}, {@code BotSlot}.
 */
final class BotLimits {
  static final int BOTS = 50;
  private static final int VERSIONS = 50;
  private static final int INTENTS = 50;
  private static final int NAME = 100;
  private static final int DESCRIPTION = 256;

  private final List<String> problems = new ArrayList<>();

  private BotLimits() {}

  /** What is wrong with a bot, each as one line that says what to change; empty when it is good. */
  static List<String> check(BotDeclaration bot) {
    BotLimits limits = new BotLimits();
    limits.bot(bot);
    return limits.problems;
  }

  private void bot(BotDeclaration bot) {
    name("The bot's id", bot.id(), Integer.MAX_VALUE);
    if (bot.name() != null) {
      name("The bot's name", bot.name(), Integer.MAX_VALUE);
    }
    if (bot.description() != null) {
      name("The description", bot.description(), DESCRIPTION);
      if (bot.description().chars().anyMatch(Character::isISOControl)) {
        problems.add("The description has characters that cannot be shown; remove them");
      }
    }
    size("The bot", "versions", bot.versions().size(), VERSIONS);
    Set<String> versions = new HashSet<>();
    for (BotDeclaration.Version version : bot.versions()) {
      once("Version", version.version(), versions);
      version(version);
    }
  }

  private void version(BotDeclaration.Version version) {
    String where = "Version '" + version.version() + "'";
    name("The name of " + where, version.version(), NAME);
    if (version.languages().isEmpty()) {
      problems.add(where + " has no language; name at least one, such as en-us");
    }
    for (String language : version.languages()) {
      if (!language.matches("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")) {
        problems.add(where + ": '" + language + "' is not a language such as en-us");
      }
    }
    size(where, "intents", version.intents().size(), INTENTS);
    Set<String> names = new HashSet<>();
    for (Intent intent : version.intents()) {
      once(where + ": intent", intent.name(), names);
      name(where + ": the name of intent '" + intent.name() + "'", intent.name(), NAME);
      if (intent.slots().size() > HandoffSlots.MAX_SLOTS) {
        problems.add(
            where
                + ": intent '"
                + intent.name()
                + "' has "
                + intent.slots().size()
                + " slots; Genesys takes "
                + HandoffSlots.MAX_SLOTS);
      }
      intent
          .slots()
          .keySet()
          .forEach(slot -> name(where + ": the name of slot '" + slot + "'", slot, NAME));
    }
  }

  private void size(String where, String what, int size, int most) {
    if (size == 0) {
      problems.add(where + " has no " + what + "; it needs at least one");
    } else if (size > most) {
      problems.add(where + " has " + size + " " + what + "; Genesys takes " + most);
    }
  }

  private void once(String what, String name, Set<String> known) {
    if (!known.add(name)) {
      problems.add(what + " '" + name + "' stands there twice");
    }
  }

  private void name(String what, String name, int most) {
    if (name.isBlank()) {
      problems.add(what + " is empty");
    } else if (!name.equals(name.strip())) {
      problems.add(what + " begins or ends with a blank; remove it");
    }
    if (name.length() > most) {
      problems.add(what + " has " + name.length() + " characters; Genesys takes " + most);
    }
  }
}
