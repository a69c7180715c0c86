package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What the simulated bot says and when: data from a YAML file, checked when it is read.
 *
 * @param entities variable name to the pattern whose first group is its value
 * @param cards attachments' contents by name
 */
record Script(
    String botId,
    String botName,
    String language,
    Map<String, Pattern> entities,
    List<Topic> topics,
    Map<String, JsonNode> cards) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> STEPS =
      Set.of("text", "card", "typing", "wait", "set", "handoff", "end");

  /** The script that comes with Baton. */
  static Script demo() {
    String name = "/simulator/copilot/demo.yaml";
    try (InputStream in = resource(name)) {
      return parse(name, in, card -> resource("/simulator/copilot/cards/" + card + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A script of the user's own; its cards are JSON files in the folder {@code cards} beside it. */
  static Script read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Path cards = file.resolveSibling("cards");
      return parse(
          file.toString(), in, card -> Files.newInputStream(cards.resolve(card + ".json")));
    } catch (IOException e) {
      throw new SimulatorException(
          "BTN-4701", "Cannot read the bot's script " + file + ": " + e.getMessage(), e);
    }
  }

  private interface Cards {
    InputStream open(String name) throws IOException;
  }

  private static InputStream resource(String name) {
    InputStream in = Script.class.getResourceAsStream(name);
    if (in == null) {
      throw new SimulatorException("BTN-4701", "The jar lacks " + name + "; build it again", null);
    }
    return in;
  }

  private static Script parse(String source, InputStream in, Cards cardFiles) {
    try {
      JsonNode root =
          JSON.valueToTree(
              new Load(LoadSettings.builder().setLabel(source).build()).loadFromInputStream(in));
      Map<String, Pattern> entities = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entity : root.path("entities").properties()) {
        entities.put(entity.getKey(), Pattern.compile(entity.getValue().asText()));
      }
      List<Topic> topics = new ArrayList<>();
      Map<String, JsonNode> cards = new LinkedHashMap<>();
      for (JsonNode node : root.path("topics")) {
        Topic topic = Topic.of(node);
        topics.add(topic);
        for (ObjectNode step : topic.steps()) {
          check(topic, step);
          if (step.has("card")) {
            String card = step.path("card").asText();
            try (InputStream content = cardFiles.open(card)) {
              cards.put(card, JSON.readTree(content));
            }
          }
        }
      }
      JsonNode bot = root.path("bot");
      return new Script(
          bot.path("id").asText("bot"),
          bot.path("name").asText("Bot"),
          bot.path("language").asText("en-US"),
          Map.copyOf(entities),
          List.copyOf(topics),
          Map.copyOf(cards));
    } catch (YamlEngineException | PatternSyntaxException | IOException e) {
      throw new SimulatorException(
          "BTN-4701", "The bot's script " + source + " is not valid: " + e.getMessage(), e);
    }
  }

  private static void check(Topic topic, ObjectNode step) {
    if (step.properties().stream().noneMatch(field -> STEPS.contains(field.getKey()))) {
      throw new SimulatorException(
          "BTN-4701",
          "Topic '%s' has a step that is none of %s: %s".formatted(topic.name(), STEPS, step),
          null);
    }
    if (step.has("wait")) {
      Durations.parse(step.path("wait").asText());
    }
  }
}
