package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The bot's answer to one activity: the steps of a topic, one after the other, on the
 * conversation's context. Waiting is a timer; a later turn may overtake it, as in the real bot.
 */
final class Turn {
  private final Vertx vertx;
  private final Script script;
  private final SimulatedConversation conversation;
  private final Faults faults;
  private final double pace;
  private final JsonNode cause;
  private final String replyTo;
  private final Deque<ObjectNode> steps = new ArrayDeque<>();

  /**
   * @param cause the client's activity as it stands in the stream
   * @param pace factor on every wait of the script
   */
  Turn(
      Vertx vertx,
      Script script,
      SimulatedConversation conversation,
      Faults faults,
      double pace,
      JsonNode cause) {
    this.vertx = vertx;
    this.script = script;
    this.conversation = conversation;
    this.faults = faults;
    this.pace = pace;
    this.cause = cause;
    this.replyTo = cause.path("id").textValue();
  }

  /**
   * Runs the topic that fits the cause; nothing happens when none does.
   *
   * @param whenOver run after the last step, also when there is none
   */
  void run(Runnable whenOver) {
    Memory memory = conversation.memory;
    script.topics().stream()
        .filter(topic -> topic.matches(cause, memory.variables))
        .findFirst()
        .ifPresent(
            topic -> {
              memory.entered(topic);
              steps.addAll(topic.steps());
            });
    proceed(whenOver);
  }

  private void proceed(Runnable whenOver) {
    while (!steps.isEmpty()) {
      ObjectNode step = steps.poll();
      if (step.has("wait")) {
        Duration wait = Durations.parse(step.path("wait").asText());
        long millis = Math.round(wait.toMillis() * pace);
        if (millis > 0) {
          vertx.setTimer(
              millis, timer -> conversation.context().runOnContext(v -> proceed(whenOver)));
          return;
        }
      } else {
        take(step);
      }
    }
    whenOver.run();
  }

  private void take(ObjectNode step) {
    Memory memory = conversation.memory;
    String text = cause.path("text").asText();
    if (step.has("set")) {
      memory
          .fill(step.path("set"), text)
          .properties()
          .forEach(variable -> memory.variables.put(variable.getKey(), variable.getValue()));
    } else if (step.has("typing")) {
      conversation.signal(Activities.of("typing", script, replyTo));
    } else if (step.has("text")) {
      ObjectNode message =
          Activities.message(script, replyTo, memory.fill(step.path("text").asText(), text));
      if (step.has("suggest")) {
        Activities.suggest(message, step.path("suggest"));
      }
      if (step.has("hint")) {
        message.put("inputHint", step.path("hint").asText());
      }
      conversation.append(message);
    } else if (step.has("card")) {
      JsonNode card = script.cards().get(step.path("card").asText());
      conversation.append(Activities.card(script, replyTo, memory.fill(card, text)));
    } else if (step.has("handoff")) {
      handOff(memory.fill(step.path("handoff"), text));
    } else if (step.has("end")) {
      ObjectNode end = Activities.of("endOfConversation", script, replyTo);
      conversation.append(end.put("code", step.path("end").asText()));
    }
  }

  private void handOff(JsonNode step) {
    Memory memory = conversation.memory;
    memory.handoffRequested();
    ObjectNode event =
        HandoffInitiation.of(script, memory, conversation.id(), step, cause, conversation.stream());
    ObjectNode again = event.deepCopy();
    conversation.append(event);
    if (faults.strikes(FaultKind.DUPLICATE_HANDOFF, conversation.id()).isPresent()) {
      conversation.append(again);
    }
  }
}
