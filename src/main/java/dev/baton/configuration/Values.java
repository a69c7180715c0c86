package dev.baton.configuration;

import dev.baton.configuration.PropertySources.Sourced;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Typed, resolved values by the catalogue; collects what is wrong instead of stopping at it. */
final class Values {
  private final Map<String, Sourced> sourced;
  private final Map<String, String> resolved = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  Values(PropertySources sources, Map<String, String> environment) {
    this.sourced = sources.values();
    Placeholders placeholders = new Placeholders(sourced, environment);
    for (String key : sourced.keySet()) {
      try {
        String value = placeholders.resolve(key);
        if (value != null) {
          resolved.put(key, value);
        }
      } catch (IllegalArgumentException e) {
        if (key.startsWith("baton.")) {
          problems.add(Problem.error("BTN-4005", key, e.getMessage() + origin(key)));
        }
      }
    }
  }

  List<Problem> problems() {
    return problems;
  }

  Map<String, String> resolved() {
    return resolved;
  }

  /** Every key, resolved where possible, else as written. */
  Properties all() {
    Properties all = new Properties();
    sourced.forEach((key, value) -> all.setProperty(key, value.text()));
    resolved.forEach(all::setProperty);
    return all;
  }

  /** The names that users chose for the first word after a prefix such as {@code baton.bots.}. */
  Set<String> names(String prefix) {
    TreeSet<String> names = new TreeSet<>();
    for (String key : sourced.keySet()) {
      String rest = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
      if (rest.indexOf('.') > 0) {
        names.add(rest.substring(0, rest.indexOf('.')));
      }
    }
    return names;
  }

  /** The resolved values under a prefix, by the rest of their key. */
  Map<String, String> under(String prefix) {
    Map<String, String> under = new TreeMap<>();
    resolved.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            under.put(key.substring(prefix.length()), value);
          }
        });
    return under;
  }

  boolean isSet(String key) {
    String value = resolved.get(key);
    return value != null && !value.isEmpty();
  }

  String origin(String key) {
    Sourced value = sourced.get(key);
    return value == null || value.source().equals("default") ? "" : " (" + value.source() + ")";
  }

  void error(String code, String key, String message) {
    problems.add(Problem.error(code, key, message));
  }

  void warning(String code, String key, String message) {
    problems.add(Problem.warning(code, key, message));
  }

  /** The value of an option; null or an empty list when it has neither value nor default. */
  Object get(String name, String... words) {
    Option option = Options.named(name);
    String key = option.named(words);
    Object preset = parsePreset(option);
    if (!isSet(key)) {
      return preset;
    }
    return parse(option, key, resolved.get(key)).orElse(preset);
  }

  String text(String name, String... words) {
    return (String) get(name, words);
  }

  int number(String name, String... words) {
    return (Integer) get(name, words);
  }

  boolean flag(String name, String... words) {
    return (Boolean) get(name, words);
  }

  Duration duration(String name, String... words) {
    return (Duration) get(name, words);
  }

  URI url(String name, String... words) {
    return (URI) get(name, words);
  }

  Secret secret(String name, String... words) {
    return (Secret) get(name, words);
  }

  @SuppressWarnings("unchecked")
  List<String> list(String name, String... words) {
    return (List<String>) get(name, words);
  }

  @SuppressWarnings("unchecked")
  List<Secret> secrets(String name, String... words) {
    return (List<Secret>) get(name, words);
  }

  private static Object parsePreset(Option option) {
    // a default with a placeholder stands in application.properties and arrives resolved
    boolean plain = option.preset() != null && !option.preset().contains("{{");
    return plain ? option.type().parse(option.preset()) : option.type().absent();
  }

  private Optional<Object> parse(Option option, String key, String text) {
    try {
      if (!option.choices().isEmpty() && !option.choices().contains(text)) {
        throw new IllegalArgumentException(
            "expected one of " + String.join(", ", option.choices()));
      }
      return Optional.of(option.type().parse(text));
    } catch (OptionType.PlaceholderSecretException e) {
      error(
          "BTN-4004",
          key,
          e.getMessage()
              + "; set the real one, best as {{env:NAME}} or {{file:/path}}"
              + origin(key));
    } catch (IllegalArgumentException e) {
      String shown = option.type().secret() ? "" : "'" + text + "': ";
      error("BTN-4002", key, shown + e.getMessage() + origin(key));
    }
    return Optional.empty();
  }
}
