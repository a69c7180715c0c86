package dev.baton.channel.genesys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.journal.DocumentStore;
import dev.baton.operations.ChannelNotes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Variables that handoffs of a bot had, by name with the type that fits; and those of them that
 * Genesys was told of, which may be slots. Kept as a note of the channel, so that commands see it.
 */
final class SeenVariables {
  static final String CHANNEL = "genesys";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 200;

  private final ChannelNotes notes;

  SeenVariables(DocumentStore documents) {
    this.notes = new ChannelNotes(documents);
  }

  /** Notes what a handoff had. Reads from disk; the rest follows by itself. */
  void observe(String bot, JsonNode value) {
    Map<String, SlotType> known = seen(note(bot));
    Map<String, SlotType> now = new TreeMap<>(known);
    HandoffSlots.variables(value)
        .forEach(
            (name, variable) ->
                SlotType.like(variable)
                    .filter(type -> now.size() < MOST || now.containsKey(name))
                    .ifPresent(type -> now.merge(name, type, SlotType::both)));
    if (!now.equals(known)) {
      notes.put(CHANNEL, bot, with(note(bot), "variables", now));
    }
  }

  /** What Genesys was told of. Reads from disk. */
  Map<String, SlotType> announced(String bot) {
    return types(note(bot).path("announced"));
  }

  /** What was seen. Reads from disk. */
  Map<String, SlotType> seen(String bot) {
    return seen(note(bot));
  }

  /** Genesys has just been told of these. */
  void announce(String bot, Map<String, SlotType> slots) {
    if (!announced(bot).equals(slots)) {
      notes.put(CHANNEL, bot, with(note(bot), "announced", slots));
    }
  }

  static Map<String, SlotType> seen(JsonNode note) {
    return types(note.path("variables"));
  }

  /** The note with these types in place of the member's. */
  static ObjectNode with(JsonNode note, String member, Map<String, SlotType> types) {
    ObjectNode next = note instanceof ObjectNode known ? known.deepCopy() : JSON.createObjectNode();
    ObjectNode names = next.putObject(member);
    types.forEach((name, type) -> names.put(name, type.word()));
    return next;
  }

  private static Map<String, SlotType> types(JsonNode names) {
    Map<String, SlotType> types = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : names.properties()) {
      SlotType.of(entry.getValue().asText()).ifPresent(type -> types.put(entry.getKey(), type));
    }
    return types;
  }

  private JsonNode note(String bot) {
    return notes
        .get(CHANNEL, bot)
        .map(
            text -> {
              try {
                return JSON.readTree(text);
              } catch (JsonProcessingException e) {
                throw new IllegalStateException("A note of bot " + bot + " cannot be read", e);
              }
            })
        .orElseGet(JSON::createObjectNode);
  }
}
