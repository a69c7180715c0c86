package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A bot as Genesys knows it: its versions, and what a flow can do with their answers. Source:
 * Genesys platform API, models {@code BotConnectorBot} and {@code BotListing}.
 *
 * @param id chosen here
 * @param name or null
 * @param description or null
 */
record BotDeclaration(String id, String name, String description, List<Version> versions) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  record Version(String version, List<String> languages, List<Intent> intents) {
    Version {
      languages = List.copyOf(languages);
      intents = List.copyOf(intents);
    }

    Optional<Intent> intent(String name) {
      return intents.stream().filter(intent -> intent.name().equals(name)).findFirst();
    }
  }

  BotDeclaration {
    versions = List.copyOf(versions);
  }

  /** The version of this name; where it is unknown or not said, the last one declared. */
  Optional<Version> version(String name) {
    return versions.stream()
        .filter(version -> version.version().equals(name))
        .findFirst()
        .or(() -> versions.stream().reduce((a, b) -> b));
  }

  /** The same bot with each of its intents changed. */
  BotDeclaration withIntents(UnaryOperator<Intent> change) {
    return new BotDeclaration(
        id,
        name,
        description,
        versions.stream()
            .map(
                version ->
                    new Version(
                        version.version(),
                        version.languages(),
                        version.intents().stream().map(change).toList()))
            .toList());
  }

  /** For the bot list of Bot Connector: slots are a map. */
  ObjectNode forImport() {
    return json(
        (intent, node) -> {
          if (!intent.slots().isEmpty()) {
            ObjectNode slots = node.putObject("slots");
            intent
                .slots()
                .forEach(
                    (name, type) ->
                        slots.putObject(name).put("name", name).put("type", type.word()));
          }
        });
  }

  /** For the discovery of Digital Bot Connector: entities are an array. */
  ObjectNode forDiscovery(String provider) {
    ObjectNode bot =
        json(
            (intent, node) -> {
              ArrayNode entities = node.putArray("entities");
              for (Map.Entry<String, SlotType> slot : intent.slots().entrySet()) {
                entities.addObject().put("name", slot.getKey()).put("type", slot.getValue().word());
              }
            });
    return bot.put("provider", provider);
  }

  private interface Slots {
    void write(Intent intent, ObjectNode node);
  }

  private ObjectNode json(Slots slots) {
    ObjectNode bot = JSON.objectNode().put("id", id);
    if (name != null) {
      bot.put("name", name);
    }
    if (description != null) {
      bot.put("description", description);
    }
    ArrayNode all = bot.putArray("versions");
    for (Version version : versions) {
      ObjectNode node = all.addObject().put("version", version.version());
      version.languages().forEach(node.putArray("supportedLanguages")::add);
      ArrayNode intents = node.putArray("intents");
      for (Intent intent : version.intents()) {
        slots.write(intent, intents.addObject().put("name", intent.name()));
      }
    }
    return bot;
  }
}
