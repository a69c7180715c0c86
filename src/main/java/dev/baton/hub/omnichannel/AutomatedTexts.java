package dev.baton.hub.omnichannel;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Omnichannel says by itself on a custom channel: plain texts, in the words and the language
 * that the workstream has. Nothing else tells of an agent who joins or of the end, so configuration
 * has a pattern for each.
 */
final class AutomatedTexts {
  /** What such a text means; its key is {@code automated-<name>}. */
  enum Meaning {
    ACCEPTED,
    LEFT,
    ENDED,
    CLOSED,
    OTHER;

    String key() {
      return "automated-" + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param agent the agent's name where the pattern has a group {@code agent}; may be null
   */
  record Match(Meaning meaning, String agent) {}

  private final Map<Meaning, Pattern> patterns = new EnumMap<>(Meaning.class);

  /** Reads the keys; the patterns were checked with the configuration. */
  static AutomatedTexts of(Map<String, String> keys) {
    AutomatedTexts texts = new AutomatedTexts();
    for (Meaning meaning : Meaning.values()) {
      String pattern = keys.get(meaning.key());
      if (pattern != null && !pattern.isBlank()) {
        texts.patterns.put(
            meaning,
            Pattern.compile(
                pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL));
      }
    }
    return texts;
  }

  /** What a text means; empty for what an agent writes. */
  Optional<Match> of(String text) {
    if (text == null) {
      return Optional.empty();
    }
    for (Map.Entry<Meaning, Pattern> entry : patterns.entrySet()) {
      Matcher matcher = entry.getValue().matcher(text.strip());
      if (matcher.matches()) {
        boolean named = entry.getValue().pattern().contains("(?<agent>");
        return Optional.of(new Match(entry.getKey(), named ? matcher.group("agent") : null));
      }
    }
    return Optional.empty();
  }
}
