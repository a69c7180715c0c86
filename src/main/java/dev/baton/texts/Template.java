package dev.baton.texts;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with named places such as {@code {agent}}. An empty one says nothing. */
record Template(String text, Set<String> names) {
  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z]+)}");

  static Template of(String text) {
    String stripped = text.strip();
    Set<String> names = new LinkedHashSet<>();
    Matcher places = PLACE.matcher(stripped);
    while (places.find()) {
      names.add(places.group(1));
    }
    return new Template(stripped, Set.copyOf(names));
  }

  /** Whether no place would stay open. */
  boolean fits(Map<String, String> values) {
    return values.keySet().containsAll(names);
  }

  String with(Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
  }
}
