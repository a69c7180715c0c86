package dev.baton.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The maskings of configuration: {@code baton.privacy.*} for everyone, and the keys {@code mask},
 * {@code mask-fields}, {@code deny-keys}, {@code allow-keys} of one receiver, which come first.
 */
public final class PrivacyRules {
  private static final String PATTERN = "baton.privacy.pattern.";

  /** Keys by which one hub or front end has rules of its own. */
  private final Map<String, MaskPattern> patterns = new LinkedHashMap<>();

  private final Map<String, String> everyone;

  /**
   * @param properties all of Baton's properties
   * @throws IllegalArgumentException when a pattern is no regular expression; the message names its
   *     key
   */
  public PrivacyRules(Map<String, String> properties) {
    this.everyone =
        Map.of(
            "mask", properties.getOrDefault("baton.privacy.mask", ""),
            "mask-fields", properties.getOrDefault("baton.privacy.mask-fields", ""),
            "allow-keys", properties.getOrDefault("baton.privacy.allow-keys", ""),
            "deny-keys", properties.getOrDefault("baton.handoff.deny-keys", ""));
    KnownPatterns.names().forEach(name -> patterns.put(name, KnownPatterns.named(name)));
    properties.forEach(
        (key, regex) -> {
          if (key.startsWith(PATTERN)) {
            String name = key.substring(PATTERN.length());
            try {
              patterns.put(name, MaskPattern.own(name, regex));
            } catch (IllegalArgumentException e) {
              throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
            }
          }
        });
  }

  /** The rules of Baton's properties. */
  public static PrivacyRules of(Properties properties) {
    Map<String, String> map = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
    return new PrivacyRules(map);
  }

  /** Names that {@code mask} may hold. */
  public List<String> patterns() {
    return List.copyOf(patterns.keySet());
  }

  /**
   * The masking for one receiver. What it says for itself stands instead of what is said for
   * everyone, {@code none} switches off; but what everyone is denied, it is denied too.
   *
   * @param own the receiver's own keys
   * @throws IllegalArgumentException when {@code mask} names a pattern that does not exist
   */
  public Masking of(Map<String, String> own) {
    List<MaskPattern> masks = new ArrayList<>();
    for (String name : chosen(own, "mask")) {
      MaskPattern pattern = patterns.get(name);
      if (pattern == null) {
        throw new IllegalArgumentException(
            "there is no pattern '" + name + "'; there are " + patterns());
      }
      masks.add(pattern);
    }
    List<String> deny = new ArrayList<>(list(everyone.get("deny-keys")));
    deny.addAll(list(own.get("deny-keys")));
    return new Masking(masks, chosen(own, "mask-fields"), deny, chosen(own, "allow-keys"));
  }

  private List<String> chosen(Map<String, String> own, String key) {
    String text = own.get(key);
    List<String> names = list(text == null || text.isBlank() ? everyone.get(key) : text);
    return names.equals(List.of("none")) ? List.of() : names;
  }

  private static List<String> list(String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
  }
}
