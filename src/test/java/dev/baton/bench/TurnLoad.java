package dev.baton.bench;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Turns with the bot, one after the other: from the customer's post to the bot's answer. */
final class TurnLoad {
  private final Canvas canvas;
  private String awaited;
  private CompletableFuture<Long> answered;
  private int number;

  TurnLoad(Clients clients, String root, String secret) throws Exception {
    canvas = clients.canvas(root, secret, "customer", this::arrived);
    Clients.wait(canvas.start().compose(id -> canvas.stream()), 60);
  }

  private synchronized void arrived(JsonObject activity) {
    String text = activity.getString("text");
    if (awaited != null && text != null && text.contains(awaited) && text.startsWith("Reply")) {
      awaited = null;
      answered.complete(System.nanoTime());
    }
  }

  /** One turn, in nanoseconds. */
  long turn() throws Exception {
    CompletableFuture<Long> answer = new CompletableFuture<>();
    String text = "line " + ++number;
    synchronized (this) {
      awaited = '"' + text + '"';
      answered = answer;
    }
    long begin = System.nanoTime();
    canvas.say(text, text);
    return answer.get(30, TimeUnit.SECONDS) - begin;
  }

  void close() {
    canvas.close();
  }
}
