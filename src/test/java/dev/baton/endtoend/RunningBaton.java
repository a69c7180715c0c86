package dev.baton.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.application.Application;
import dev.baton.configuration.Settings;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.http.HttpHubSimulator;
import dev.baton.simulator.http.HubChat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * The whole application on loopback, with a simulated bot {@code demo} and three hubs in this order
 * of preference: {@code acme} and {@code spare} speak the neutral binding, then comes the desk.
 */
final class RunningBaton implements AutoCloseable {
  static final String CANVAS_SECRET = "canvas-secret-of-the-test";
  static final String HUB_TOKEN = "token-of-the-hub";
  static final String CALLBACK_SECRET = "callback-secret-of-the-hub";
  static final Duration LIMIT = Duration.ofSeconds(20);

  private final CopilotOptions botOptions;
  CopilotSimulator bot;
  final HttpHubSimulator acme = HttpHubSimulator.start(0, HUB_TOKEN, CALLBACK_SECRET);
  final HttpHubSimulator spare = HttpHubSimulator.start(0, HUB_TOKEN, CALLBACK_SECRET);
  final Http http = new Http();
  final int port = freePort();
  final int managementPort = freePort();
  private final Map<String, String> properties = new HashMap<>();
  private Application application;

  private RunningBaton(Path folder, CopilotOptions options, Map<String, String> more) {
    botOptions = options;
    bot = CopilotSimulator.startAndWait(options);
    put("baton.host", "127.0.0.1");
    put("baton.port", Integer.toString(port));
    put("baton.management.port", Integer.toString(managementPort));
    put("baton.public-url", url(""));
    put("baton.data", folder.resolve("data").toString());
    put("baton.routes.folder", folder.resolve("routes").toString());
    put("baton.log.level", "warn");
    put("baton.lanes.first-delay", "50ms");
    put("baton.bots.demo.url", bot.url().toString());
    put("baton.bots.demo.secret", bot.secret());
    put("baton.bots.demo.canvas-secret", CANVAS_SECRET);
    put("baton.bots.demo.hubs", "acme,spare,desk");
    hub("acme", acme);
    hub("spare", spare);
    put("baton.hubs.desk.type", "desk");
    put("baton.desk.open", "true");
    properties.putAll(more);
  }

  private void hub(String name, HttpHubSimulator hub) {
    put("baton.hubs." + name + ".type", "http");
    put("baton.hubs." + name + ".url", hub.url());
    put("baton.hubs." + name + ".token", HUB_TOKEN);
    put("baton.hubs." + name + ".callback-secret", CALLBACK_SECRET);
    put("baton.hubs." + name + ".timeout", "2s");
  }

  private void put(String key, String value) {
    properties.put(key, value);
  }

  /**
   * @param folder holds the store, and so what survives {@link #restart}
   * @param more properties that win over those of the fixture
   */
  static RunningBaton start(Path folder, Map<String, String> more) throws Exception {
    return start(folder, CopilotOptions.defaults().pace(0), more);
  }

  static RunningBaton start(Path folder, CopilotOptions bot, Map<String, String> more)
      throws Exception {
    RunningBaton baton = new RunningBaton(folder, bot, more);
    try {
      baton.application = Application.start(Settings.of(baton.properties));
      return baton;
    } catch (Exception e) {
      baton.close();
      throw e;
    }
  }

  void stop() {
    application.close();
    application = null;
  }

  /** Starts again on the same store and ports. */
  void startAgain() throws Exception {
    application = Application.start(Settings.of(properties));
  }

  /** The bot's service starts anew at the same address and knows of nothing. */
  void botForgetsEverything() {
    int same = bot.port();
    bot.close();
    bot = CopilotSimulator.startAndWait(botOptions.port(same));
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  Customer customer() {
    return customer("u-" + UUID.randomUUID());
  }

  /** A customer who polls, already greeted by the bot. */
  Customer customer(String userId) {
    Customer customer = Customer.start(this, userId);
    customer.untilText("Hello, I am **Contoso Demo**");
    customer.untilText("I can tell opening hours");
    return customer;
  }

  /** Waits until a hub has opened the customer's handoff number {@code n}. */
  HubChat chat(HttpHubSimulator hub, Customer customer, int n) {
    String handoff = customer.id() + ":" + n;
    await("handoff " + handoff).atMost(LIMIT).until(() -> hub.chat(handoff).isPresent());
    return hub.chat(handoff).orElseThrow();
  }

  /** The customer asks for a human, the agent Grace of the hub {@code acme} accepts. */
  HubChat withGrace(Customer customer) {
    customer.say("talk to a human");
    customer.untilSystem("queued");
    HubChat chat = chat(acme, customer, 1);
    raise(acme.callbacks().raise(chat, acme.callbacks().accepted(chat, "a-1", "Grace")));
    customer.untilSystem("agent-joined");
    return chat;
  }

  /** Waits for a callback's answer; anything but 2xx is a failure. */
  static void raise(io.vertx.core.Future<Integer> callback) {
    int status = get(callback.toCompletionStage());
    if (status / 100 != 2) {
      throw new AssertionError("Baton answered the hub's callback with " + status);
    }
  }

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  /** Everything of one kind that the bot was sent by the customer, in order, in all their talks. */
  List<JsonNode> botReceived(Customer customer, String type) {
    List<JsonNode> received = new ArrayList<>();
    for (String conversation : bot.conversations()) {
      for (JsonNode activity : bot.received(conversation)) {
        if (activity.path("type").asText().equals(type)
            && activity.path("from").path("id").asText().equals(customer.userId())) {
          received.add(activity);
        }
      }
    }
    return received;
  }

  /** Texts of the customer that the bot heard, in order. */
  List<String> botHeard(Customer customer) {
    return botReceived(customer, "message").stream().map(a -> a.path("text").asText()).toList();
  }

  /** States of the handoff.status events that the bot was sent. */
  List<String> botTold(Customer customer) {
    return botReceived(customer, "event").stream()
        .filter(a -> a.path("name").asText().equals("handoff.status"))
        .map(a -> a.path("value").path("state").asText())
        .toList();
  }

  /** Ids of the bot's conversations with the customer, oldest first. */
  List<String> botConversations(Customer customer) {
    return bot.conversations().stream()
        .filter(
            id ->
                bot.received(id).stream()
                    .anyMatch(a -> a.path("from").path("id").asText().equals(customer.userId())))
        .toList();
  }

  /** One more customer is greeted, answered and the health check is content. */
  void isAlive() {
    Customer another = customer();
    another.say("opening hours");
    another.untilText("We are open Monday");
    Http.Answer health =
        http.call("GET", "http://127.0.0.1:" + managementPort + "/observe/health", null);
    if (health.status() != 200) {
      throw new AssertionError("Not healthy: " + health.body());
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (application != null) {
      application.close();
    }
    acme.close();
    spare.close();
    bot.close();
  }
}
