package dev.baton.configuration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One option that Baton reads.
 *
 * @param name full name; {@code <word>} stands for one word that the user chooses, {@code <word…>}
 *     for one or more
 * @param type how its text is read
 * @param preset its default as written in a file, or null
 * @param choices the only values allowed; empty when any value of the type is
 * @param description one line
 */
record Option(
    String name, OptionType type, String preset, List<String> choices, String description) {

  private static final Pattern CHOSEN = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern WORD = Pattern.compile("<([^>]+)>");

  /** Whether the user chooses part of the name. */
  boolean isPattern() {
    return name.contains("<");
  }

  /** The name's part before the first word that the user chooses. */
  String prefix() {
    return isPattern() ? name.substring(0, name.indexOf('<')) : name;
  }

  /** What follows the last word that the user chooses, without the dot; empty when nothing does. */
  String suffix() {
    String rest = name.substring(name.lastIndexOf('>') + 1);
    return rest.startsWith(".") ? rest.substring(1) : rest;
  }

  boolean isOpen() {
    return name.endsWith("…>");
  }

  /** Whether this option is what the key sets. */
  boolean matches(String key) {
    String[] asked = key.split("\\.", -1);
    String[] own = name.split("\\.", -1);
    if (isOpen() ? asked.length < own.length : asked.length != own.length) {
      return false;
    }
    for (int i = 0; i < own.length; i++) {
      boolean fits =
          own[i].startsWith("<") ? CHOSEN.matcher(asked[i]).matches() : own[i].equals(asked[i]);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** The full name with the user's words in place. */
  String named(String... words) {
    String result = name;
    for (String word : words) {
      result = WORD.matcher(result).replaceFirst(Matcher.quoteReplacement(word));
    }
    return result;
  }
}
