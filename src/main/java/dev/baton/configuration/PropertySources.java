package dev.baton.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where values come from. The later wins: the shipped defaults, the file, the environment, {@code
 * -D}, the command line.
 */
final class PropertySources {

  /**
   * A value and where it stood.
   *
   * @param text as written, placeholders not resolved
   */
  record Sourced(String text, String source) {}

  private final TreeMap<String, Sourced> values = new TreeMap<>();

  /** Adds what the jar ships. */
  PropertySources defaults() {
    try (InputStream in = PropertySources.class.getResourceAsStream("/application.properties")) {
      Properties shipped = new Properties();
      shipped.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return all(shipped, "default");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a properties file in UTF-8. */
  PropertySources file(Path file) {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(
              Problem.error(
                  "BTN-4006",
                  file.toString(),
                  "the file cannot be read ("
                      + e.getClass().getSimpleName()
                      + "); it must be a properties file in UTF-8")));
    }
    return all(read, file.toString());
  }

  /** Adds the environment variables that set an option: {@code BATON_PORT} for baton.port. */
  PropertySources environment(Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              if (variable.startsWith("BATON_")) {
                keyOf(variable)
                    .ifPresent(
                        key -> values.put(key, new Sourced(text, "environment " + variable)));
              }
            });
    return this;
  }

  /** Adds those system properties that are Baton's or Camel's. */
  PropertySources system(Properties system) {
    for (String key : system.stringPropertyNames()) {
      if (key.startsWith("baton.") || key.startsWith("camel.")) {
        values.put(key, new Sourced(system.getProperty(key), "-D" + key));
      }
    }
    return this;
  }

  PropertySources all(Properties properties, String source) {
    for (String key : properties.stringPropertyNames()) {
      values.put(key, new Sourced(properties.getProperty(key), source));
    }
    return this;
  }

  Map<String, Sourced> values() {
    return values;
  }

  private Optional<String> keyOf(String variable) {
    for (String known : values.keySet()) {
      if (variable(known).equals(variable)) {
        return Optional.of(known);
      }
    }
    // the longest suffix first: …_CANVAS_SECRET is not the secret of a bot named …-canvas
    return Options.all().stream()
        .sorted(Comparator.comparing((Option option) -> option.suffix().length()).reversed())
        .map(option -> keyOf(option, variable))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> keyOf(Option option, String variable) {
    if (!option.isPattern()) {
      return variable(option.name()).equals(variable)
          ? Optional.of(option.name())
          : Optional.empty();
    }
    String prefix = variable(option.prefix());
    String suffix = option.suffix().isEmpty() ? "" : "_" + variable(option.suffix());
    if (option.suffix().isEmpty()
        || option.name().indexOf('<') != option.name().lastIndexOf('<')
        || variable.length() <= prefix.length() + suffix.length()
        || !variable.startsWith(prefix)
        || !variable.endsWith(suffix)) {
      return Optional.empty();
    }
    String word =
        variable
            .substring(prefix.length(), variable.length() - suffix.length())
            .toLowerCase(Locale.ROOT)
            .replace('_', '-');
    return Optional.of(option.named(known(option, word)));
  }

  /** The word as files spell it, when one of them does. */
  private String known(Option option, String word) {
    return values.keySet().stream()
        .filter(key -> key.startsWith(option.prefix()))
        .map(key -> key.substring(option.prefix().length()))
        .map(key -> key.contains(".") ? key.substring(0, key.indexOf('.')) : key)
        .filter(name -> variable(name).equals(variable(word)))
        .findFirst()
        .orElse(word);
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
