package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Cards and media of one activity of the bot, added to messages of Genesys. */
final class Attachments {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String CARDS = "application/vnd.microsoft.card.";
  private static final String ADAPTIVE = CARDS + "adaptive";

  private final ReplyMessages rules;
  private final List<ObjectNode> messages;
  private final List<ObjectNode> carousel = new ArrayList<>();
  private CardActions actions;
  private ObjectNode media;

  Attachments(ReplyMessages rules, List<ObjectNode> messages) {
    this.rules = rules;
    this.messages = messages;
    this.actions = new CardActions(rules.allowed());
  }

  /**
   * @param sideBySide whether cards are to be a carousel
   */
  void add(JsonNode attachments, boolean sideBySide) {
    for (JsonNode attachment : attachments) {
      String type = attachment.path("contentType").asText().toLowerCase(Locale.ROOT);
      if (!type.startsWith(CARDS)) {
        closeCarousel();
        media(attachment, type);
      } else {
        media = null;
        JsonNode content = attachment.path("content");
        JsonNode hero = type.equals(ADAPTIVE) ? AdaptiveCard.asHero(content) : content;
        if (sideBySide && !hero.path("buttons").isEmpty()) {
          carousel(hero);
        } else {
          closeCarousel();
          card(hero);
        }
      }
    }
    closeCarousel();
  }

  /** A card of its own; without a button that works it is a text and a picture. */
  void card(JsonNode hero) {
    actions = new CardActions(rules.allowed());
    List<ObjectNode> cards = cards(hero);
    if (cards.isEmpty()) {
      withoutButtons(hero);
    }
    for (ObjectNode card : cards) {
      ObjectNode message = ReplyMessages.structured(null);
      ReplyMessages.content(message, "Card", "card", card);
      messages.add(message);
    }
  }

  private void carousel(JsonNode hero) {
    List<ObjectNode> cards = cards(hero);
    if (cards.isEmpty()) {
      closeCarousel();
      withoutButtons(hero);
    }
    for (ObjectNode card : cards) {
      if (carousel.size() == rules.limits().cards()) {
        closeCarousel();
      }
      carousel.add(card);
    }
  }

  private void closeCarousel() {
    if (carousel.size() == 1) {
      ObjectNode message = ReplyMessages.structured(null);
      ReplyMessages.content(message, "Card", "card", carousel.get(0));
      messages.add(message);
    } else if (!carousel.isEmpty()) {
      ObjectNode message = ReplyMessages.structured(null);
      ObjectNode content = JSON.objectNode();
      carousel.forEach(content.putArray("cards")::add);
      ReplyMessages.content(message, "Carousel", "carousel", content);
      messages.add(message);
    }
    carousel.clear();
    actions = new CardActions(rules.allowed());
  }

  /** The card, or several when it has too many buttons; none when it has no button that works. */
  private List<ObjectNode> cards(JsonNode hero) {
    List<ObjectNode> buttons = new ArrayList<>();
    for (JsonNode button : hero.path("buttons")) {
      ObjectNode action = actions.of(button);
      if (action != null) {
        buttons.add(action);
      }
    }
    List<ObjectNode> cards = new ArrayList<>();
    int most = rules.limits().actions();
    for (int from = 0; from < buttons.size(); from += most) {
      ObjectNode card = JSON.objectNode();
      card.put("title", title(hero, buttons.get(0)));
      if (from == 0) {
        describe(hero, card);
      }
      ArrayNode own = card.putArray("actions");
      buttons.subList(from, Math.min(buttons.size(), from + most)).forEach(own::add);
      cards.add(card);
    }
    return cards;
  }

  private void describe(JsonNode hero, ObjectNode card) {
    String title = card.path("title").asText();
    String description =
        String.join("\n", lines(hero).filter(line -> !line.equals(title)).toList());
    if (!description.isEmpty()) {
      card.put("description", description);
    }
    String image = image(hero);
    if (image != null) {
      card.put("image", image);
    }
    String video = CardActions.text(hero.path("media").path(0).path("url"));
    if (video != null && rules.allowed().test(video)) {
      card.put("video", video);
    }
    ObjectNode tap = hero.has("tap") ? actions.of(hero.get("tap")) : null;
    if (tap != null) {
      card.set("defaultAction", tap);
    }
  }

  private static String title(JsonNode hero, JsonNode firstButton) {
    return lines(hero).findFirst().orElse(firstButton.path("text").asText());
  }

  private static Stream<String> lines(JsonNode hero) {
    return Stream.of("title", "subtitle", "text")
        .map(field -> CardActions.text(hero.path(field)))
        .filter(line -> line != null)
        .map(ReplyMessages::clean);
  }

  private void withoutButtons(JsonNode hero) {
    String text = String.join("\n", lines(hero).toList());
    if (!text.isEmpty()) {
      messages.add(ReplyMessages.plain(text));
    }
    String image = image(hero);
    if (image != null) {
      media(JSON.objectNode().put("contentUrl", image), "image/*");
    }
    for (JsonNode file : hero.path("media")) {
      media(JSON.objectNode().put("contentUrl", file.path("url").asText()), "video/*");
    }
  }

  private String image(JsonNode hero) {
    JsonNode images = hero.path("images");
    String url =
        CardActions.text(
            images.isEmpty() ? hero.path("image").path("url") : images.path(0).path("url"));
    return url != null && rules.allowed().test(url) ? url : null;
  }

  /** Files that follow each other share a message. */
  private void media(JsonNode attachment, String type) {
    String url = CardActions.text(attachment.path("contentUrl"));
    String name = CardActions.text(attachment.path("name"));
    if (url == null || !url.startsWith("http") || !rules.allowed().test(url)) {
      // A file that cannot be fetched from outside: at least say which one it is.
      if (name != null) {
        messages.add(ReplyMessages.plain(ReplyMessages.clean(name)));
        media = null;
      }
      return;
    }
    ObjectNode file = JSON.objectNode().put("mediaType", mediaType(type)).put("url", url);
    if (!type.isEmpty() && !type.endsWith("/*")) {
      file.put("mime", type);
    }
    if (name != null) {
      file.put("filename", ReplyMessages.clean(name));
    }
    if (media == null) {
      media = ReplyMessages.structured(null);
      messages.add(media);
    }
    ReplyMessages.content(media, "Attachment", "attachment", file);
  }

  private static String mediaType(String contentType) {
    return switch (contentType.replaceAll("/.*", "")) {
      case "image" -> "Image";
      case "video" -> "Video";
      case "audio" -> "Audio";
      case "text" -> contentType.equals("text/html") ? "Link" : "File";
      default -> "File";
    };
  }
}
