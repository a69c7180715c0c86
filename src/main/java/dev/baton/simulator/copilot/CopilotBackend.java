package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.directline.server.DirectLineBackend;
import dev.baton.directline.server.DirectLineException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the simulated bot's conversations in memory and lets the bot answer. Unlike Baton's own
 * endpoint and like the real service, it does <em>not</em> drop a repeated {@code
 * clientActivityID}: a client that posts twice is heard twice, and tests see it.
 */
final class CopilotBackend implements DirectLineBackend {
  private final Vertx vertx;
  private final Clock clock;
  private final CopilotOptions options;
  private final Script script;
  private final Faults faults;
  private final Map<String, SimulatedConversation> conversations = new ConcurrentHashMap<>();

  CopilotBackend(Vertx vertx, Clock clock, CopilotOptions options, Script script, Faults faults) {
    this.vertx = vertx;
    this.clock = clock;
    this.options = options;
    this.script = script;
    this.faults = faults;
  }

  Map<String, SimulatedConversation> conversations() {
    return conversations;
  }

  ObjectNode message(String text) {
    return Activities.message(script, null, text);
  }

  @Override
  public Optional<String> botOfSecret(String secret) {
    byte[] given = secret.getBytes(StandardCharsets.UTF_8);
    byte[] expected = options.secret().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, expected) ? Optional.of(options.bot()) : Optional.empty();
  }

  @Override
  public Future<Boolean> start(
      String conversation, String bot, String userId, String userName, String locale) {
    boolean[] isNew = {false};
    conversations.computeIfAbsent(
        conversation,
        id -> {
          isNew[0] = true;
          return new SimulatedConversation(id, userId, locale, vertx.getOrCreateContext(), clock);
        });
    return Future.succeededFuture(isNew[0]);
  }

  @Override
  public Future<Boolean> exists(String conversation, String bot) {
    return Future.succeededFuture(
        bot.equals(options.bot()) && conversations.containsKey(conversation));
  }

  @Override
  public Future<String> post(String conversation, ObjectNode posted) {
    SimulatedConversation there = conversations.get(conversation);
    if (there == null) {
      return Future.failedFuture(unknown(conversation));
    }
    Promise<String> accepted = Promise.promise();
    ObjectNode activity = posted.deepCopy();
    there
        .context()
        .runOnContext(
            v -> {
              try {
                accept(there, activity, accepted);
              } catch (RuntimeException e) {
                accepted.tryFail(e);
              }
            });
    return accepted.future();
  }

  private void accept(
      SimulatedConversation conversation, ObjectNode activity, Promise<String> accepted) {
    if (activity.path("type").asText().equals("typing")) {
      conversation.stamp(activity);
      conversation.receive(activity);
      accepted.complete(null);
      return;
    }
    conversation.append(activity);
    conversation.receive(activity);
    String id = activity.path("id").asText();
    if (options.holdsPost()) {
      answer(conversation, activity, () -> accepted.complete(id));
    } else if (options.answersBeforePostReturns()) {
      answer(conversation, activity);
      accepted.complete(id);
    } else {
      accepted.complete(id);
      long delay = Math.max(1, options.answerDelay().toMillis());
      vertx.setTimer(
          delay, timer -> conversation.context().runOnContext(v -> answer(conversation, activity)));
    }
  }

  private void answer(SimulatedConversation conversation, ObjectNode activity) {
    answer(conversation, activity, () -> {});
  }

  private void answer(SimulatedConversation conversation, ObjectNode activity, Runnable whenOver) {
    if (FaultCommand.isMeantBy(activity)) {
      String told = FaultCommand.run(activity, faults, conversation.id());
      conversation.append(Activities.message(script, activity.path("id").asText(), told));
      whenOver.run();
      return;
    }
    conversation.memory.learn(activity, script.entities());
    new Turn(vertx, script, conversation, faults, options.pace(), activity).run(whenOver);
  }

  @Override
  public Future<List<ObjectNode>> read(String conversation, long after, int limit) {
    SimulatedConversation there = conversations.get(conversation);
    if (there == null) {
      return Future.failedFuture(unknown(conversation));
    }
    return Future.succeededFuture(there.slice(after, limit));
  }

  @Override
  public AutoCloseable listen(String conversation, Listener listener) {
    SimulatedConversation there = conversations.get(conversation);
    if (there == null) {
      throw unknown(conversation);
    }
    return there.listen(listener);
  }

  private static DirectLineException unknown(String conversation) {
    return new DirectLineException(
        404,
        "BadArgument",
        "BTN-4705",
        "Unknown conversation " + conversation + "; start a new one");
  }
}
