package dev.baton.privacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must not reach one receiver: whole variables, and kinds of text. Changes copies, never what
 * it is given. Names of variables are compared without case, at any depth.
 */
public final class Masking {
  /** Stands for the value of a masked variable. */
  static final String HIDDEN = "[masked]";

  private final List<MaskPattern> patterns;
  private final Set<String> fields;
  private final Set<String> deny;
  private final Set<String> allow;

  /**
   * @param fields variables whose value is masked
   * @param deny variables that never leave
   * @param allow the only variables that leave; empty allows all
   */
  Masking(List<MaskPattern> patterns, List<String> fields, List<String> deny, List<String> allow) {
    this.patterns = List.copyOf(patterns);
    this.fields = folded(fields);
    this.deny = folded(deny);
    this.allow = folded(allow);
  }

  private static Set<String> folded(List<String> names) {
    Set<String> folded = new TreeSet<>();
    names.forEach(name -> folded.add(fold(name)));
    return folded;
  }

  private static String fold(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** Whether anything would ever be changed. */
  public boolean isNone() {
    return patterns.isEmpty() && fields.isEmpty() && deny.isEmpty() && allow.isEmpty();
  }

  /** A text with the patterns masked; null stays null. */
  public String text(String text, Report report) {
    String masked = text;
    if (text != null) {
      for (MaskPattern pattern : patterns) {
        masked = pattern.mask(masked, report);
      }
    }
    return masked;
  }

  /** The variables of a handoff, or anything else in its place such as a summary. */
  public Object variables(Object value, Report report) {
    return value instanceof Map<?, ?> map ? object(map, true, report) : value(value, report);
  }

  private Object value(Object value, Report report) {
    if (value instanceof String text) {
      return text(text, report);
    }
    if (value instanceof Number number) {
      // A card number is one whether or not it stands in quotes.
      String text = number.toString();
      String masked = text(text, report);
      return masked.equals(text) ? value : masked;
    }
    if (value instanceof Map<?, ?> map) {
      return object(map, false, report);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(value(item, report)));
      return copy;
    }
    return value;
  }

  private Map<String, Object> object(Map<?, ?> map, boolean top, Report report) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          String folded = fold(name);
          if (deny.contains(folded) || (top && !allow.isEmpty() && !allow.contains(folded))) {
            report.denied(name);
          } else if (fields.contains(folded) && value != null) {
            report.maskedField(name);
            copy.put(name, HIDDEN);
          } else {
            copy.put(name, value(value, report));
          }
        });
    return copy;
  }
}
