package dev.baton.journal;

/** Makes any text fit for a column: PostgreSQL takes neither NUL nor half a surrogate pair. */
final class Text {
  private static final char REPLACEMENT = '\uFFFD';

  private Text() {}

  static String clean(String text) {
    if (text == null) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return replace(text);
      }
    }
    return text;
  }

  private static String replace(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point ->
                clean.appendCodePoint(
                    point == 0 || (point >= 0xD800 && point <= 0xDFFF) ? REPLACEMENT : point));
    return clean.toString();
  }

  /** The first characters of a text that is only there to be read by people. */
  static String brief(String text) {
    return text == null || text.length() <= 1000 ? text : text.substring(0, 1000) + "…";
  }
}
