package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.ChannelSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What is declared about a bot: in a file, or by single keys. */
final class Declarations {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Declarations() {}

  /**
   * @throws IllegalArgumentException when it cannot be read
   */
  static BotDeclaration of(ChannelSettings settings) {
    String file = settings.text("declaration");
    return file == null ? ofKeys(settings) : ofFile(settings, Path.of(file));
  }

  private static BotDeclaration ofKeys(ChannelSettings settings) {
    Set<String> names = new LinkedHashSet<>();
    switch (settings.text("non-final")) {
      case "unique", "absent" -> {
        // these names are in no list
      }
      case "alternating" -> names.addAll(settings.list("non-final-intents"));
      default -> names.addAll(settings.list("non-final-intents").stream().limit(1).toList());
    }
    String escalation = settings.text("escalation-intent");
    names.add(escalation);
    names.add(settings.text("end-intent"));
    names.addAll(settings.list("intents"));
    List<Intent> intents = new ArrayList<>();
    for (String name : names) {
      intents.add(new Intent(name, slots(settings, name, name.equals(escalation))));
    }
    String id = settings.text("bot-id");
    String botId = id == null ? settings.bot() : id;
    String botName = settings.text("bot-name");
    return new BotDeclaration(
        botId,
        botName == null ? botId : botName,
        settings.text("description"),
        List.of(
            new BotDeclaration.Version(
                settings.text("version"), settings.list("languages"), intents)));
  }

  private static Map<String, SlotType> slots(
      ChannelSettings settings, String intent, boolean escalation) {
    Map<String, SlotType> slots = new LinkedHashMap<>();
    String own = settings.properties().get("slots." + intent);
    if (own != null) {
      for (String pair : own.split(",")) {
        if (!pair.isBlank()) {
          int colon = pair.lastIndexOf(':');
          String name = colon < 0 ? pair.strip() : pair.substring(0, colon).strip();
          String type = colon < 0 ? "String" : pair.substring(colon + 1).strip();
          slots.put(name, type(type, "slots." + intent));
        }
      }
    } else if (escalation) {
      for (String key : List.of("slots", "more-slots")) {
        GenesysBot.pairs(settings, key, ":")
            .forEach((name, type) -> slots.put(name, type(type, key)));
      }
    }
    return slots;
  }

  private static BotDeclaration ofFile(ChannelSettings settings, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      JsonNode root =
          JSON.valueToTree(
              new Load(LoadSettings.builder().setLabel(file.toString()).build())
                  .loadFromInputStream(in));
      List<BotDeclaration.Version> versions = new ArrayList<>();
      for (JsonNode version : root.path("versions")) {
        List<String> languages = new ArrayList<>();
        version.path("languages").forEach(language -> languages.add(language.asText()));
        List<Intent> intents = new ArrayList<>();
        for (JsonNode intent : version.path("intents")) {
          intents.add(intent(intent, file));
        }
        versions.add(
            new BotDeclaration.Version(version.path("version").asText(), languages, intents));
      }
      return new BotDeclaration(
          root.path("id").asText(settings.bot()),
          root.path("name").asText(root.path("id").asText(settings.bot())),
          root.path("description").asText(null),
          versions);
    } catch (IOException | YamlEngineException e) {
      throw new IllegalArgumentException(
          "BTN-4531 The declaration " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Intent intent(JsonNode node, Path file) {
    if (node.isTextual()) {
      return new Intent(node.asText(), Map.of());
    }
    Map<String, SlotType> slots = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> slot : node.path("slots").properties()) {
      slots.put(slot.getKey(), type(slot.getValue().asText("String"), file.toString()));
    }
    return new Intent(node.path("name").asText(), slots);
  }

  private static SlotType type(String name, String where) {
    return SlotType.of(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "BTN-4531 "
                        + where
                        + ": there is no type '"
                        + name
                        + "'. It is String, Integer, Decimal, Duration, Boolean, Currency or"
                        + " Datetime, or one of these with Collection behind it"));
  }
}
