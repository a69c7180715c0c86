package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** Greets, and repeats what the customer says; a message with "drop" is told to the test first. */
final class EchoBot implements InMemoryBackend.Bot {
  InMemoryBackend backend;
  volatile Consumer<String> onDrop = conversation -> {};

  @Override
  public void started(
      String conversation, String bot, String userId, String userName, String locale) {
    backend.say(conversation, message("Hello from " + bot));
  }

  @Override
  public Future<Void> received(String conversation, ObjectNode activity) {
    if (activity.path("text").asText().startsWith("drop")) {
      onDrop.accept(conversation);
    }
    if (activity.path("type").asText().equals("message")) {
      backend.say(conversation, message("You said: " + activity.path("text").asText()));
    }
    return Future.succeededFuture();
  }

  static ObjectNode message(String text) {
    ObjectNode activity = Json.object().put("type", "message").put("text", text);
    activity.putObject("from").put("id", "bot-1").put("name", "Bot").put("role", "bot");
    return activity;
  }
}
