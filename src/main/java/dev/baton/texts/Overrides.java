package dev.baton.texts;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What configuration says instead of the shipped texts, for every language or for one. */
final class Overrides {
  private static final Pattern TAG = Pattern.compile("[a-z]{2,8}(-[a-z0-9]{1,8})*");
  private static final String EVERY = "";

  private final Map<String, Map<String, Template>> byTag = new HashMap<>();
  private final Map<String, String> problems = new TreeMap<>();

  /**
   * @param configured {@code <key>} or {@code <locale>.<key>} to text
   * @param known the shipped texts: keys that exist and the names that each may use
   */
  Overrides(Map<String, String> configured, Map<String, Template> known) {
    configured.forEach((key, text) -> add(key, text == null ? "" : text, known));
  }

  private void add(String configured, String text, Map<String, Template> known) {
    String name = configured.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    String tag = EVERY;
    String key = name;
    int dot = name.indexOf('.');
    if (dot > 0) {
      tag = name.substring(0, dot);
      key = name.substring(dot + 1);
    }
    if (!known.containsKey(key) || !(tag.equals(EVERY) || TAG.matcher(tag).matches())) {
      problems.put(
          configured,
          "there is no such text; use <key> or <locale>.<key>, keys: "
              + String.join(", ", known.keySet().stream().sorted().toList()));
      return;
    }
    Template template = Template.of(text);
    Set<String> allowed = names(key, known);
    if (!allowed.containsAll(template.names())) {
      problems.put(
          configured,
          "the text names "
              + template.names().stream().filter(n -> !allowed.contains(n)).sorted().toList()
              + " in braces, but can only know "
              + allowed.stream().sorted().toList());
      return;
    }
    byTag.computeIfAbsent(tag, t -> new HashMap<>()).put(key, template);
  }

  /** What a text may mention: the names of all its variants. */
  private static Set<String> names(String key, Map<String, Template> known) {
    Set<String> names = new HashSet<>();
    known.forEach(
        (other, template) -> {
          if (Keys.textOf(other).equals(Keys.textOf(key))) {
            names.addAll(template.names());
          }
        });
    return names;
  }

  Map<String, Template> of(String tag) {
    return byTag.getOrDefault(tag, Map.of());
  }

  Map<String, Template> ofEvery() {
    return of(EVERY);
  }

  Map<String, String> problems() {
    return Map.copyOf(problems);
  }
}
