package dev.baton.directline.server;

/** The number of the last activity seen, in decimal; so "0" means that one has been seen. */
final class Watermark {
  /** Nothing seen yet. */
  static final long START = -1;

  private Watermark() {}

  /**
   * @param text as a client sends it; null, empty and {@code -} mean from the start
   * @throws DirectLineException 400 when it cannot be one of ours
   */
  static long parse(String text) {
    if (text == null || text.isBlank() || text.equals("-")) {
      return START;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw Problem.BAD_WATERMARK.with(
          "The watermark is not one that was given here. Leave it out to read from the start.");
    }
    return Long.parseLong(text);
  }

  static String format(long number) {
    return number < 0 ? "" : Long.toString(number);
  }
}
