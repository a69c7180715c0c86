package dev.baton.simulator.servicenow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An encoded query ({@code active=true^nameLIKEchat^ORDERBYname}). As in the real one names,
 * operators and values are case-sensitive, and a part that is not understood is ignored without a
 * word.
 */
final class EncodedQuery {
  private static final Pattern TERM =
      Pattern.compile(
          "([a-zA-Z0-9_.]+?)(NOT LIKE|NOTLIKE|NOT IN|STARTSWITH|ENDSWITH|LIKE|ISNOTEMPTY|ISEMPTY"
              + "|IN|!=|>=|<=|=|>|<)(.*)",
          Pattern.DOTALL);

  private record Condition(String column, String operator, String value) {
    boolean holds(String actual) {
      String have = actual == null ? "" : actual;
      return switch (operator) {
        case "=" -> have.equals(value);
        case "!=" -> !have.equals(value);
        case "LIKE" -> have.contains(value);
        case "NOT LIKE", "NOTLIKE" -> !have.contains(value);
        case "STARTSWITH" -> have.startsWith(value);
        case "ENDSWITH" -> have.endsWith(value);
        case "IN" -> Arrays.asList(value.split(",", -1)).contains(have);
        case "NOT IN" -> !Arrays.asList(value.split(",", -1)).contains(have);
        case "ISEMPTY" -> have.isEmpty();
        case "ISNOTEMPTY" -> !have.isEmpty();
        case ">" -> compare(have, value) > 0;
        case ">=" -> compare(have, value) >= 0;
        case "<" -> compare(have, value) < 0;
        default -> compare(have, value) <= 0;
      };
    }
  }

  private record Order(String column, boolean descending) {}

  /** All of the inner lists must hold; of each one condition is enough. */
  private final List<List<Condition>> all = new ArrayList<>();

  private final List<Order> orders = new ArrayList<>();
  private boolean invalid;

  private EncodedQuery() {}

  /**
   * @param known whether a column, perhaps dotted, exists
   */
  static EncodedQuery parse(String text, Predicate<String> known) {
    EncodedQuery query = new EncodedQuery();
    if (text != null) {
      for (String part : parts(text)) {
        query.add(part, known);
      }
    }
    return query;
  }

  /** Parts between single {@code ^}; a doubled one stands for itself. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '^') {
        part.append(text.charAt(i));
      } else if (i + 1 < text.length() && text.charAt(i + 1) == '^') {
        part.append('^');
        i++;
      } else {
        parts.add(part.toString());
        part.setLength(0);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private void add(String part, Predicate<String> known) {
    if (part.isEmpty() || part.equals("EQ")) {
      return;
    }
    if (part.startsWith("ORDERBY")) {
      boolean descending = part.startsWith("ORDERBYDESC");
      String column = part.substring(descending ? 11 : 7);
      if (known.test(column)) {
        orders.add(new Order(column, descending));
      } else {
        invalid = true;
      }
      return;
    }
    boolean or = part.startsWith("OR") && !all.isEmpty();
    Matcher term = TERM.matcher(or ? part.substring(2) : part);
    if (!term.matches() || !known.test(term.group(1))) {
      invalid = true;
      return;
    }
    Condition condition = new Condition(term.group(1), term.group(2), term.group(3));
    if (or) {
      all.get(all.size() - 1).add(condition);
    } else {
      all.add(new ArrayList<>(List.of(condition)));
    }
  }

  /** Whether a part of it was not understood. */
  boolean invalid() {
    return invalid;
  }

  /**
   * @param value value of a column, perhaps dotted
   */
  boolean matches(Function<String, String> value) {
    return all.stream()
        .allMatch(
            any ->
                any.stream()
                    .anyMatch(condition -> condition.holds(value.apply(condition.column()))));
  }

  /** The order asked for; rows that are equal in it stay as they are. */
  <T> Comparator<T> order(BiFunction<T, String, String> value) {
    Comparator<T> comparator = (a, b) -> 0;
    for (Order order : orders) {
      Comparator<T> next =
          (a, b) -> compare(value.apply(a, order.column()), value.apply(b, order.column()));
      comparator = comparator.thenComparing(order.descending() ? next.reversed() : next);
    }
    return comparator;
  }

  private static int compare(String a, String b) {
    try {
      return Double.compare(Double.parseDouble(a), Double.parseDouble(b));
    } catch (NumberFormatException e) {
      return a.compareTo(b);
    }
  }
}
