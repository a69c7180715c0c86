package dev.baton.configuration;

import static dev.baton.configuration.OptionType.BOOLEAN;
import static dev.baton.configuration.OptionType.INTEGER;
import static dev.baton.configuration.OptionType.LIST;
import static dev.baton.configuration.OptionType.TEXT;

import java.util.List;
import java.util.function.Consumer;

/** Which hub gets a handoff. */
final class RoutingOptions {
  private RoutingOptions() {}

  static void ofBots(Consumer<Option> options) {
    add(
        options,
        "baton.bots.<bot>.hubs.<hub>.when",
        TEXT,
        null,
        "JSLT expression over the bot's variables: the handoffs that this hub is meant for, such as"
            + " .domain == \"IT_DOMAIN\"; default all");
    add(
        options,
        "baton.bots.<bot>.hubs.<hub>.rank",
        INTEGER,
        null,
        "The lower, the sooner this hub is tried; default its place in the list, from 1");
    add(
        options,
        "baton.bots.<bot>.hubs.<hub>.name",
        TEXT,
        null,
        "How customers know this hub, when they may choose");
    add(
        options,
        "baton.bots.<bot>.hubs.<hub>.name.<locale>",
        TEXT,
        null,
        "The same in one language, such as name.de");
    add(
        options,
        "baton.bots.<bot>.hubs.<hub>.context.<variable>",
        TEXT,
        null,
        "A variable that this hub gets in addition: a JSLT expression over the bot's variables;"
            + " null leaves it out");
    options.accept(
        new Option(
            "baton.bots.<bot>.offer",
            TEXT,
            "never",
            List.of("never", "choice", "always"),
            "Whether the customer is asked before a hub is opened: never, when there is a choice,"
                + " or always"));
    add(
        options,
        "baton.bots.<bot>.offer-describe",
        BOOLEAN,
        "false",
        "Whether a customer who has chosen is also asked what the agent should be told");
    add(
        options,
        "baton.bots.<bot>.pace",
        INTEGER,
        "0",
        "Most deliveries to the bot per minute, fair between conversations; 0 sets no limit");
  }

  static void ofHubs(Consumer<Option> options) {
    add(
        options,
        "baton.hubs.<hub>.hours",
        TEXT,
        null,
        "When the hub is open, such as Mon-Fri 09:00-17:00, Sat 10:00-14:00; default always");
    add(
        options,
        "baton.hubs.<hub>.time-zone",
        TEXT,
        null,
        "Time zone of hours and holidays, such as Europe/Berlin; default UTC");
    add(
        options,
        "baton.hubs.<hub>.holidays",
        LIST,
        null,
        "Days on which the hub is closed, such as 2026-12-25");
    add(
        options,
        "baton.hubs.<hub>.max-waiting",
        INTEGER,
        null,
        "Most customers who may wait for this hub; then the next hub is tried. Default no limit");
    add(
        options,
        "baton.hubs.<hub>.pace",
        INTEGER,
        null,
        "Most openings and messages to this hub per minute, fair between conversations; default no"
            + " limit of Baton's");
  }

  private static void add(
      Consumer<Option> options, String name, OptionType type, String preset, String description) {
    options.accept(new Option(name, type, preset, List.of(), description));
  }
}
