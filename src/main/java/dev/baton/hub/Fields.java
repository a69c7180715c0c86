package dev.baton.hub;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The fields of a vendor's JSON object, read leniently: any letter case, numbers as strings. */
public final class Fields {
  private final Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Fields(Map<?, ?> source) {
    source.forEach((key, value) -> values.put(String.valueOf(key), value));
  }

  /** An object's fields; anything that is not an object has none. */
  public static Fields of(Object object) {
    return new Fields(object instanceof Map<?, ?> map ? map : Map.of());
  }

  public Object raw(String name) {
    return values.get(name);
  }

  /** A string, number or boolean as text; null when missing, null, blank or something else. */
  public String text(String name) {
    Object value = values.get(name);
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      String text = value.toString();
      return text.isBlank() ? null : text;
    }
    return null;
  }

  /** {@link #text} trimmed and in upper case, or null. */
  public String word(String name) {
    String text = text(name);
    return text == null ? null : text.trim().toUpperCase(Locale.ROOT);
  }

  /** A whole number, fractions cut off; null when missing or unreadable. */
  public Integer number(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text.trim());
      boolean fits = number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
      return fits ? Integer.valueOf(number.intValue()) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  public boolean flag(String name, boolean otherwise) {
    String word = word(name);
    return word == null ? otherwise : word.equals("TRUE") || word.equals("1") || word.equals("YES");
  }
}
