package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Genesys has no Adaptive Cards: its texts, first picture and actions become a hero card. Inputs
 * cannot be shown.
 */
final class AdaptiveCard {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEPTH = 20;

  private final List<String> texts = new ArrayList<>();
  private final ArrayNode buttons = JSON.arrayNode();
  private String image;

  private AdaptiveCard() {}

  static ObjectNode asHero(JsonNode card) {
    AdaptiveCard found = new AdaptiveCard();
    found.read(card.path("body"), DEPTH);
    found.actions(card.path("actions"));
    ObjectNode hero = JSON.objectNode();
    if (found.texts.isEmpty()) {
      String fallback = CardActions.text(card.path("fallbackText"));
      String spoken = CardActions.text(card.path("speak"));
      if (fallback != null || spoken != null) {
        hero.put("title", fallback != null ? fallback : spoken);
      }
    } else {
      hero.put("title", found.texts.get(0));
      hero.put("text", String.join("\n", found.texts.subList(1, found.texts.size())));
    }
    if (found.image != null) {
      hero.putArray("images").addObject().put("url", found.image);
    }
    hero.set("buttons", found.buttons);
    return hero;
  }

  private void read(JsonNode elements, int depth) {
    if (depth == 0) {
      return;
    }
    for (JsonNode element : elements) {
      switch (element.path("type").asText()) {
        case "TextBlock" -> text(element.path("text"));
        case "RichTextBlock" -> {
          StringBuilder line = new StringBuilder();
          element
              .path("inlines")
              .forEach(
                  run -> line.append(run.isTextual() ? run.asText() : run.path("text").asText()));
          text(JSON.textNode(line.toString()));
        }
        case "FactSet" ->
            element
                .path("facts")
                .forEach(
                    fact ->
                        text(
                            JSON.textNode(
                                fact.path("title").asText() + ": " + fact.path("value").asText())));
        case "Image" -> image = image == null ? CardActions.text(element.path("url")) : image;
        case "ActionSet" -> actions(element.path("actions"));
        default -> {
          // containers of all kinds
        }
      }
      read(element.path("items"), depth - 1);
      read(element.path("columns"), depth - 1);
    }
  }

  private void text(JsonNode text) {
    if (CardActions.text(text) != null) {
      texts.add(text.asText());
    }
  }

  private void actions(JsonNode actions) {
    for (JsonNode action : actions) {
      ObjectNode button = JSON.objectNode().put("title", action.path("title").asText());
      switch (action.path("type").asText()) {
        case "Action.OpenUrl" ->
            buttons.add(button.put("type", "openUrl").put("value", action.path("url").asText()));
        case "Action.Submit", "Action.Execute" -> {
          button.put("type", "postBack");
          button.set("value", submitted(action));
          buttons.add(button);
        }
        default -> {
          // showing and hiding parts of a card makes no sense here
        }
      }
    }
  }

  /** The data of the button; where it has none, its title. */
  private static JsonNode submitted(JsonNode action) {
    JsonNode data = action.path("data");
    return data.isMissingNode() || data.isNull() || data.isObject() && data.isEmpty()
        ? action.path("title")
        : data;
  }
}
