package dev.baton.simulator.genesys;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of a bot connector's action: the customer's messages go to the bot until it completes or
 * fails. Safe for use by several threads: a customer may write while an answer is pending.
 */
public final class ConnectorSession {
  private final ConnectorCaller caller;
  private final ArchitectFlow flow;
  private final String id = UUID.randomUUID().toString();
  private final String conversation;
  private final List<ConnectorTurn> turns = new ArrayList<>();
  private final Deque<Promise<JsonObject>> waiting = new ArrayDeque<>();
  private final Deque<JsonObject> early = new ArrayDeque<>();
  private Instant lastAnswer = Instant.now();
  private boolean over;

  ConnectorSession(ConnectorCaller caller, ArchitectFlow flow, String conversation) {
    this.caller = caller;
    this.flow = flow;
    this.conversation = conversation;
  }

  /** {@code botSessionId}. */
  public String id() {
    return id;
  }

  /** {@code genesysConversationId}. */
  public String conversation() {
    return conversation;
  }

  /** Whether the action was left. */
  public synchronized boolean over() {
    return over;
  }

  /** All turns so far. */
  public synchronized List<ConnectorTurn> turns() {
    return List.copyOf(turns);
  }

  /**
   * The customer writes. The future never fails: what goes wrong leads to the Failure branch.
   *
   * @throws GenesysSimulatorException when the action was left already
   */
  public Future<ConnectorTurn> say(String text) {
    return send(new JsonObject().put("type", "Text").put("text", text));
  }

  /**
   * The customer presses a button.
   *
   * @param type {@code Button} or {@code QuickReply}
   */
  public Future<ConnectorTurn> press(String type, String text, String payload) {
    JsonObject button =
        new JsonObject().put("type", type).put("text", text).put("payload", payload);
    return send(
        new JsonObject()
            .put("type", "Structured")
            .put("text", text)
            .put(
                "content",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("contentType", "ButtonResponse")
                            .put("buttonResponse", button))));
  }

  /** The customer sends a file. */
  public Future<ConnectorTurn> attach(String mediaType, String url, String mime, String text) {
    JsonObject attachment =
        new JsonObject().put("mediaType", mediaType).put("url", url).put("mime", mime);
    return send(
        new JsonObject()
            .put("type", "Text")
            .put("text", text)
            .put(
                "content",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("contentType", "Attachment")
                            .put("attachment", attachment))));
  }

  /** Sends an input message of one's own making. */
  public Future<ConnectorTurn> send(JsonObject inputMessage) {
    synchronized (this) {
      if (over) {
        throw new GenesysSimulatorException(
            "BTN-4788", "The action was left in session " + id + "; start another session");
      }
      if (Instant.now().isAfter(lastAnswer.plus(flow.followUp))) {
        return Future.succeededFuture(
            leave(
                ConnectorTurn.failed(
                    "FollowUpResponseTimeout: the customer was silent too long", Duration.ZERO)));
      }
    }
    boolean digital = flow.version == ConnectorVersion.DIGITAL;
    URI url = digital ? ConnectorCaller.below(flow.url, "/messages") : flow.url;
    long start = System.nanoTime();
    return caller
        .call(HttpMethod.POST, url, flow.credentials, request(inputMessage), flow.deadline)
        .compose(answer -> read(answer, start))
        .otherwise(failure -> ConnectorTurn.failed(reason(failure), since(start)))
        .map(this::leave);
  }

  private Future<ConnectorTurn> read(ConnectorCaller.Answer answer, long start) {
    boolean digital = flow.version == ConnectorVersion.DIGITAL;
    boolean empty = answer.text().isBlank();
    if (digital && (answer.status() == 200 || answer.status() == 202) && empty) {
      Duration left = flow.deadline.minus(since(start));
      return outgoing()
          .timeout(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS)
          .map(body -> ConnectorAnswer.read(flow, body, true, since(start)));
    }
    if (answer.status() != 200 || answer.body() == null) {
      return Future.succeededFuture(
          ConnectorTurn.failed(
              "HttpError: %d %s".formatted(answer.status(), answer.text()), since(start)));
    }
    return Future.succeededFuture(ConnectorAnswer.read(flow, answer.body(), false, since(start)));
  }

  private synchronized Future<JsonObject> outgoing() {
    if (!early.isEmpty()) {
      return Future.succeededFuture(early.poll());
    }
    Promise<JsonObject> next = Promise.promise();
    waiting.add(next);
    return next.future();
  }

  /** Takes what the bot sent by the platform's API; a waiting turn gets it, else the next one. */
  void deliver(JsonObject message) {
    Promise<JsonObject> next;
    synchronized (this) {
      do {
        next = waiting.poll();
      } while (next != null && next.future().isComplete());
      if (next == null) {
        early.add(message);
        return;
      }
    }
    next.complete(message);
  }

  private synchronized ConnectorTurn leave(ConnectorTurn turn) {
    turns.add(turn);
    lastAnswer = Instant.now();
    over |= !turn.wantsMore();
    return turn;
  }

  private JsonObject request(JsonObject inputMessage) {
    JsonObject parameters = new JsonObject();
    flow.inputs.forEach(parameters::put);
    JsonObject request =
        new JsonObject()
            .put("botId", flow.botId)
            .put("botVersion", flow.botVersion)
            .put("botSessionId", id)
            .put("inputMessage", inputMessage)
            .put("languageCode", flow.language)
            .put("botSessionTimeout", flow.sessionTimeout)
            .put("genesysConversationId", conversation)
            .put("parameters", parameters);
    if (flow.botName != null) {
      request.put("chatBot", new JsonObject().put("id", flow.botId).put("name", flow.botName));
    }
    if (flow.version == ConnectorVersion.DIGITAL) {
      request.put("messageId", UUID.randomUUID().toString());
    }
    return request;
  }

  private static String reason(Throwable failure) {
    return failure instanceof TimeoutException
        ? "Timeout: the bot did not answer in time"
        : "ConnectionError: " + failure.getMessage();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
