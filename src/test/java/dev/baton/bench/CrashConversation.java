package dev.baton.bench;

import dev.baton.simulator.http.HttpHubSimulator;
import dev.baton.simulator.http.HubChat;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/** One customer and, when there is a human, one agent, who both write numbered lines. */
final class CrashConversation {

  /** Who the customer talks to while Baton is killed. */
  enum Partner {
    /** The same agent all the time. */
    AGENT,
    /** The bot all the time. */
    BOT,
    /** Now the bot, now an agent. */
    BOTH
  }

  private static final String ASK = "talk to a human";
  private static final int LINES_OF_A_VISIT = 15;
  private static final double SENT_TWICE = 0.05;

  private final int number;
  private final Partner partner;
  private final long pauseMillis;
  private final Vertx vertx;
  private final HttpHubSimulator hub;
  private final Random random;
  private final Canvas canvas;
  private final List<String> read = Collections.synchronizedList(new ArrayList<>());
  private final List<String> ids = Collections.synchronizedList(new ArrayList<>());
  private final List<String> customerWrote = Collections.synchronizedList(new ArrayList<>());
  private final List<String> agentWrote = Collections.synchronizedList(new ArrayList<>());
  private final Promise<Void> accepted = Promise.promise();
  private volatile boolean stopping;
  private volatile boolean served;
  private Future<Void> customer = Future.succeededFuture();
  private Future<Void> agent = Future.succeededFuture();
  private int asked;

  /**
   * @param canvases makes the canvas, given what reads its stream
   */
  CrashConversation(
      int number,
      Partner partner,
      long pauseMillis,
      Vertx vertx,
      HttpHubSimulator hub,
      Random random,
      Function<Consumer<JsonObject>, Canvas> canvases) {
    this.number = number;
    this.partner = partner;
    this.pauseMillis = pauseMillis;
    this.vertx = vertx;
    this.hub = hub;
    this.random = random;
    this.canvas = canvases.apply(this::arrived);
  }

  private void arrived(JsonObject activity) {
    ids.add(activity.getString("id"));
    if (activity.getString("text") != null) {
      read.add(activity.getString("text"));
    }
  }

  /**
   * Begins the conversation, and waits for the agent where the customer has one all the time.
   *
   * @param begun told the conversation's id
   */
  Future<Void> open(boolean overSocket, Consumer<String> begun) {
    return canvas
        .start()
        .compose(
            id -> {
              begun.accept(id);
              if (overSocket) {
                return canvas.stream();
              }
              canvas.poll(50);
              return Future.succeededFuture();
            })
        .compose(
            v ->
                partner == Partner.AGENT
                    ? canvas.say(ASK, "ask").compose(said -> accepted.future())
                    : Future.succeededFuture());
  }

  String id() {
    return canvas.conversation();
  }

  /** Begins to write. */
  void write() {
    customer = customerLine(1);
    if (partner == Partner.BOTH) {
      askNow();
    } else if (partner == Partner.AGENT) {
      HubChat chat = chats().get(0);
      agent = agentLine(chat, Integer.MAX_VALUE);
    }
  }

  /** The hub opened a chat for this customer: the agent accepts, and talks when it is a visit. */
  void opened(HubChat chat) {
    served = true;
    hub.callbacks()
        .deliver(chat, hub.callbacks().accepted(chat, "a-1", "Grace"))
        .onComplete(
            answer -> {
              accepted.tryComplete();
              if (partner == Partner.BOTH) {
                agent = agentLine(chat, LINES_OF_A_VISIT).compose(v -> leave(chat));
              }
            });
  }

  private Future<Void> leave(HubChat chat) {
    return hub.callbacks()
        .deliver(chat, hub.callbacks().ended(chat))
        .map(
            status -> {
              served = false;
              return null;
            });
  }

  /** Asks for a human whenever there is none, again and again, as the customer writes on. */
  private void askNow() {
    if (stopping) {
      return;
    }
    Future<Void> said =
        served ? Future.succeededFuture() : canvas.say(ASK, "ask-" + number + "-" + ++asked);
    said.onComplete(v -> vertx.setTimer(300 + random.nextInt(600), timer -> askNow()));
  }

  private Future<Void> customerLine(int next) {
    if (stopping) {
      return Future.succeededFuture();
    }
    String line = line("c", next);
    return canvas
        .say(line, line)
        .compose(v -> isSentTwice() ? canvas.say(line, line) : Future.succeededFuture())
        .compose(
            v -> {
              customerWrote.add(line);
              return pause();
            })
        .compose(v -> customerLine(next + 1));
  }

  private Future<Void> agentLine(HubChat chat, int left) {
    if (stopping || left == 0) {
      return Future.succeededFuture();
    }
    String line = line("a", agentWrote.size() + 1);
    JsonObject event = hub.callbacks().message(chat, line);
    return hub.callbacks()
        .deliver(chat, event)
        .compose(
            status ->
                status / 100 != 2
                    ? Future.failedFuture("Baton answered " + status + " to " + event)
                    : isSentTwice()
                        ? hub.callbacks().deliver(chat, event)
                        : Future.succeededFuture())
        .compose(
            v -> {
              agentWrote.add(line);
              return pause();
            })
        .compose(v -> agentLine(chat, left - 1));
  }

  private String line(String writer, int count) {
    return writer + number + "-" + count;
  }

  private boolean isSentTwice() {
    return random.nextDouble() < SENT_TWICE;
  }

  private Future<Void> pause() {
    Promise<Void> over = Promise.promise();
    vertx.setTimer(1 + random.nextLong(2 * pauseMillis), timer -> over.complete());
    return over.future();
  }

  /** Writes no new lines; completes when those begun are acknowledged. */
  Future<Void> stop() {
    stopping = true;
    return Future.join(customer, agent).mapEmpty();
  }

  void close() {
    canvas.close();
  }

  /** The chats of this customer in the hub, oldest first. */
  List<HubChat> chats() {
    return hub.chats().stream()
        .filter(
            chat -> chat.handoff().getJsonObject("origin").getString("conversationId").equals(id()))
        .sorted((a, b) -> Integer.compare(count(a), count(b)))
        .toList();
  }

  private static int count(HubChat chat) {
    return Integer.parseInt(chat.id().substring(chat.id().indexOf('-') + 1));
  }

  int number() {
    return number;
  }

  Partner partner() {
    return partner;
  }

  List<String> customerWrote() {
    return List.copyOf(customerWrote);
  }

  List<String> agentWrote() {
    return List.copyOf(agentWrote);
  }

  /** Texts of the customer's stream as the canvas got them. */
  List<String> read() {
    return List.copyOf(read);
  }

  /** Ids of the customer's stream as the canvas got them. */
  List<String> ids() {
    return List.copyOf(ids);
  }
}
