package dev.baton.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.genesys.ArchitectFlow;
import dev.baton.simulator.genesys.ConnectorSession;
import dev.baton.simulator.genesys.ConnectorTurn;
import dev.baton.simulator.genesys.GenesysSimulator;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Baton between a simulated Genesys, whose flows call bots, and a simulated bot that answers five
 * times as fast as its script says. One bot, several front ends: each is a bot of its own name.
 */
final class GenesysFront implements AutoCloseable {
  static final String SECRET = "secret-of-the-integration";
  private static final double PACE = 0.2;

  final GenesysSimulator genesys = GenesysSimulator.start(GenesysSimulatorOptions.quick());
  final RunningBaton baton;

  private GenesysFront(Path folder, Map<String, String> more, List<String> clouds)
      throws Exception {
    Map<String, String> properties = new HashMap<>();
    front(
        properties, "demo", Map.of("more-slots", "OrderNumber:String,Amount:Integer,Flag:Boolean"));
    properties.put("baton.timeouts.settle", "1s");
    properties.putAll(more);
    for (String bot : clouds) {
      String prefix = "baton.channels.genesys." + bot + ".";
      properties.put(prefix + "api-url", genesys.url().toString());
      properties.put(prefix + "login-url", genesys.url().toString());
      properties.put(prefix + "client-id", genesys.clientId());
      properties.put(prefix + "client-secret", genesys.clientSecret());
      properties.put(prefix + "integration-id", genesys.connectorIntegrationId());
    }
    Path script =
        Path.of(
            Objects.requireNonNull(GenesysFront.class.getResource("/genesys/bot.yaml")).toURI());
    CopilotOptions bot = CopilotOptions.defaults().script(script).pace(PACE).holdingPosts();
    for (String key : List.copyOf(properties.keySet())) {
      if (key.matches("baton\\.channels\\.genesys\\.\\w+\\.secrets")) {
        String name = key.split("\\.", -1)[3];
        properties.putIfAbsent("baton.bots." + name + ".hubs", "desk");
        if (!name.equals("demo")) {
          properties.putIfAbsent("baton.bots." + name + ".url", "{{baton.bots.demo.url}}");
          properties.put("baton.bots." + name + ".secret", "{{baton.bots.demo.secret}}");
        }
      }
    }
    baton = RunningBaton.start(folder, bot, properties);
  }

  static GenesysFront start(Path folder, Map<String, String> more) throws Exception {
    return startWithCloud(folder, more);
  }

  /**
   * @param bots whose front ends may call the simulated platform
   */
  static GenesysFront startWithCloud(Path folder, Map<String, String> more, String... bots)
      throws Exception {
    return new GenesysFront(folder, more, List.of(bots));
  }

  /** Options of a front end with a budget that a test can wait for. */
  static void front(Map<String, String> into, String bot, Map<String, String> more) {
    String prefix = "baton.channels.genesys." + bot + ".";
    into.put(prefix + "secrets", "old-secret-of-theirs," + SECRET);
    into.put(prefix + "budget", "1500ms");
    into.put(prefix + "turn-quiet", "160ms");
    into.put(prefix + "turn-longest", "600ms");
    into.put(prefix + "turn-typing", "10s");
    more.forEach((key, value) -> into.put(prefix + key, value));
  }

  ArchitectFlow legacy(String bot) {
    return declared(
        ArchitectFlow.legacy(url(bot, "/botconnector/postutterance"))
            .credential("Authorization", SECRET));
  }

  ArchitectFlow digital(String bot) {
    return declared(ArchitectFlow.digital(url(bot, "/v2")).credential("Authorization", SECRET));
  }

  private static ArchitectFlow declared(ArchitectFlow flow) {
    return flow.deadline(Duration.ofSeconds(15))
        .intent("None")
        .intent("End")
        .intent(
            "Escalate",
            Map.of(
                "va_AgentMessage", "String",
                "va_LastTopic", "String",
                "va_Topics", "StringCollection",
                "va_Phrases", "StringCollection",
                "va_ConversationId", "String",
                "va_Language", "String",
                "va_Scope", "String",
                "va_BotId", "String",
                "OrderNumber", "String",
                "Amount", "Integer"));
  }

  String url(String bot, String path) {
    return baton.url("/channels/genesys/" + bot + path);
  }

  ConnectorSession session() {
    return genesys.connector().start(legacy("demo"));
  }

  static ConnectorTurn say(ConnectorSession session, String text) {
    return turn(session.say(text));
  }

  static ConnectorTurn turn(Future<ConnectorTurn> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** What the bot was sent in the conversation of a session, oldest first. */
  List<JsonNode> received(ConnectorSession session) {
    return baton.bot.conversations().stream()
        .flatMap(id -> baton.bot.received(id).stream())
        .filter(
            activity ->
                activity.path("from").path("id").asText().equals("gc-" + session.conversation()))
        .map(activity -> (JsonNode) activity)
        .toList();
  }

  /** Texts that the bot heard from a session's customer. */
  List<String> heard(ConnectorSession session) {
    return received(session).stream()
        .filter(activity -> activity.path("type").asText().equals("message"))
        .map(activity -> activity.path("text").asText())
        .toList();
  }

  /** The bot's conversations with a session's customer, oldest first. */
  List<String> talks(ConnectorSession session) {
    String user = "gc-" + session.conversation();
    return baton.bot.conversations().stream()
        .filter(
            id ->
                baton.bot.received(id).stream()
                    .anyMatch(a -> a.path("from").path("id").asText().equals(user)))
        .toList();
  }

  /** Waits until the bot has heard this in a session. */
  void untilBotHeard(ConnectorSession session, String text) {
    await("bot hears " + text)
        .atMost(RunningBaton.LIMIT)
        .until(() -> heard(session).contains(text));
  }

  /** Waits until the bot has said this in a session. */
  void untilBotSaid(ConnectorSession session, String text) {
    await("bot says " + text)
        .atMost(RunningBaton.LIMIT)
        .until(
            () ->
                talks(session).stream()
                    .flatMap(id -> baton.bot.stream(id).stream())
                    .anyMatch(a -> a.path("text").asText().equals(text)));
  }

  @Override
  public void close() {
    baton.close();
    genesys.close();
  }
}
