package dev.baton.configuration;

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
  @Override
  public String toString() {
    return "ChannelSettings[" + type + " " + bot + "]";
  }
}
