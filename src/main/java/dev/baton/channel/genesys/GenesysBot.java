package dev.baton.channel.genesys;

import dev.baton.channel.genesys.HandoffSlots.Filter;
import dev.baton.channel.genesys.widget.GenesysWidget;
import dev.baton.channel.turn.TurnRules;
import dev.baton.configuration.BotSettings;
import dev.baton.configuration.ChannelSettings;
import dev.baton.configuration.TurnOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * {@code baton.channels.genesys.<bot>.*}, read once.
 *
 * @param bot configured name of the bot
 * @param turns when the bot's turn is taken for complete
 */
record GenesysBot(
    String bot,
    TurnRules turns,
    ChannelSettings settings,
    BotDeclaration declaration,
    HandoffSlots slots,
    ReplyMessages messages,
    GenesysWidget widget) {

  /**
   * @param allowed whether a link or file may be passed on
   * @param widget the agents' widget, whose link travels with a handoff
   * @throws IllegalArgumentException when the declaration cannot be read
   */
  static GenesysBot of(
      ChannelSettings settings, BotSettings bot, Predicate<String> allowed, GenesysWidget widget) {
    return new GenesysBot(
        settings.bot(),
        TurnOptions.rules(settings, bot).withSettle(settings.duration("turn-settle")),
        settings,
        Declarations.of(settings),
        new HandoffSlots(
            Filter.valueOf(settings.text("slot-filter").toUpperCase(Locale.ROOT)),
            pairs(settings, "slot-names", "="),
            settings.number("max-slot-text")),
        new ReplyMessages(
            new ReplyMessages.Limits(
                Math.max(1, settings.number("max-quick-replies")),
                Math.max(1, settings.number("max-cards")),
                Math.max(1, settings.number("max-card-actions"))),
            settings.flag("ready-made-json"),
            allowed),
        widget);
  }

  /** The same bot with these slots of the escalation intent beside the configured ones. */
  GenesysBot with(Map<String, SlotType> more) {
    BotDeclaration wider =
        declaration.withIntents(
            intent -> intent.name().equals(escalationIntent()) ? intent.with(more) : intent);
    return new GenesysBot(bot, turns, settings, wider, slots, messages, widget);
  }

  /** How long the customer may wait for the bot's turn. */
  Duration budget(boolean asynchronous) {
    return settings.duration(asynchronous ? "asynchronous-budget" : "budget");
  }

  boolean asynchronous() {
    return settings.text("reply").equals("asynchronous");
  }

  /** How long a session is kept without a call; Genesys says how long it keeps its own. */
  Duration sessionLife(Duration asked) {
    Duration limit = settings.duration("session-limit");
    return asked == null || asked.compareTo(limit) > 0 ? limit : asked;
  }

  String endIntent() {
    return settings.text("end-intent");
  }

  String escalationIntent() {
    return settings.text("escalation-intent");
  }

  /** Pairs {@code left<separator>right} of a list. */
  static Map<String, String> pairs(ChannelSettings settings, String key, String separator) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : settings.list(key)) {
      int at = pair.lastIndexOf(separator);
      if (at < 1 || at == pair.length() - 1) {
        throw new IllegalArgumentException(
            "BTN-4531 baton.channels.genesys."
                + settings.bot()
                + "."
                + key
                + ": '"
                + pair
                + "' is not name"
                + separator
                + "value");
      }
      pairs.put(pair.substring(0, at).strip(), pair.substring(at + 1).strip());
    }
    return pairs;
  }

  /** The names for answers that are not final. */
  List<String> nonFinalIntents() {
    List<String> names = new ArrayList<>(settings.list("non-final-intents"));
    if (names.isEmpty()) {
      names.add("None");
    }
    return names;
  }
}
