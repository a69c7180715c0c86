package dev.baton.configuration;

import dev.baton.privacy.PrivacyRules;
import dev.baton.routing.HubExpression;
import dev.baton.routing.OpeningHours;
import dev.baton.texts.BundledTexts;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What no single value shows: unknown keys, missing ones, and those that contradict each other. */
final class ConfigurationChecks {
  /** Types whose keys are all in the catalogue; others have keys of their own. */
  private static final Map<String, Set<String>> CLOSED_TYPES =
      Map.of(
          "http",
          Set.of(
              "type",
              "url",
              "token",
              "callback-secret",
              "timeout",
              "max-text",
              "max-transcript",
              "max-context-entries",
              "max-context-value"),
          "desk",
          Set.of("type", "availability"),
          "servicenow",
          servicenow(),
          GenesysOptions.TYPE,
          GenesysOptions.keys(),
          OmnichannelOptions.TYPE,
          OmnichannelOptions.keys(),
          ServiceNowCustomOptions.TYPE,
          ServiceNowCustomOptions.keys(servicenow()));

  private static Set<String> servicenow() {
    Set<String> keys = new TreeSet<>();
    keys.addAll(List.of("type", "url", "token", "callback-secret", "timeout", "availability"));
    keys.addAll(List.of("max-text", "max-transcript", "max-context-entries", "max-context-value"));
    ServiceNowOptions.all().forEach(option -> keys.add(option.suffix()));
    return Set.copyOf(keys);
  }

  /** Keys that a hub of any type may have. */
  private static final Set<String> OF_EVERY_TYPE =
      Set.of(
          "mask",
          "mask-fields",
          "allow-keys",
          "deny-keys",
          "hours",
          "time-zone",
          "holidays",
          "max-waiting",
          "pace");

  private final Values values;
  private final Settings settings;

  ConfigurationChecks(Values values, Settings settings) {
    this.values = values;
    this.settings = settings;
  }

  void run() {
    values.all().stringPropertyNames().stream()
        .filter(key -> key.startsWith("baton."))
        .sorted()
        .forEach(this::knownKey);
    settings.bots().values().forEach(this::bot);
    settings.hubs().values().forEach(this::hub);
    settings.channels().forEach(this::channel);
    OmnichannelChannelOptions.check(values, settings.channels());
    settings.desk().agents().values().forEach(this::agent);
    texts();
    privacy();
  }

  private void privacy() {
    PrivacyRules rules;
    try {
      rules = PrivacyRules.of(values.all());
    } catch (IllegalArgumentException e) {
      String key = e.getMessage().substring(0, e.getMessage().indexOf(':'));
      values.error("BTN-4002", key, e.getMessage().substring(key.length() + 2));
      return;
    }
    masks(rules, "baton.privacy.mask", Map.of());
    settings
        .hubs()
        .forEach(
            (name, hub) -> {
              if (hub.properties().containsKey("mask")) {
                masks(rules, "baton.hubs." + name + ".mask", hub.properties());
              }
            });
  }

  private void masks(PrivacyRules rules, String key, Map<String, String> own) {
    try {
      rules.of(own);
    } catch (IllegalArgumentException e) {
      values.error("BTN-4002", key, e.getMessage() + values.origin(key));
    }
  }

  private void knownKey(String key) {
    if (Options.of(key).isPresent()) {
      return;
    }
    Set<String> known = new TreeSet<>();
    Options.all().stream()
        .filter(option -> !option.isOpen())
        .forEach(option -> known.add(likeIn(option, key)));
    unknown(key, Nearest.of(key, known).orElse(null));
  }

  private void unknown(String key, String nearest) {
    String hint =
        nearest == null
            ? "docs/configuration.md lists all options"
            : "did you mean " + nearest + "?";
    values.error("BTN-4001", key, "there is no such option; " + hint + values.origin(key));
  }

  /** The option's name with the key's own words put where the user chooses. */
  private static String likeIn(Option option, String key) {
    String[] asked = key.split("\\.", -1);
    String[] name = option.name().split("\\.", -1);
    for (int i = 0; i < name.length && i < asked.length; i++) {
      if (name[i].startsWith("<")) {
        name[i] = asked[i];
      }
    }
    return String.join(".", name);
  }

