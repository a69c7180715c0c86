package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs between two bot lists, line by line. */
public final class BotListDiff {
  private BotListDiff() {}

  /**
   * Lines that begin with {@code +} (comes), {@code -} (goes) or {@code ~} (changes); none when the
   * lists say the same. The case of type names and languages does not count.
   */
  public static List<String> of(JsonNode before, JsonNode after) {
    Map<String, String> old = flat(before);
    Map<String, String> next = flat(after);
    TreeSet<String> all = new TreeSet<>(old.keySet());
    all.addAll(next.keySet());
    List<String> lines = new ArrayList<>();
    for (String place : all) {
      String had = old.get(place);
      String has = next.get(place);
      if (had == null) {
        lines.add("+ " + place + (has.isEmpty() ? "" : ": " + has));
      } else if (has == null) {
        lines.add("- " + place + (had.isEmpty() ? "" : ": " + had));
      } else if (!had.equalsIgnoreCase(has)) {
        lines.add("~ " + place + ": " + had + " -> " + has);
      }
    }
    return lines;
  }

  private static Map<String, String> flat(JsonNode list) {
    Map<String, String> flat = new TreeMap<>();
    for (JsonNode bot : list.path("chatBots")) {
      String at = "bot " + bot.path("id").asText();
      flat.put(at, bot.path("name").asText());
      if (!bot.path("description").asText().isEmpty()) {
        flat.put(at + ", description", bot.path("description").asText());
      }
      for (JsonNode version : bot.path("versions")) {
        version(at + ", version " + version.path("version").asText(), version, flat);
      }
    }
    return flat;
  }

  private static void version(String at, JsonNode version, Map<String, String> flat) {
    flat.put(at, "");
    for (JsonNode language : version.path("supportedLanguages")) {
      flat.put(at + ", language " + language.asText().toLowerCase(Locale.ROOT), "");
    }
    for (JsonNode intent : version.path("intents")) {
      String where = at + ", intent " + intent.path("name").asText();
      flat.put(where, "");
      for (JsonNode slot : intent.path("slots")) {
        flat.put(where + ", slot " + slot.path("name").asText(), slot.path("type").asText());
      }
    }
  }
}
