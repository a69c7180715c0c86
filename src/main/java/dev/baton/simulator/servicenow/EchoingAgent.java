package dev.baton.simulator.servicenow;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Locale;

/** An agent for trying out: accepts every chat, repeats what is written, and ends at "bye". */
final class EchoingAgent {
  private final Vertx vertx;
  private final Duration after;
  private final AgentDesk desk;
  private final Routing routing;

  EchoingAgent(Vertx vertx, Duration after, AgentDesk desk, Routing routing) {
    this.vertx = vertx;
    this.after = after;
    this.desk = desk;
    this.routing = routing;
  }

  void offered(VaChat chat) {
    vertx.setTimer(
        Math.max(1, after.toMillis()),
        timer -> {
          if (chat.state() == VaChat.State.QUEUED) {
            routing.present(chat.queueId()).stream()
                .filter(agent -> routing.hindrance(chat, agent).isEmpty())
                .findFirst()
                .ifPresent(agent -> desk.accept(chat.id(), agent));
          }
        });
  }

  void heard(VaChat chat, String text) {
    // Not from within the delivery: what he answers comes after it, as a person's words do.
    vertx.runOnContext(
        now -> {
          if (chat.state() != VaChat.State.CONNECTED) {
            return;
          }
          if (text.strip().toLowerCase(Locale.ROOT).equals("bye")) {
            desk.end(chat.id());
          } else {
            desk.say(chat.id(), "You wrote: " + text);
          }
        });
  }
}
