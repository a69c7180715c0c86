package dev.baton.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * Removes what no honest text holds: control characters (all of C0 and C1 but line feed and tab),
 * the marks that turn the direction of reading around (they make text look like other text) and
 * halves of surrogate pairs. Everything else, markup included, stays: escaping belongs to whoever
 * shows the text.
 */
public final class SafeText {
  private SafeText() {}

  /** The text without unsafe characters; null stays null. */
  public static String clean(String text) {
    return text == null ? null : filter(text, SafeText::isSafe);
  }

  /**
   * A copy with every string and every field name cleaned, at any depth. The field {@code
   * channelData} belongs to sender and receiver alone and loses only what cannot be stored: NUL and
   * halves of surrogate pairs.
   */
  public static ObjectNode clean(ObjectNode activity) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    activity
        .properties()
        .forEach(
            field -> {
              boolean opaque = field.getKey().equals("channelData");
              UnaryOperator<String> rule =
                  opaque ? text -> filter(text, SafeText::isStorable) : SafeText::clean;
              copy.set(clean(field.getKey()), apply(field.getValue(), rule));
            });
    return copy;
  }

  private static JsonNode apply(JsonNode node, UnaryOperator<String> rule) {
    if (node.isTextual()) {
      String text = node.textValue();
      String cleaned = rule.apply(text);
      return cleaned.equals(text) ? node : TextNode.valueOf(cleaned);
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(node.size());
      node.forEach(element -> copy.add(apply(element, rule)));
      return copy;
    }
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(f -> copy.set(rule.apply(f.getKey()), apply(f.getValue(), rule)));
      return copy;
    }
    return node;
  }

  private static String filter(String text, IntPredicate keep) {
    if (text.codePoints().allMatch(keep)) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints().filter(keep).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isSafe(int c) {
    return isStorable(c)
        && (c == '\n' || c == '\t' || !Character.isISOControl(c))
        && !(c >= 0x202A && c <= 0x202E)
        && !(c >= 0x2066 && c <= 0x2069);
  }

  /** PostgreSQL refuses both, in text as in JSON. */
  private static boolean isStorable(int c) {
    return c != 0 && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
