package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Which values a declared slot takes. */
final class SlotTypes {
  private SlotTypes() {}

  /** The legacy connector sends JSON values, the digital one strings that hold them. */
  static boolean fits(ConnectorVersion version, String type, Object value) {
    boolean strings = version == ConnectorVersion.DIGITAL;
    if (type.toLowerCase(Locale.ROOT).endsWith("collection")) {
      return value instanceof JsonArray array
          && array.stream().allMatch(element -> single(strings, BotListRules.base(type), element));
    }
    return single(strings, BotListRules.base(type), value);
  }

  private static boolean single(boolean strings, String type, Object value) {
    if (strings && !(value instanceof String)) {
      return false;
    }
    String text = value instanceof JsonObject json ? json.encode() : String.valueOf(value);
    try {
      return switch (type) {
        case "string" -> value instanceof String;
        case "integer" -> (strings || value instanceof Number) && new BigDecimal(text).scale() <= 0;
        case "decimal" -> (strings || value instanceof Number) && new BigDecimal(text) != null;
        case "boolean" -> text.equals("true") || text.equals("false");
        case "duration" -> duration(text);
        case "datetime" -> LocalDateTime.parse(text, DateTimeFormatter.ISO_DATE_TIME) != null;
        case "currency" -> currency(text);
        default -> false;
      };
    } catch (NumberFormatException | DateTimeParseException e) {
      return false;
    }
  }

  private static boolean duration(String text) {
    try {
      return Duration.parse(text) != null;
    } catch (DateTimeParseException e) {
      return Period.parse(text) != null;
    }
  }

  private static boolean currency(String text) {
    if (text.startsWith("{")) {
      JsonObject json = new JsonObject(text);
      return json.getValue("amount") != null
          && new BigDecimal(json.getValue("amount").toString()) != null
          && json.getString("code", "").length() == 3;
    }
    String[] parts = text.split("\\|", -1);
    return parts.length == 2 && new BigDecimal(parts[0]) != null && parts[1].length() == 3;
  }
}
