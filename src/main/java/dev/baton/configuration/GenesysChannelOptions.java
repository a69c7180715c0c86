package dev.baton.configuration;

import static dev.baton.configuration.OptionType.BOOLEAN;
import static dev.baton.configuration.OptionType.DURATION;
import static dev.baton.configuration.OptionType.INTEGER;
import static dev.baton.configuration.OptionType.LIST;
import static dev.baton.configuration.OptionType.SECRET;
import static dev.baton.configuration.OptionType.TEXT;
import static dev.baton.configuration.OptionType.URL;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The own keys of front ends of type {@code genesys}: Bot Connector and Digital Bot Connector. */
final class GenesysChannelOptions {
  private static final String PREFIX = "baton.channels.genesys.<bot>.";
  private static final String SHARED = "baton.channels.<type>.<bot>.";
  private static final String SLOTS_OF = "slots.";

  private GenesysChannelOptions() {}

  static void declare() {
    turns();
    intents();
    forms();
    cloud();
  }

  private static void turns() {
    add("budget", DURATION, "7500ms", "How long Genesys may wait for the bot's turn");
    add(
        "turn-settle",
        DURATION,
        "10ms",
        "Wait after a definite sign of a turn's end, for stragglers");
    choose(
        "budget-state",
        "MoreData",
        List.of("MoreData", "Failed", "Complete"),
        "What a turn without any word of the bot ends in when the budget is spent");
    add(
        "budget-text",
        BOOLEAN,
        "true",
        "Whether such a turn says that it takes longer (baton.texts.bot-silent)");
    add(
        "graceful",
        BOOLEAN,
        "false",
        "Whether a failure escalates to a human (Complete) instead of taking the Failure branch");
    add(
        "repeat-header",
        TEXT,
        null,
        "Header of a call that is the same when the call is repeated, and differs otherwise; Bot"
            + " Connector has no id of its own");
    add(
        "session-limit",
        DURATION,
        "72h",
        "Longest that a session is kept; botSessionTimeout of the request may ask for less");
  }

  private static void intents() {
    choose(
        "non-final",
        "constant",
        List.of("constant", "alternating", "unique", "absent"),
        "The intent of answers that wait for the customer: always the first name of"
            + " non-final-intents, these names in turn, a new name each time, or none");
    add("non-final-intents", LIST, "None", "Names for it; alternating needs two");
    add("escalation-intent", TEXT, "Escalate", "Intent when the bot asks for a human");
    add(
        "escalation-intent-from",
        TEXT,
        null,
        "Variable of the handoff whose value is the intent, when it is a declared one; for example"
            + " va_LastTopic");
    add("end-intent", TEXT, "End", "Intent when the bot ends the conversation");
    add("intents", LIST, null, "Further intents to declare");
    add(
        "slots",
        LIST,
        "va_AgentMessage:String,va_LastTopic:String,va_Topics:StringCollection,"
            + "va_LastPhrases:String,va_Phrases:StringCollection,va_ConversationId:String,"
            + "va_Language:String,va_Scope:String,va_BotId:String",
        "Slots of the escalation intent, name:Type");
    add(
        "slots.<intent>",
        LIST,
        null,
        "Slots of another intent, name:Type, in place of those of the escalation intent");
    add("more-slots", LIST, null, "Slots beside those of slots, name:Type");
    add(
        "seen-slots",
        BOOLEAN,
        "true",
        "Whether variables that were seen in handoffs are declared, too");
    choose(
        "slot-filter",
        "all",
        List.of("all", "va", "user"),
        "Which variables become slots: all, only va_ ones, or only the author's own");
    add("slot-names", LIST, null, "Variables that are slots under another name, variable=slot");
    add("max-slot-text", INTEGER, "4000", "Most characters of a slot or parameter");
    add("declaration", TEXT, null, "YAML file with the whole declaration, in place of these keys");
    add("bot-id", TEXT, null, "Id of the bot in Genesys; default the bot's name here");
    add("bot-name", TEXT, null, "Name of the bot in Genesys; default its id");
    add("description", TEXT, null, "What Genesys shows about the bot, up to 256 characters");
    add("version", TEXT, "1", "Version of the bot");
    add("languages", LIST, "en-us", "Languages of the bot");
  }

  private static void forms() {
    choose(
        "reply-field",
        "replymessages",
        List.of("replymessages", "replyMessages", "both"),
        "How Bot Connector spells the field of the replies");
    choose(
        "error-fields",
        "both",
        List.of("both", "errorCode", "code"),
        "How Digital Bot Connector spells the fields of errorInfo");
    add(
        "ready-made-json",
        BOOLEAN,
        "false",
        "Whether a bot's text that is JSON is taken for ready-made messages of Genesys");
    add(
        "max-quick-replies",
        INTEGER,
        "13",
        "Most quick replies of a message; more go into another");
    add("max-cards", INTEGER, "10", "Most cards of a carousel; more go into another");
    add("max-card-actions", INTEGER, "6", "Most buttons of a card; more go onto another");
    choose(
        "reply",
        "synchronous",
        List.of("synchronous", "asynchronous"),
        "Digital Bot Connector: the answer is the turn, or the turn follows by a call of Baton's");
    add("asynchronous-budget", DURATION, "25s", "The budget when the turn follows by a call");
  }

  private static void cloud() {
    add(
        "region",
        TEXT,
        "mypurecloud.com",
        "Region of the organisation, for example mypurecloud.ie");
    add("api-url", URL, null, "Root of the platform API; default https://api.<region>");
    add("login-url", URL, null, "Root of the login; default https://login.<region>");
    add("client-id", TEXT, null, "OAuth client for the import and for asynchronous answers");
    add("client-secret", SECRET, null, "Its secret");
    add("integration-id", TEXT, null, "Id of the Bot Connector integration that the import fills");
  }

  /**
   * Reports unknown keys.
   *
   * @param unknown told the full key and the nearest known one, or null
   */
  static void check(ChannelSettings channel, BiConsumer<String, String> unknown) {
    Set<String> known = new TreeSet<>();
    for (String prefix : List.of(PREFIX, SHARED)) {
      Options.all().stream()
          .map(Option::name)
          .filter(name -> name.startsWith(prefix) && !name.endsWith(">"))
          .forEach(name -> known.add(name.substring(prefix.length())));
    }
    String prefix = "baton.channels.genesys." + channel.bot() + ".";
    for (String key : channel.properties().keySet()) {
      if (!key.startsWith(SLOTS_OF) && !known.contains(key)) {
        unknown.accept(prefix + key, Nearest.of(key, known).map(prefix::concat).orElse(null));
      }
    }
  }

  private static void add(String key, OptionType type, String preset, String text) {
    Options.add(PREFIX + key, type, preset, text);
  }

  private static void choose(String key, String preset, List<String> choices, String text) {
    Options.choice(PREFIX + key, preset, choices, text);
  }
}
