package dev.baton.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code baton.channels.<type>.<bot>.*}: one front end of one bot.
 *
 * @param type {@code genesys}, {@code servicenow}, {@code omnichannel}
 * @param bot configured name of the bot
 * @param secrets what the front end presents; any one is accepted
 * @param header name of the header that carries it, lower case
 * @param properties all keys without the prefix, resolved
 */
public record ChannelSettings(
    String type, String bot, List<Secret> secrets, String header, Map<String, String> properties) {

  /** The value of one of the type's own keys, or its default; null when it has neither. */
  public String text(String key) {
    return (String) value(key);
  }

  public Duration duration(String key) {
    return (Duration) value(key);
  }

  public boolean flag(String key) {
    return (Boolean) value(key);
  }

  public int number(String key) {
    return (Integer) value(key);
  }

  public URI url(String key) {
    return (URI) value(key);
  }

  public Secret secret(String key) {
    return (Secret) value(key);
  }

  @SuppressWarnings("unchecked")
  public List<String> list(String key) {
    return (List<String>) value(key);
  }

  /** Values were checked when they were loaded, so this does not fail. */
  private Object value(String key) {
    Option option = Options.named("baton.channels." + type + ".<bot>." + key);
    String given = properties.getOrDefault(key, "").strip();
    String text = given.isEmpty() ? option.preset() : given;
    return text == null ? option.type().absent() : option.type().parse(text);
  }

  /** Whether it is called at all: the agents' widget beside a hub is no front end. */
  public boolean takesCalls() {
    return !(type.equals("genesys") && secrets.isEmpty());
  }

  @Override
  public String toString() {
    return "ChannelSettings[" + type + " " + bot + "]";
  }
}
