package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The type of a slot, and of lists of it. Source: Genesys platform API, model {@code BotSlot}.
 *
 * @param base what one value is
 * @param collection whether it is a list of them
 */
record SlotType(Base base, boolean collection) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SUFFIX = "Collection";

  enum Base {
    STRING("String"),
    INTEGER("Integer"),
    DECIMAL("Decimal"),
    DURATION("Duration"),
    BOOLEAN("Boolean"),
    CURRENCY("Currency"),
    DATETIME("Datetime");

    private final String word;

    Base(String word) {
      this.word = word;
    }
  }

  /** The type of this name, in any case; empty when there is none. */
  static Optional<SlotType> of(String name) {
    boolean collection =
        name.length() > SUFFIX.length()
            && name.regionMatches(
                true, name.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length());
    String word = collection ? name.substring(0, name.length() - SUFFIX.length()) : name;
    for (Base base : Base.values()) {
      if (base.word.equalsIgnoreCase(word)) {
        return Optional.of(new SlotType(base, collection));
      }
    }
    return Optional.empty();
  }

  /** The type that fits a value that was seen; empty for what no type fits, such as null. */
  static Optional<SlotType> like(JsonNode value) {
    if (value.isArray()) {
      return value.isEmpty()
          ? Optional.empty()
          : like(value.get(0))
              .filter(one -> !one.collection())
              .map(one -> new SlotType(one.base, true));
    }
    Base base =
        value.isBoolean()
            ? Base.BOOLEAN
            : value.isIntegralNumber()
                ? Base.INTEGER
                : value.isNumber()
                    ? Base.DECIMAL
                    : value.isTextual() ? textType(value.asText()) : null;
    return Optional.ofNullable(base).map(known -> new SlotType(known, false));
  }

  private static Base textType(String text) {
    return text.length() > 10 && datetime(text) != null ? Base.DATETIME : Base.STRING;
  }

  /** The type that takes values of both: where they differ, a text. */
  static SlotType both(SlotType one, SlotType other) {
    if (one.equals(other)) {
      return one;
    }
    boolean numbers =
        (one.base == Base.INTEGER || one.base == Base.DECIMAL)
            && (other.base == Base.INTEGER || other.base == Base.DECIMAL);
    Base base = one.base == other.base ? one.base : numbers ? Base.DECIMAL : Base.STRING;
    return new SlotType(base, one.collection || other.collection);
  }

  /** The type's name as Genesys writes it. */
  String word() {
    return base.word + (collection ? SUFFIX : "");
  }

  /**
   * The value in the type's form: {@code 27}, {@code true}, {@code "1999-01-31T12:00:00"}, {@code
   * {"amount":"5.00","code":"USD"}}, or an array of such.
   *
   * @return empty when the value is not of this type
   */
  Optional<JsonNode> convert(JsonNode value) {
    if (!collection) {
      return value.isArray() && base != Base.STRING ? Optional.empty() : single(value);
    }
    ArrayNode all = JSON.arrayNode();
    Iterable<JsonNode> elements = value.isArray() ? value : JSON.arrayNode().add(value);
    for (JsonNode element : elements) {
      Optional<JsonNode> one = single(element);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all.add(one.get());
    }
    return Optional.of(all);
  }

  private Optional<JsonNode> single(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return Optional.empty();
    }
    String text = value.isValueNode() ? value.asText().strip() : value.toString();
    return Optional.ofNullable(
        switch (base) {
          case STRING -> JSON.textNode(value.isValueNode() ? value.asText() : text);
          case INTEGER -> integer(text);
          case DECIMAL -> decimal(text);
          case BOOLEAN -> bool(text);
          case DURATION -> duration(text);
          case DATETIME -> datetime(text);
          case CURRENCY -> currency(value, text);
        });
  }

  private static JsonNode integer(String text) {
    try {
      return LongNode.valueOf(new BigDecimal(bounded(text)).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  private static JsonNode decimal(String text) {
    try {
      return DecimalNode.valueOf(new BigDecimal(bounded(text)));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A number that is worth reading; {@code 1e999999999} is not. */
  private static String bounded(String text) {
    return text.length() <= 40 && !text.matches(".*[eE].*") ? text : "not a number";
  }

  private static JsonNode bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes" -> JSON.booleanNode(true);
      case "false", "no" -> JSON.booleanNode(false);
      default -> null;
    };
  }

  private static JsonNode duration(String text) {
    return text.matches(
            "(?i)-?P(?=.)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?")
        ? JSON.textNode(text.toUpperCase(Locale.ROOT))
        : null;
  }

  private static JsonNode datetime(String text) {
    try {
      LocalDateTime time =
          text.length() <= 10
              ? LocalDate.parse(text).atStartOfDay()
              : text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
                  ? OffsetDateTime.parse(text)
                      .withOffsetSameInstant(ZoneOffset.UTC)
                      .toLocalDateTime()
                  : LocalDateTime.parse(text);
      return JSON.textNode(time.withNano(0).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static JsonNode currency(JsonNode value, String text) {
    String amount;
    String code;
    if (value.isObject()) {
      amount = value.path("amount").asText();
      code = value.path("code").asText();
    } else {
      String[] parts = text.split("[|\\s]+");
      amount = parts[0];
      code = parts.length == 2 ? parts[1] : "";
    }
    if (!amount.matches("-?\\d{1,20}(\\.\\d{1,10})?") || !code.matches("(?i)[a-z]{3}")) {
      return null;
    }
    ObjectNode currency = JSON.objectNode();
    return currency.put("amount", amount).put("code", code.toUpperCase(Locale.ROOT));
  }

  /**
   * One converted value as a string, as Digital Bot Connector carries it. Source: platform API,
   * model {@code BotEntityValue}.
   */
  String text(JsonNode converted) {
    if (base == Base.CURRENCY) {
      ObjectNode plain = JSON.objectNode();
      plain.put("amount", new BigDecimal(converted.path("amount").asText()));
      return plain.put("code", converted.path("code").asText()).toString();
    }
    return base == Base.DATETIME ? converted.asText() + "Z" : plain(converted);
  }

  private static String plain(JsonNode value) {
    return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
  }
}
