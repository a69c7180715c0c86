package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The vendor's limits of an imported bot list. */
final class BotListRules {
  private static final int MAX = 50;
  private static final int MAX_NAME = 100;
  private static final int MAX_DESCRIPTION = 256;
  private static final Set<String> TYPES =
      Set.of("string", "integer", "decimal", "duration", "boolean", "currency", "datetime");

  private final List<String> wrong = new ArrayList<>();

  private BotListRules() {}

  /** All that is wrong, empty when nothing is. */
  static List<String> check(JsonObject list) {
    BotListRules rules = new BotListRules();
    for (JsonObject bot : rules.objects(list, "chatBots", "", true)) {
      rules.bot(bot);
    }
    return rules.wrong;
  }

  private void bot(JsonObject bot) {
    String id = text(bot.getValue("id"));
    if (id == null || id.isBlank()) {
      wrong.add("chatBots[].id is required");
    }
    String where = "bot " + id;
    if (bot.containsKey("name") && text(bot.getValue("name")) == null) {
      wrong.add(where + ": name must be a string");
    }
    if (bot.getValue("description") != null) {
      String description = text(bot.getValue("description"));
      if (description == null
          || description.length() > MAX_DESCRIPTION
          || !description.equals(description.strip())
          || description.chars().anyMatch(Character::isISOControl)) {
        wrong.add(
            where + ": description must have at most 256 displayable characters, no outer blanks");
      }
    }
    for (JsonObject version : objects(bot, "versions", where, true)) {
      version(version, where);
    }
  }

  private void version(JsonObject version, String bot) {
    name(version, "version", bot);
    String where = bot + ", version " + version.getValue("version");
    if (!(version.getValue("supportedLanguages") instanceof JsonArray languages)
        || languages.isEmpty()
        || languages.stream().anyMatch(l -> text(l) == null || text(l).isBlank())) {
      wrong.add(where + ": supportedLanguages is required, such as [\"en-us\"]");
    }
    for (JsonObject intent : objects(version, "intents", where, true)) {
      name(intent, "name", where);
      slots(intent, where + ", intent " + intent.getValue("name"));
    }
  }

  private void slots(JsonObject intent, String where) {
    Object slots = intent.getValue("slots");
    if (slots == null) {
      return;
    }
    if (!(slots instanceof JsonObject map)) {
      wrong.add(where + ": slots must be an object");
      return;
    }
    if (map.size() > MAX) {
      wrong.add(where + ": " + map.size() + " slots, at most 50 are allowed");
    }
    for (String key : map.fieldNames()) {
      if (!(map.getValue(key) instanceof JsonObject slot)) {
        wrong.add(where + ": slot " + key + " must be an object");
        continue;
      }
      String name = text(slot.getValue("name"));
      if (name == null || name.isEmpty() || name.length() > MAX_NAME) {
        wrong.add(where + ": slot " + key + ": name is required, at most 100 characters");
      }
      String type = text(slot.getValue("type"));
      if (type == null || !TYPES.contains(base(type))) {
        wrong.add(where + ": slot " + key + ": there is no type " + type);
      }
    }
  }

  /** The type without {@code Collection}; letter case does not matter. */
  static String base(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.endsWith("collection")
        ? lower.substring(0, lower.length() - "collection".length())
        : lower;
  }

  private void name(JsonObject object, String field, String where) {
    String value = text(object.getValue(field));
    if (value == null || value.isEmpty()) {
      wrong.add(where + ": " + field + " is required");
    } else if (value.length() > MAX_NAME) {
      wrong.add(where + ": " + field + " has more than 100 characters: " + value);
    } else if (!value.equals(value.strip())) {
      wrong.add(where + ": " + field + " must not begin or end with a blank: '" + value + "'");
    }
  }

  private List<JsonObject> objects(
      JsonObject parent, String field, String where, boolean required) {
    String what = where.isEmpty() ? field : where + ": " + field;
    Object value = parent.getValue(field);
    if (!(value instanceof JsonArray array)) {
      if (required || value != null) {
        wrong.add(what + " is required, as an array");
      }
      return List.of();
    }
    if (array.size() > MAX) {
      wrong.add(what + " has " + array.size() + " elements, at most 50 are allowed");
    }
    List<JsonObject> all = new ArrayList<>();
    for (Object element : array) {
      if (element instanceof JsonObject object) {
        all.add(object);
      } else {
        wrong.add(what + " must hold objects");
      }
    }
    return all;
  }

  private static String text(Object value) {
    return value instanceof String text ? text : null;
  }
}
