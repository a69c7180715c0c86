package dev.baton.privacy;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A kind of text that is masked wherever it stands.
 *
 * @param name what stands in its place, in brackets
 * @param really looks closer at what the pattern has found, for example at a check digit
 */
record MaskPattern(String name, Pattern pattern, Predicate<String> really) {

  /**
   * @param regex Java's dialect
   * @throws IllegalArgumentException when it is none, or matches the empty text
   */
  static MaskPattern own(String name, String regex) {
    try {
      Pattern pattern = Pattern.compile(regex);
      if (pattern.matcher("").matches()) {
        throw new IllegalArgumentException("the pattern matches the empty text");
      }
      return new MaskPattern(name, pattern, found -> true);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "is no regular expression: " + e.getDescription() + " at " + e.getIndex(), e);
    }
  }

  /** The text with everything masked that is of this kind; told how often. */
  String mask(String text, Report report) {
    Matcher matcher = pattern.matcher(text);
    StringBuilder masked = null;
    while (matcher.find()) {
      if (!matcher.group().isEmpty() && really.test(matcher.group())) {
        masked = masked == null ? new StringBuilder() : masked;
        matcher.appendReplacement(masked, Matcher.quoteReplacement("[" + name + "]"));
        report.masked(name);
      }
    }
    return masked == null ? text : matcher.appendTail(masked).toString();
  }
}
