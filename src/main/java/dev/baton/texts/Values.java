package dev.baton.texts;

import java.util.HashMap;
import java.util.Map;

/** Values of a text. They come from the other side, so nothing in them may act on a screen. */
final class Values {
  private static final int LONGEST = 100;

  private Values() {}

  /** The values that hold anything readable, on one line each. */
  static Map<String, String> clean(Map<String, String> values) {
    Map<String, String> clean = new HashMap<>();
    values.forEach(
        (name, value) -> {
          String readable = value == null ? "" : readable(value);
          if (!readable.isEmpty()) {
            clean.put(name, "link".equals(name) ? readable : shortened(readable));
          }
        });
    return clean;
  }

  private static String readable(String value) {
    StringBuilder out = new StringBuilder(value.length());
    value
        .codePoints()
        .forEach(
            c -> {
              if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                out.append(' ');
              } else if (!acts(c)) {
                out.appendCodePoint(c);
              }
            });
    return out.toString().strip().replaceAll(" {2,}", " ");
  }

  /** Controls, direction marks and the like; the two joiners are part of names in some scripts. */
  private static boolean acts(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || (type == Character.FORMAT && c != 0x200C && c != 0x200D);
  }

  private static String shortened(String value) {
    return value.codePointCount(0, value.length()) <= LONGEST
        ? value
        : value.substring(0, value.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
