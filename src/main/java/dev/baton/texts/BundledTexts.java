package dev.baton.texts;

import dev.baton.conversation.TextKey;
import dev.baton.conversation.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The texts of the shipped message bundles, changed or silenced by configuration.
 *
 * <p>A text may have variants for the values that are known, for example {@code queue-position} and
 * {@code queue-position-minutes}; the one that says most without leaving a place open is taken.
 * What configuration says for the conversation's language comes before what it says for every
 * language, and that before the bundle. An empty text silences.
 */
public final class BundledTexts implements Texts {
  /** Languages with a bundle. */
  public static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "ja");

  private static final String ENGLISH = "en";

  /** What is said when a text's values turn out to be unknown. */
  private static final Map<TextKey, TextKey> OTHERWISE =
      Map.of(
          TextKey.AGENT_JOINED, TextKey.AGENT_JOINED_UNNAMED,
          TextKey.QUEUE_POSITION, TextKey.QUEUED);

  private final Map<String, Map<String, Template>> bundles = new TreeMap<>();
  private final List<String> defaults;
  private final Overrides overrides;

  /**
   * @param overrides {@code <key>} or {@code <locale>.<key>} to text: the properties {@code
   *     baton.texts.*} without that prefix; ones that make no sense are left out, see {@link
   *     #problems()}
   * @param defaultLocale BCP 47 tag for conversations whose language is unknown or not shipped;
   *     null means English
   */
  public BundledTexts(Map<String, String> overrides, String defaultLocale) {
    LANGUAGES.forEach(language -> bundles.put(language, Bundle.load(language)));
    this.overrides = new Overrides(overrides, english());
    List<String> chain = new ArrayList<>(tags(defaultLocale));
    chain.add(ENGLISH);
    this.defaults = List.copyOf(chain);
  }

  /** Every key that configuration can change, variants included. */
  public static Set<String> keys() {
    return Bundle.load(ENGLISH).keySet();
  }

  /**
   * What is wrong with the configured texts: key as configured (without {@code baton.texts.}) to a
   * sentence with the remedy.
   */
  public Map<String, String> problems() {
    return overrides.problems();
  }

  @Override
  public Optional<String> text(TextKey key, String locale, Map<String, String> values) {
    Map<String, String> known = Values.clean(values);
    Optional<String> variant = variant(key.key(), known);
    List<String> tags = languages(locale);
    Optional<Template> template = configured(key.key(), variant.orElse(key.key()), tags, known);
    if (template.isEmpty() && variant.isPresent()) {
      template = shipped(variant.get(), tags);
    }
    if (template.isEmpty() && OTHERWISE.containsKey(key)) {
      return text(OTHERWISE.get(key), locale, known);
    }
    return template.filter(t -> !t.text().isEmpty()).map(t -> t.with(known));
  }

  private Map<String, Template> english() {
    return bundles.get(ENGLISH);
  }

  /** The variant that says most about the values. */
  private Optional<String> variant(String key, Map<String, String> values) {
    return english().entrySet().stream()
        .filter(e -> Keys.textOf(e.getKey()).equals(key))
        .filter(e -> e.getValue().fits(values))
        .max(Comparator.comparingInt(e -> e.getValue().names().size()))
        .map(Map.Entry::getKey);
  }

  private Optional<Template> configured(
      String key, String variant, List<String> tags, Map<String, String> values) {
    List<Map<String, Template>> layers = new ArrayList<>();
    tags.forEach(tag -> layers.add(overrides.of(tag)));
    layers.add(overrides.ofEvery());
    for (Map<String, Template> layer : layers) {
      for (String name : List.of(variant, key)) {
        Template template = layer.get(name);
        if (template != null && template.fits(values)) {
          return Optional.of(template);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Template> shipped(String variant, List<String> tags) {
    return tags.stream()
        .filter(bundles::containsKey)
        .map(tag -> bundles.get(tag).get(variant))
        .findFirst();
  }

  /** The locale's own tags, from exact to language; then the default's, unless it is shipped. */
  private List<String> languages(String locale) {
    List<String> own = tags(locale);
    if (own.stream().anyMatch(bundles::containsKey)) {
      return own;
    }
    List<String> all = new ArrayList<>(own);
    all.addAll(defaults);
    return all;
  }

  private static List<String> tags(String locale) {
    List<String> tags = new ArrayList<>();
    String tag = locale == null ? "" : locale.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    while (!tag.isEmpty()) {
      tags.add(tag);
      tag = tag.contains("-") ? tag.substring(0, tag.lastIndexOf('-')) : "";
    }
    return tags;
  }
}
