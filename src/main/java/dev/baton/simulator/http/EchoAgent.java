package dev.baton.simulator.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** An agent for trying out: accepts every chat, repeats what is written, and ends at "bye". */
public final class EchoAgent {
  private final HubCallbacks callbacks;

  private EchoAgent(HubCallbacks callbacks) {
    this.callbacks = callbacks;
  }

  /** Lets it answer every chat of the hub from now on. */
  public static void answer(HttpHubSimulator hub) {
    EchoAgent agent = new EchoAgent(hub.callbacks());
    hub.beforeOpenAnswer(agent::accept);
    hub.afterMessage(agent::reply);
  }

  private Future<?> accept(HubChat chat) {
    // Not waited for: the callback may well overtake the answer to open.
    callbacks.deliver(chat, callbacks.accepted(chat, "echo", "Echo"));
    return Future.succeededFuture();
  }

  private void reply(HubChat chat) {
    List<String> texts = chat.texts();
    String text = String.valueOf(texts.get(texts.size() - 1));
    boolean over = text.strip().equalsIgnoreCase("bye");
    JsonObject event = over ? callbacks.ended(chat) : callbacks.message(chat, "You wrote: " + text);
    callbacks.deliver(chat, event);
  }
}
