package dev.baton.configuration;

import static dev.baton.configuration.OptionType.BOOLEAN;
import static dev.baton.configuration.OptionType.DURATION;
import static dev.baton.configuration.OptionType.INTEGER;
import static dev.baton.configuration.OptionType.JDBC_URL;
import static dev.baton.configuration.OptionType.LIST;
import static dev.baton.configuration.OptionType.PASSWORD_HASH;
import static dev.baton.configuration.OptionType.PORT;
import static dev.baton.configuration.OptionType.SECRET;
import static dev.baton.configuration.OptionType.SECRETS;
import static dev.baton.configuration.OptionType.SIZE;
import static dev.baton.configuration.OptionType.TEXT;
import static dev.baton.configuration.OptionType.URL;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The catalogue: every option that Baton reads, declared once. Parsing, the check for unknown keys,
 * {@code application.properties} and {@code docs/configuration.md} all come from here.
 */
final class Options {
  private static final Map<String, List<Option>> GROUPS = new LinkedHashMap<>();
  private static final List<Option> ALL = new ArrayList<>();

  static {
    group("Server");
    add("baton.host", TEXT, "0.0.0.0", "Address on which the traffic port listens");
    add("baton.port", PORT, "8080", "Port for canvases, hubs and front ends");
    add(
        "baton.public-url",
        URL,
        "http://localhost:{{baton.port}}",
        "How hubs and canvases reach Baton from outside");
    add(
        "baton.management.host",
        TEXT,
        "127.0.0.1",
        "Address on which health, metrics and the management API listen");
    add("baton.management.port", PORT, "9876", "Port for health, metrics and the management API");
    add(
        "baton.management.token",
        SECRET,
        null,
        "Bearer token of the management API; without one it answers loopback only");
    add(
        "baton.max-body",
        SIZE,
        "256k",
        "Largest request body that is read; uploads have their own limit");
    add("baton.shutdown-timeout", DURATION, "25s", "How long a stop waits for what is in flight");
    add(
        "baton.health.strict",
        BOOLEAN,
        "false",
        "Whether an unreachable bot or hub makes the whole node not ready");
    add(
        "baton.health.interval",
        DURATION,
        "30s",
        "How often bots and hubs are probed for the health report");
    add(
        "baton.allow-private-urls",
        LIST,
        null,
        "Private hosts that attachment and callback URLs may point to");
    choice(
        "baton.log.format",
        "text",
        List.of("text", "json"),
        "Form of the log: readable lines, or one JSON object per line");

    choice(
        "baton.log.level",
        "info",
        List.of("error", "warn", "info", "debug", "trace"),
        "Least severity that is logged");

    group("Store");
    add("baton.data", TEXT, "./data", "Folder of the embedded store and of generated keys");
    add(
        "baton.store.url",
        JDBC_URL,
        null,
        "JDBC URL of a shared PostgreSQL; without it the store is a SQLite file in the data"
            + " folder");
    add("baton.store.user", TEXT, null, "User of the database");
    add("baton.store.password", SECRET, null, "Password of the database");
    add("baton.store.pool", INTEGER, "8", "Most connections to the database");
    add(
        "baton.retention",
        DURATION,
        "30d",
        "How long ended conversations are kept; 0s keeps them for ever");

    group("Bots");
    add(
        "baton.bots.<bot>.url",
        URL,
        "https://directline.botframework.com",
        "Root of the Direct Line service, without /v3/directline");
    add(
        "baton.bots.<bot>.api-path",
        TEXT,
        "/v3/directline",
        "Path of Direct Line below the root; some emulators have /directline");
    add(
        "baton.bots.<bot>.secret",
        SECRET,
        null,
        "Direct Line secret; this or the token endpoint is required");
    add(
        "baton.bots.<bot>.token-endpoint",
        URL,
        null,
        "Copilot Studio's token endpoint, instead of a secret");
    choice(
        "baton.bots.<bot>.stream",
        "auto",
        List.of("auto", "websocket", "polling"),
        "How the bot's activities are received");
    add(
        "baton.bots.<bot>.handoff-events",
        LIST,
        "handoff.initiate",
        "Event names that ask for a human; handoff.initiate always does");
    add(
        "baton.bots.<bot>.hubs",
        LIST,
        null,
        "Hubs for this bot's handoffs, in order of preference; default all, by name");
    RoutingOptions.ofBots(Options::put);
    add(
        "baton.bots.<bot>.canvas-secret",
        SECRETS,
        null,
        "Direct Line secrets that canvases present to Baton; any one opens this bot");
    add(
        "baton.bots.<bot>.allowed-origins",
        LIST,
        null,
        "Origins of pages that may fetch a token and call the canvas endpoint");
    add(
        "baton.bots.<bot>.send-start-event",
        BOOLEAN,
        "true",
        "Whether the start event is sent to the bot when a conversation begins");
    add("baton.bots.<bot>.start-event", TEXT, "startConversation", "Name of the start event");

    group("Hubs");
    add(
        "baton.hubs.<hub>.type",
        TEXT,
        "routes",
        "http, desk, or the type of a built-in adapter; routes when own routes are the adapter");
    add("baton.hubs.<hub>.url", URL, null, "Root of the hub's API");
    add(
        "baton.hubs.<hub>.token",
        SECRET,
        null,
        "Bearer token that Baton presents to the hub; type servicenow: static token of Message"
            + " Auth");
    add(
        "baton.hubs.<hub>.callback-secret",
        SECRETS,
        null,
        "Keys of the hub's signatures on its events; several while a key is changed. Type"
            + " servicenow: the secret in callback-header");
    add(
        "baton.hubs.<hub>.timeout",
        DURATION,
        "10s",
        "Types http and servicenow: how long Baton waits for the hub's answer");
    add(
        "baton.hubs.<hub>.max-text",
        INTEGER,
        null,
        "Types http and servicenow: most characters of a message; longer ones are split");
    add(
        "baton.hubs.<hub>.max-transcript",
        INTEGER,
        null,
        "Types http and servicenow: most characters of the transcript; the newest lines stay");
    add(
        "baton.hubs.<hub>.max-context-entries",
        INTEGER,
        null,
        "Types http and servicenow: most entries of the context");
    add(
        "baton.hubs.<hub>.max-context-value",
        INTEGER,
        null,
        "Types http and servicenow: most characters of a value of the context");
    choice(
        "baton.hubs.<hub>.availability",
        "always",
        List.of("always", "agents", "off", "plain", "channel", "capacity", "group"),
        "Type desk: always, or only while agents are there. Type servicenow: what is asked about"
            + " agents before a handoff, nothing (off) or whether one is online (plain), in the"
            + " channel, with capacity (its default), in the queue's groups");
    RoutingOptions.ofHubs(Options::put);
    ServiceNowOptions.all().forEach(Options::put);
    GenesysOptions.add(Options::put);
    OmnichannelOptions.add(Options::put);
    ServiceNowCustomOptions.all().forEach(Options::put);
    add(
        "baton.hubs.<hub>.<key…>",
        TEXT,
        null,
        "The type's own keys; see the page of the hub's type");

    group("Front ends");
    add(
        "baton.channels.<type>.<bot>.secrets",
        SECRETS,
        null,
        "Secrets that the front end presents, any one is accepted; setting it switches the front"
            + " end on");
    add(
        "baton.channels.<type>.<bot>.header",
        TEXT,
        "authorization",
        "Header in which the front end presents its secret");
    GenesysChannelOptions.declare();
    OmnichannelChannelOptions.add(Options::put);
    add(
        "baton.channels.<type>.<bot>.<key…>",
        TEXT,
        null,
        "The type's own keys; see the page of the front end");
    TurnOptions.add(Options::add);
    RelayOptions.add(Options::add);
    GenesysWidgetOptions.add(Options::add);

    group("Canvas");
    add("baton.canvas.token-life", DURATION, "30m", "How long a token given to a canvas is valid");
    add(
        "baton.canvas.token-secret",
        SECRET,
        null,
        "Key that signs canvas tokens, the same on all nodes; several, comma-separated, while it is"
            + " changed: the first signs. Default: made once and kept in the store");
    add(
        "baton.canvas.tokens-per-minute",
        INTEGER,
        "60",
        "Most tokens per minute for pages at one address; 0 sets no limit. Behind a proxy, whose"
            + " address all pages share, set 0 and limit there");
    add("baton.canvas.upload-limit", SIZE, "4m", "Largest upload of a customer");
    add(
        "baton.canvas.upload-types",
        LIST,
        "image/png,image/jpeg,image/gif,image/webp,application/pdf,text/plain",
        "Content types that a customer may upload");

    group("Handoff");
    add(
        "baton.handoff.send-status",
        BOOLEAN,
        "true",
        "Whether the bot is told about the handoff with handoff.status events");
    add(
        "baton.handoff.cancel-words",
        LIST,
        null,
        "What a waiting customer types to go back to the bot");
    add(
        "baton.handoff.mapping",
        TEXT,
        "classpath:mappings/handoff-open.jslt",
        "JSLT file that makes what a hub is told from the bot's request; file:… for your own");
    add("baton.handoff.deny-keys", LIST, "", "Names of context variables that never leave");
    PrivacyOptions.add(Options::add);
    add(
        "baton.handoff.context-priority",
        LIST,
        "",
        "Names of context variables that are kept first when a hub takes only so many");

    group("Time-outs");
    add(
        "baton.timeouts.assignment",
        DURATION,
        "5m",
        "How long a customer waits for an agent to accept");
    add(
        "baton.timeouts.customer-idle",
        DURATION,
        "30m",
        "How long a customer may be silent while an agent has the conversation");
    add(
        "baton.timeouts.agent-idle",
        DURATION,
        "15m",
        "How long an agent may leave the customer without an answer");
    add(
        "baton.timeouts.hub-unreachable",
        DURATION,
        "2m",
        "How long a hub may be unreachable before the handoff fails");
    add(
        "baton.timeouts.bot-silent",
        DURATION,
        "60s",
        "How long a bot may leave the customer without an answer");
    add(
        "baton.timeouts.conversation-idle",
        DURATION,
        "24h",
        "After which silence a conversation ends");
    add(
        "baton.timeouts.grace",
        DURATION,
        "60s",
        "How long late messages of a hub are still accepted after its end");
    add(
        "baton.timeouts.settle",
        DURATION,
        "3s",
        "How long to wait for the rest of a bot's turn around a handoff");

    group("Lanes");
    add(
        "baton.lanes.bot.limit",
        DURATION,
        "2m",
        "How long a delivery to a bot is tried before it becomes a dead letter");
    add(
        "baton.lanes.customer.limit",
        DURATION,
        "2m",
        "The same for front ends that Baton calls; for hubs it is baton.timeouts.hub-unreachable");
    add(
        "baton.lanes.first-delay",
        DURATION,
        "200ms",
        "Wait before the second attempt; doubles with each one");
    add("baton.lanes.longest-delay", DURATION, "30s", "Longest wait between attempts");
    add("baton.lanes.concurrency", INTEGER, "32", "Deliveries at the same time, per lane");

    group("Texts");
    add(
        "baton.default-locale",
        TEXT,
        "en",
        "Language of customers whose own is unknown or has no texts");
    add(
        "baton.texts.<key>",
        TEXT,
        null,
        "Text to the customer in every language; empty says nothing");
    add(
        "baton.texts.<locale>.<key>",
        TEXT,
        null,
        "The same for one language, for example de or pt-BR");

    group("Desk");
    add(
        "baton.desk.open",
        BOOLEAN,
        "false",
        "Whether the desk needs no password; only from loopback");
    add(
        "baton.desk.agents.<user>.password",
        PASSWORD_HASH,
        null,
        "The agent's password as a bcrypt hash");
    add(
        "baton.desk.agents.<user>.name",
        TEXT,
        null,
        "The agent's name as customers see it; default the user");
    add(
        "baton.desk.session-secret",
        SECRET,
        null,
        "Key that signs agents' logins; the same on every node. Without it logins end with the"
            + " process");
    add("baton.desk.session-life", DURATION, "12h", "How long an agent's login lasts");

    group("Own routes");
    add("baton.routes.folder", TEXT, "./conf/routes", "Folder of own routes, *.camel.yaml");
    add(
        "baton.routes.reload",
        BOOLEAN,
        "true",
        "Whether changed files are loaded while Baton runs");

    group("Demo");
    add(
        "baton.demo",
        BOOLEAN,
        "false",
        "Whether the simulated bot and the demo page are started; set by the demo command");
  }

  private Options() {}

  static List<Option> all() {
    return ALL;
  }

  static Map<String, List<Option>> groups() {
    return GROUPS;
  }

  /** The option that a key sets. A name without open words wins. */
  static Optional<Option> of(String key) {
    Optional<Option> exact = ALL.stream().filter(o -> !o.isOpen() && o.matches(key)).findFirst();
    return exact.isPresent() ? exact : ALL.stream().filter(o -> o.matches(key)).findFirst();
  }

  /** The option declared under exactly this name. */
  static Option named(String name) {
    return ALL.stream()
        .filter(o -> o.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No option is declared as " + name));
  }

  private static void group(String title) {
    GROUPS.put(title, new ArrayList<>());
  }

  static void add(String name, OptionType type, String preset, String description) {
    put(new Option(name, type, preset, List.of(), description));
  }

  static void choice(String name, String preset, List<String> choices, String text) {
    put(new Option(name, TEXT, preset, choices, text));
  }

  private static void put(Option option) {
    ALL.add(option);
    GROUPS.values().stream().reduce((a, b) -> b).orElseThrow().add(option);
  }
}