  private void bot(BotSettings bot) {
    String prefix = "baton.bots." + bot.name() + ".";
    if (bot.secret() == null && bot.tokenEndpoint() == null && !values.isSet(prefix + "secret")) {
      values.error(
          "BTN-4003",
          prefix + "secret",
          "missing; set the Direct Line secret of the bot, or " + prefix + "token-endpoint");
    }
    Set<String> missing = new HashSet<>(bot.hubs());
    missing.removeAll(settings.hubs().keySet());
    for (String hub : missing) {
      values.error(
          "BTN-4007",
          prefix + "hubs",
          "there is no hub '" + hub + "'; known hubs: " + settings.hubs().keySet());
    }
    bot.hubRules().forEach((hub, rule) -> hubRule(bot, hub, rule));
    offer(bot);
    if (bot.canvasSecrets().isEmpty() && bot.allowedOrigins().isEmpty() && noChannel(bot.name())) {
      values.warning(
          "BTN-4008",
          prefix + "canvas-secret",
          "no canvas can reach this bot; set canvas-secret or allowed-origins");
    }
  }

  private void hubRule(BotSettings bot, String hub, HubRule rule) {
    String prefix = "baton.bots." + bot.name() + ".hubs." + hub + ".";
    if (!bot.hubs().contains(hub)) {
      values.error(
          "BTN-4007", prefix, "'" + hub + "' is none of the bot's hubs; its hubs: " + bot.hubs());
    }
    if (rule.when() != null) {
      expression(prefix + "when", rule.when());
    }
    rule.context().forEach((name, text) -> expression(prefix + "context." + name, text));
  }

  private void expression(String key, String text) {
    try {
      HubExpression.of(text);
    } catch (IllegalArgumentException e) {
      values.error("BTN-4002", key, "is no JSLT expression: " + e.getMessage());
    }
  }

  /** What a customer is asked must make sense to them. */
  private void offer(BotSettings bot) {
    if (bot.offer().equals("never")) {
      return;
    }
    for (String hub : bot.hubs()) {
      if (bot.hubRules().getOrDefault(hub, HubRule.NONE).names().isEmpty()) {
        values.warning(
            "BTN-4009",
            "baton.bots." + bot.name() + ".hubs." + hub + ".name",
            "missing; customers are offered this hub as '" + hub + "'");
      }
    }
    Map<String, String> texts = settings.texts();
    if ("".equals(texts.get("offer"))) {
      values.error(
          "BTN-4002",
          "baton.texts.offer",
          "is silenced, so customers of bot '"
              + bot.name()
              + "' could not choose; set "
              + "baton.bots."
              + bot.name()
              + ".offer=never instead");
    }
  }

  private void hours(HubSettings hub) {
    try {
      OpeningHours.ofKeys(hub.properties());
    } catch (IllegalArgumentException e) {
      values.error("BTN-4002", "baton.hubs." + hub.name() + ".hours", e.getMessage());
    }
  }

  private boolean noChannel(String bot) {
    return settings.channels().stream()
        .noneMatch(channel -> channel.bot().equals(bot) && channel.takesCalls());
  }

  private void hub(HubSettings hub) {
    String prefix = "baton.hubs." + hub.name() + ".";
    Set<String> closed = CLOSED_TYPES.get(hub.type());
    for (String key : hub.properties().keySet()) {
      if (OF_EVERY_TYPE.contains(key)) {
        values.get("baton.hubs.<hub>." + key, hub.name());
        continue;
      }
      boolean context = hub.type().startsWith("servicenow") && key.startsWith("context.");
      if (closed != null && !closed.contains(key) && !context) {
        unknown(prefix + key, Nearest.of(key, closed).map(prefix::concat).orElse(null));
      }
      if (closed != null && closed.contains(key)) {
        values.get("baton.hubs.<hub>." + key, hub.name());
      }
      looksLikeSecret(prefix + key, hub.properties().get(key));
    }
    hours(hub);
    if (hub.type().equals(OmnichannelOptions.TYPE)) {
      OmnichannelOptions.check(values, hub);
    }
    if (hub.type().equals(GenesysOptions.TYPE)) {
      GenesysOptions.check(values, hub);
    }
    if (hub.type().equals("http")) {
      for (String key : List.of("url", "callback-secret")) {
        if (!values.isSet(prefix + key)) {
          values.error("BTN-4003", prefix + key, "missing; a hub of type http needs it");
        }
      }
    }
    if (hub.type().equals("servicenow")) {
      serviceNow(prefix);
    }
    if (hub.type().equals(ServiceNowCustomOptions.TYPE)) {
      for (String key : ServiceNowCustomOptions.NEEDED) {
        if (!values.isSet(prefix + key)) {
          values.error(
              "BTN-4003", prefix + key, "missing; a hub of type " + hub.type() + " needs it");
        }
      }
    }
    availability(hub, prefix + "availability");
  }

