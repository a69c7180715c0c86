package dev.baton.conversation;

import java.util.Map;
import java.util.Optional;

/** Finds what Baton says to a customer in the customer's language. */
@FunctionalInterface
public interface Texts {
  /**
   * @param locale BCP 47 tag, or null when unknown
   * @param values named values of the text, for example {@code agent}
   * @return the text, or empty when it is silenced
   */
  Optional<String> text(TextKey key, String locale, Map<String, String> values);
}
