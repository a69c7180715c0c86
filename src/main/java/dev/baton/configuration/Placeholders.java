package dev.baton.configuration;

import dev.baton.configuration.PropertySources.Sourced;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Resolves {@code {{other.key}}}, {@code {{key:default}}}, {@code {{env:NAME}}}, {@code
 * {{file:/path}}} with Camel's own parser, so that the same text means the same in Baton's options
 * and in routes. What a function returns is never parsed again: a secret may contain braces.
 */
final class Placeholders {
  private final Map<String, Sourced> values;
  private final DefaultPropertiesParser parser;

  Placeholders(Map<String, Sourced> values, Map<String, String> environment) {
    this.values = values;
    PropertiesComponent component = new Functions();
    component.addPropertiesFunction(new Environment(environment));
    component.addPropertiesFunction(new SecretFileFunction());
    this.parser = new DefaultPropertiesParser(component);
  }

  /**
   * @return the value of the key, stripped; null when it is not set
   * @throws IllegalArgumentException when a placeholder cannot be resolved; its message names the
   *     placeholder and never a value
   */
  String resolve(String key) {
    return resolve(key, new LinkedHashSet<>());
  }

  private String resolve(String key, Set<String> on) {
    Sourced value = values.get(key);
    if (value == null) {
      return null;
    }
    if (!value.text().contains("{{")) {
      return inBytes(key, value.text().strip());
    }

    if (!on.add(key)) {
      throw new UnresolvedException("{{" + key + "}} refers to itself");
    }
    try {
      String parsed =
          parser.parseUri(value.text(), (name, preset) -> resolve(name, on), true, false, false);
      return parsed == null ? null : inBytes(key, parsed.strip());
    } catch (UnresolvedException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new UnresolvedException(cause(value.text(), e));
    } finally {
      on.remove(key);
    }
  }

  /** Camel reads some of our sizes too, and knows bytes only. */
  private static String inBytes(String key, String value) {
    boolean size = Options.of(key).map(Option::type).orElse(null) == OptionType.SIZE;
    try {
      return size && !value.isEmpty() ? String.valueOf(Quantities.bytes(value)) : value;
    } catch (IllegalArgumentException e) {
      return value; // reported when the option is read
    }
  }

  private static String cause(String text, IllegalArgumentException e) {
    if (e.getMessage() != null && e.getMessage().startsWith("File ")) {
      return e.getMessage();
    }
    String placeholder = text.replaceAll("(?s)^.*?(\\{\\{.*?}}).*$", "$1");
    return placeholder.startsWith("{{env:")
        ? placeholder + " is not resolved: the environment variable is not set"
        : placeholder.startsWith("{{")
            ? placeholder + " is not resolved: there is no such property"
            : "a placeholder is not closed";
  }

  /** Functions without a Camel context around them. */
  private static final class Functions extends PropertiesComponent {
    @Override
    public void updateResolvedValue(String name, String value, String defaultValue) {
      // listeners belong to a context that runs
    }
  }

  /** Its message is safe to show. */
  private static final class UnresolvedException extends IllegalArgumentException {
    UnresolvedException(String message) {
      super(message);
    }
  }

  private record Environment(Map<String, String> variables) implements PropertiesFunction {
    @Override
    public String getName() {
      return "env";
    }

    @Override
    public String apply(String remainder) {
      int colon = remainder.indexOf(':');
      String name = colon < 0 ? remainder : remainder.substring(0, colon);
      String value = variables.get(name.strip());
      return value != null || colon < 0 ? value : remainder.substring(colon + 1);
    }
  }
}
