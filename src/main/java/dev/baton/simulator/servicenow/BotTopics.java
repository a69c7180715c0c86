package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the simulated virtual agent can talk about. */
final class BotTopics {
  /** Topics of the picker; the live agent's id is the one in the vendor's examples. */
  enum Topic {
    PASSWORD("Reset my password", "3f0e7a1c2b4d4e6f8a9b0c1d2e3f4a5b"),
    CONTROLS("Show controls", "4a1f8b2d3c5e4f708b9c0d1e2f3a4b5c"),
    LIVE_AGENT("Live Agent Support.", "ce2ee85053130010cf8cddeeff7b12bf");

    final String title;
    final String id;

    Topic(String title, String id) {
      this.title = title;
      this.id = id;
    }
  }

  private final String instance;
  private final LiveAgent live;

  BotTopics(String instance, LiveAgent live) {
    this.instance = instance;
    this.live = live;
  }

  /** By title, as typed, or by id, as picked. */
  Optional<Topic> named(String text) {
    return Stream.of(Topic.values())
        .filter(topic -> topic.title.equalsIgnoreCase(text) || topic.id.equals(text))
        .findFirst();
  }

  JsonObject picker(VaChat chat) {
    JsonArray options = new JsonArray();
    for (Topic topic : Topic.values()) {
      options.add(
          new JsonObject().put("label", topic.title).put("value", topic.id).put("enabled", true));
    }
    return new JsonObject()
        .put("uiType", "TopicPickerControl")
        .put("group", "DefaultPicker")
        .put("nluTextEnabled", false)
        .put("promptMsg", live.say(chat, "topics"))
        .put("label", "Show me everything")
        .put("options", options);
  }

  /** A topic's first words. */
  List<JsonObject> begin(VaChat chat, Topic topic) {
    if (topic == Topic.PASSWORD) {
      chat.asked = "password";
      return List.of(
          Items.text("I can send you a link to set a new password."),
          Items.control("Boolean", instance).put("label", "Shall I?"));
    }
    return List.of(
        Items.text(
            "Write *show* and one of: " + String.join(", ", Items.controlNames()) + ", all."));
  }

  /** The answer to what the topic asked, to a known phrase, or nothing. */
  Optional<List<JsonObject>> answer(VaChat chat, String text) {
    String said = text.strip().toLowerCase(Locale.ROOT);
    if (chat.asked.equals("password")) {
      chat.asked = "";
      return Optional.of(
          List.of(
              Items.text(
                  said.equals("yes")
                      ? "The link is on its way to you."
                      : "Then I leave your password as it is.")));
    }
    if (said.startsWith("show ")) {
      return shown(text.strip().substring(5).strip());
    }
    return Optional.ofNullable(
        switch (said) {
          case "hi", "hello", "hola", "restart" ->
              List.of(Items.text(live.say(chat, "greeting")), picker(chat));
          case "agent" ->
              List.of(
                  Items.picker(
                      live.say(chat, "sure"),
                      List.of(Topic.LIVE_AGENT.title, Topic.PASSWORD.title)));
          case "done" -> List.of(Items.text("Good. What else?"));
          case "click_for_more" -> List.of(Items.text("Second and last part of the answer."));
          default -> null;
        });
  }

  private Optional<List<JsonObject>> shown(String name) {
    if (name.equalsIgnoreCase("all")) {
      List<JsonObject> all = new ArrayList<>();
      Items.controlNames().forEach(control -> all.add(Items.control(control, instance)));
      return Optional.of(all);
    }
    return Items.controlNames().stream()
        .filter(control -> control.equalsIgnoreCase(name))
        .findFirst()
        .map(control -> List.of(Items.control(control, instance)));
  }
}