  private void serviceNow(String prefix) {
    if (!values.isSet(prefix + "url")) {
      values.error("BTN-4003", prefix + "url", "missing; a hub of type servicenow needs it");
    }
    boolean basic =
        values.isSet(prefix + "callback-user") && values.isSet(prefix + "callback-password");
    if (!basic && !values.isSet(prefix + "callback-secret")) {
      values.error(
          "BTN-4003",
          prefix + "callback-password",
          "missing; set callback-user and callback-password, or callback-secret, with which"
              + " ServiceNow calls back");
    }
  }

  private void availability(HubSettings hub, String key) {
    String value = hub.properties().getOrDefault("availability", "always");
    boolean desk = List.of("always", "agents").contains(value);
    boolean fits = hub.type().equals("desk") ? desk : !value.equals("agents");
    if (!fits && CLOSED_TYPES.containsKey(hub.type())) {
      values.error(
          "BTN-4002", key, "a hub of type " + hub.type() + " does not know '" + value + "'");
    }
  }

  private void looksLikeSecret(String key, String value) {
    String last = key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!value.isEmpty() && last.matches(".*(secret|token|password|api-?key)s?")) {
      try {
        OptionType.SECRETS.parse(value);
      } catch (OptionType.PlaceholderSecretException e) {
        values.error(
            "BTN-4004",
            key,
            e.getMessage()
                + "; set the real one, best as {{env:NAME}} or {{file:/path}}"
                + values.origin(key));
      }
    }
  }

  private void channel(ChannelSettings channel) {
    String prefix = "baton.channels." + channel.type() + "." + channel.bot() + ".";
    if (!settings.bots().containsKey(channel.bot())) {
      values.error(
          "BTN-4007",
          prefix + "secrets",
          "there is no bot '" + channel.bot() + "'; known bots: " + settings.bots().keySet());
    }
    channel.properties().keySet().forEach(key -> channelValue(channel, key));
    if (channel.type().equals(RelayOptions.TYPE)) {
      RelayOptions.check(values, channel, settings.bots().get(channel.bot()));
    } else if (!channel.type().equals(OmnichannelChannelOptions.TYPE)
        && !GenesysWidgetOptions.alone(channel)
        && !values.isSet(prefix + "secrets")) {
      values.error("BTN-4003", prefix + "secrets", "missing; without it the front end stays off");
    }
    GenesysWidgetOptions.check(values, channel);
    channel.properties().forEach((key, value) -> looksLikeSecret(prefix + key, value));
    if (channel.type().equals("genesys")) {
      GenesysChannelOptions.check(channel, this::unknown);
    }
  }

  /** Reads the value, so that a wrong one is reported. */
  private void channelValue(ChannelSettings channel, String key) {
    Options.of("baton.channels." + channel.type() + "." + channel.bot() + "." + key)
        .filter(option -> !option.isOpen() && !option.type().secret())
        .ifPresent(
            option ->
                values.get(
                    option.name(),
                    option.name().contains("<type>")
                        ? new String[] {channel.type(), channel.bot()}
                        : new String[] {channel.bot()}));
  }

  private void texts() {
    Map<String, String> problems = new BundledTexts(settings.texts(), null).problems();
    problems.keySet().stream().sorted().forEach(key -> text(key, problems.get(key)));
  }

  private void text(String key, String problem) {
    String own = key.substring(key.lastIndexOf('.') + 1);
    if (BundledTexts.keys().contains(own)) {
      values.error("BTN-4002", "baton.texts." + key, problem);
    } else {
      String prefix = "baton.texts." + key.substring(0, key.length() - own.length());
      unknown(
          "baton.texts." + key,
          Nearest.of(own, BundledTexts.keys()).map(prefix::concat).orElse(null));
    }
  }

  private void agent(Settings.DeskAgent agent) {
    String key = "baton.desk.agents." + agent.user() + ".password";
    if (!values.isSet(key)) {
      values.error("BTN-4003", key, "missing; make one with `baton hash-password`");
    }
  }
}
