package dev.baton.bench;

import dev.baton.bench.CrashConversation.Partner;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.http.HttpHubSimulator;
import dev.baton.simulator.http.HubChat;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Kills Baton again and again while everybody writes, and tells what became of the lines. */
final class CrashRun {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration SETTLE = Duration.ofSeconds(60);
  static final String HUB_TOKEN = "hub-token-of-the-bench";

  private final Options options;
  private final Random random;

  /**
   * How to run.
   *
   * @param kills how often Baton is killed
   * @param seconds no more kills after this time
   * @param conversations customers
   * @param pauseMillis mean pause of a writer between two lines
   * @param seed of everything random
   */
  record Options(int kills, int seconds, int conversations, long pauseMillis, long seed) {}

  CrashRun(Options options) {
    this.options = options;
    this.random = new Random(options.seed());
  }

  /**
   * Runs, and ends everything that it started.
   *
   * @param folder for Baton's data and log
   */
  CrashReport run(Path folder) throws Exception {
    // Connections break by design; each would be logged with its stack.
    Configurator.setLevel("io.vertx.core.net.impl.ConnectionBase", Level.OFF);
    Vertx vertx = Vertx.vertx();
    try (CopilotSimulator bot =
            CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0).withoutFaults());
        HttpHubSimulator hub =
            HttpHubSimulator.start(0, HUB_TOKEN, BatonProcess.CALLBACK_SECRET).recording(false);
        BatonProcess baton = new BatonProcess(folder, settings(bot, hub))) {
      baton.startAndWait(START);
      List<CrashConversation> conversations = open(vertx, hub, baton);
      conversations.forEach(CrashConversation::write);
      int kills = killAgainAndAgain(baton);
      baton.runFor(Duration.ofSeconds(1));
      wait(Future.join(conversations.stream().map(CrashConversation::stop).toList()), SETTLE);
      CrashReport report = settled(kills, conversations, bot);
      conversations.forEach(CrashConversation::close);
      return report;
    } finally {
      wait(vertx.close(), Duration.ofSeconds(10));
    }
  }

  static Map<String, String> settings(CopilotSimulator bot, HttpHubSimulator hub) {
    String botPrefix = "baton.bots." + BatonProcess.BOT + ".";
    String hubPrefix = "baton.hubs." + BatonProcess.HUB + ".";
    return Map.of(
        botPrefix + "url",
        bot.url().toString(),
        botPrefix + "secret",
        bot.secret(),
        botPrefix + "hubs",
        BatonProcess.HUB,
        hubPrefix + "type",
        "http",
        hubPrefix + "url",
        hub.url(),
        hubPrefix + "token",
        HUB_TOKEN,
        hubPrefix + "callback-secret",
        BatonProcess.CALLBACK_SECRET);
  }

  private List<CrashConversation> open(Vertx vertx, HttpHubSimulator hub, BatonProcess baton)
      throws Exception {
    var http =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(2000),
            new PoolOptions().setHttp1MaxSize(2 * options.conversations() + 8));
    WebSocketClient sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(options.conversations() + 8)
                .setConnectTimeout(2000));
    Map<String, CrashConversation> byId = new ConcurrentHashMap<>();
    hub.beforeOpenAnswer(chat -> serve(byId, chat));
    List<CrashConversation> conversations = new ArrayList<>();
    List<Future<?>> opening = new ArrayList<>();
    for (int i = 0; i < options.conversations(); i++) {
      String user = "customer-" + i;
      CrashConversation conversation =
          new CrashConversation(
              i,
              Partner.values()[i % Partner.values().length],
              options.pauseMillis(),
              vertx,
              hub,
              new Random(random.nextLong()),
              reader ->
                  new Canvas(
                      vertx, http, sockets, baton.url(), BatonProcess.CANVAS_SECRET, user, reader));
      conversations.add(conversation);
      opening.add(
          conversation.open(
              i / Partner.values().length % 2 == 0, id -> byId.put(id, conversation)));
    }
    wait(Future.all(opening), START);
    return conversations;
  }

  private static Future<?> serve(Map<String, CrashConversation> byId, HubChat chat) {
    byId.get(chat.handoff().getJsonObject("origin").getString("conversationId")).opened(chat);
    return Future.succeededFuture();
  }

  private int killAgainAndAgain(BatonProcess baton) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds());
    int kills = 0;
    while (kills < options.kills() && System.nanoTime() < end) {
      baton.runFor(Duration.ofMillis(100 + random.nextInt(2400)));
      baton.kill();
      kills++;
      baton.start();
      if (random.nextInt(4) == 0 && kills < options.kills()) {
        continue; // the next one strikes while it starts
      }
      baton.awaitReady(START);
    }
    return kills;
  }

  private CrashReport settled(
      int kills, List<CrashConversation> conversations, CopilotSimulator bot) {
    try {
      return Awaitility.await()
          .atMost(SETTLE)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> CrashReport.of(kills, options.seed(), conversations, bot),
              CrashReport::isClean);
    } catch (ConditionTimeoutException e) {
      return CrashReport.of(kills, options.seed(), conversations, bot);
    }
  }

  private static void wait(Future<?> future, Duration limit) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(limit.toSeconds(), TimeUnit.SECONDS);
  }
}
