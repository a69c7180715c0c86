package dev.baton.bench;

import dev.baton.simulator.http.HttpHubSimulator;
import dev.baton.simulator.http.HubChat;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Customers with an agent each: a customer writes, the agent answers at once, and when the answer
 * is there the customer writes again. What is behind may be Baton or the bare relay.
 */
final class RelayLoad {
  private static final String ANSWER = "answer";

  private final Vertx vertx;
  private final HttpHubSimulator hub;
  private final int connections;
  private final LongAdder answers = new LongAdder();
  private final Map<String, Promise<Void>> accepted = new ConcurrentHashMap<>();
  private final List<Canvas> canvases = new ArrayList<>();
  private volatile boolean stopped;

  RelayLoad(Vertx vertx, HttpHubSimulator hub, int connections) {
    this.vertx = vertx;
    this.hub = hub;
    this.connections = connections;
    hub.beforeOpenAnswer(
        chat -> {
          accept(chat);
          return Future.succeededFuture();
        });
    hub.afterMessage(this::answer);
  }

  private void accept(HubChat chat) {
    String conversation = chat.handoff().getJsonObject("origin").getString("conversationId");
    hub.callbacks()
        .deliver(chat, hub.callbacks().accepted(chat, "a-1", "Grace"))
        .onSuccess(status -> acceptance(conversation).tryComplete());
  }

  private Promise<Void> acceptance(String conversation) {
    return accepted.computeIfAbsent(conversation, c -> Promise.promise());
  }

  private void answer(HubChat chat) {
    hub.callbacks().raise(chat, hub.callbacks().message(chat, ANSWER));
  }

  /** Opens a conversation per connection, with an agent each. */
  void open(Clients clients, String root, boolean ask) throws Exception {
    List<Future<?>> opening = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Line line = new Line();
      Canvas canvas =
          clients.canvas(root, BatonProcess.CANVAS_SECRET, "customer-" + i, line::arrived);
      line.canvas = canvas;
      canvases.add(canvas);
      opening.add(
          canvas
              .start()
              .compose(id -> canvas.stream())
              .compose(v -> ask ? canvas.say("talk to a human", "ask") : Future.succeededFuture())
              .compose(v -> acceptance(canvas.conversation()).future())
              .onSuccess(v -> vertx.runOnContext(now -> line.say())));
    }
    Clients.wait(Future.all(opening), 120);
  }

  /**
   * What was measured.
   *
   * @param rate messages per second, both ways
   * @param relayMicros processor time that the relay took per message
   * @param loadMicros the same of the load maker, with its customers and its hub
   */
  record Result(double rate, double relayMicros, double loadMicros) {
    String cpu() {
      return String.format(Locale.ROOT, "%.0f us (load maker %.0f us)", relayMicros, loadMicros);
    }
  }

  /**
   * Measures after a warm-up.
   *
   * @param pid the process that relays
   */
  Result rate(long pid, Duration warmUp, Duration time) throws Exception {
    pass(warmUp);
    long before = answers.sum();
    double relay = processorSeconds(pid);
    double load = processorSeconds(ProcessHandle.current().pid());
    long begin = System.nanoTime();
    pass(time);
    double messages = (answers.sum() - before) * 2.0;
    return new Result(
        messages / ((System.nanoTime() - begin) / 1e9),
        (processorSeconds(pid) - relay) * 1e6 / messages,
        (processorSeconds(ProcessHandle.current().pid()) - load) * 1e6 / messages);
  }

  private static double processorSeconds(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(taken -> taken.toNanos() / 1e9)
        .orElse(Double.NaN);
  }

  private void pass(Duration time) throws Exception {
    Promise<Void> over = Promise.promise();
    vertx.setTimer(time.toMillis(), timer -> over.complete());
    Clients.wait(over.future(), 600);
  }

  void close() {
    stopped = true;
    hub.beforeOpenAnswer(chat -> Future.succeededFuture());
    hub.afterMessage(chat -> {});
    canvases.forEach(Canvas::close);
  }

  /** One customer's side. */
  private final class Line {
    private volatile Canvas canvas;
    private int number;

    void say() {
      if (!stopped) {
        number++;
        canvas.say("line " + number, Integer.toString(number));
      }
    }

    void arrived(JsonObject activity) {
      if (ANSWER.equals(activity.getString("text"))) {
        answers.increment();
        say();
      }
    }
  }
}
