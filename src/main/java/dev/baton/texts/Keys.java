package dev.baton.texts;

import dev.baton.conversation.TextKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/** Which text a key of a bundle belongs to. */
final class Keys {
  private static final Set<String> TEXTS =
      Arrays.stream(TextKey.values()).map(TextKey::key).collect(Collectors.toUnmodifiableSet());

  private Keys() {}

  /** The key itself, or for a variant such as {@code queue-position-minutes} that of its text. */
  static String textOf(String key) {
    return TEXTS.contains(key)
        ? key
        : TEXTS.stream()
            .filter(text -> key.startsWith(text + "-"))
            .max(Comparator.comparingInt(String::length))
            .orElse(key);
  }
}
