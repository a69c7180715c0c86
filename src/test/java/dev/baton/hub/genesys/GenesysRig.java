package dev.baton.hub.genesys;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Handoff;
import dev.baton.hub.HubRig;
import dev.baton.simulator.genesys.GenesysCall;
import dev.baton.simulator.genesys.GenesysConversation;
import dev.baton.simulator.genesys.GenesysSimulator;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;
import org.awaitility.core.ConditionFactory;

/** The routes of a hub {@code sales} of type genesys, the simulated platform, and no journal. */
final class GenesysRig implements AutoCloseable {
  static final String HUB = "sales";

  /** How long a webhook call waits for who speaks. */
  static final Duration PATIENCE = Duration.ofMillis(700);

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final List<String> TEMPLATES =
      List.of(
          "call",
          "login",
          "open",
          "send",
          "typing",
          "end",
          "disconnect",
          "capabilities",
          "events",
          "trigger");

  final GenesysSimulator genesys;
  final MemoryGenesysRecords records = new MemoryGenesysRecords();
  final HubRig rig;
  final GenesysParts parts;
  private final Vertx vertx = Vertx.vertx();

  GenesysRig(GenesysSimulatorOptions options, Map<String, String> settings) {
    genesys = GenesysSimulator.start(options);
    Map<String, String> properties = new HashMap<>();
    Map<String, String> keys = new HashMap<>(defaults());
    keys.putAll(settings);
    keys.forEach((key, value) -> properties.put("baton.hubs." + HUB + "." + key, value));
    rig = new HubRig(properties);
    rig.context.getRegistry().bind("genesysWidget", new NoWidget());
    try {
      parts =
          GenesysBeans.bind(
              rig.context,
              List.of(HUB),
              rig.journal,
              records,
              url -> !url.contains("inner"),
              vertx,
              Clock.systemUTC(),
              PATIENCE);
      PluginHelper.getRoutesLoader(rig.context)
          .loadRoutes(
              PluginHelper.getResourceLoader(rig.context)
                  .resolveResource("classpath:routes/hub-genesys.camel.yaml"));
      for (String template : TEMPLATES) {
        rig.context.addRouteFromTemplate(
            "hub-" + HUB + "-" + template, "hub-genesys-" + template, Map.of("hub", HUB));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    genesys.webhook(rig.url() + "/hubs/" + HUB + "/events");
    parts.resume();
  }

  private Map<String, String> defaults() {
    return Map.ofEntries(
        Map.entry("url", genesys.url().toString()),
        Map.entry("login-url", genesys.url().toString()),
        Map.entry("client-id", genesys.clientId()),
        Map.entry("client-secret", genesys.clientSecret()),
        Map.entry("integration-id", genesys.integrationId()),
        Map.entry("webhook-secret", "the-secret-of-before," + genesys.webhookSecret()),
        Map.entry("trigger-secret", "a-trigger-key"),
        Map.entry("requests-per-minute", "0"),
        Map.entry("reorder-window", "30ms"),
        Map.entry("end-settle", "20ms"));
  }

  static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
  }

  /** A conversation of Baton with a handoff that no hub has opened yet. */
  String requested() {
    String id = "conv" + NUMBER.incrementAndGet();
    rig.journal.put(id, null, null, Handoff.Phase.REQUESTED);
    return id;
  }

  /** Calls an operation for the first handoff of a conversation. */
  Exchange call(String operation, String conversation, Object body) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("conversation", conversation);
    variables.put("handoffId", conversation + ":1");
    if (!operation.equals("open")) {
      variables.put("hubConversationId", conversation + ":1");
    }
    return rig.call(HUB, operation, body, variables);
  }

  static Map<String, Object> request() {
    return Map.of("summary", "help", "customer", Map.of("id", "web-1", "name", "Dana"));
  }

  /** A conversation that is open at the platform and known to the journal. */
  GenesysConversation opened() {
    String id = requested();
    Exchange done = call("open", id, request());
    if (done.getException() != null) {
      throw new IllegalStateException(done.getException());
    }
    rig.journal.handedOff(id, HUB, id + ":1");
    return at(id);
  }

  GenesysConversation at(String conversation) {
    return genesys.conversationOf(conversation + ":1").orElseThrow();
  }

  /** Baton's id of it. */
  static String conversation(GenesysConversation conversation) {
    return conversation.customerId().substring(0, conversation.customerId().lastIndexOf(':'));
  }

  List<HubRig.Append> appended(GenesysConversation conversation) {
    String id = conversation(conversation);
    return rig.appended.stream().filter(append -> id.equals(append.conversation())).toList();
  }

  /** Names of what the journal was told, without queue states. */
  List<String> events(GenesysConversation conversation) {
    return appended(conversation).stream()
        .map(HubRig.Append::event)
        .filter(event -> !event.equals("hub.queued"))
        .toList();
  }

  List<String> texts(GenesysConversation conversation) {
    return appended(conversation).stream()
        .filter(append -> append.event().equals("hub.message"))
        .map(append -> String.valueOf(append.body().get("text")))
        .toList();
  }

  List<GenesysCall> calls(String name) {
    return genesys.calls().stream().filter(call -> call.call().equals(name)).toList();
  }

  /** An activity as a canvas is given it. */
  static ObjectNode shown(String from, String speaker, String source) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode().put("type", "message");
    activity.putObject("from").put("id", from);
    activity
        .putObject("channelData")
        .putObject("baton")
        .put("speaker", speaker)
        .put("source", source);
    return activity;
  }

  static <T> T get(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** No agent's widget is configured. */
  public static final class NoWidget {
    public void attach(Exchange exchange) {}
  }

  @Override
  public void close() {
    rig.close();
    genesys.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
