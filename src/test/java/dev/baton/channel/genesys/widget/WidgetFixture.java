package dev.baton.channel.genesys.widget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.configuration.Settings;
import dev.baton.configuration.SettingsLoader;
import dev.baton.conversation.Agent;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.conversation.Policy;
import dev.baton.conversation.Rules;
import dev.baton.directline.server.DirectLineTokens;
import dev.baton.journal.JournalOptions;
import dev.baton.journal.SqlJournal;
import dev.baton.operations.StaticPages;
import dev.baton.simulator.genesys.GenesysSimulator;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import dev.baton.texts.BundledTexts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The widget on a real server, with the real journal and rules, beside a simulated Genesys. */
final class WidgetFixture implements AutoCloseable {
  static final String ORIGIN = "https://apps.mypurecloud.de";
  private static final ObjectMapper JSON = new ObjectMapper();

  final GenesysSimulator genesys = GenesysSimulator.start(GenesysSimulatorOptions.quick());
  final HttpClient client = HttpClient.newHttpClient();
  final SqlJournal journal;
  final GenesysWidget widgets;
  private final Vertx vertx = Vertx.vertx();
  private final WidgetServer widget;
  private final HttpServer server;

  WidgetFixture(Path folder) {
    Policy policy = Policy.defaults().escalating(Map.of("genesys", Duration.ofHours(1)));
    journal =
        new SqlJournal(
            JournalOptions.folder(folder),
            new Rules(policy, new BundledTexts(Map.of(), "en")),
            Clock.systemUTC());
    journal.start();
    Settings settings = new SettingsLoader().overrides(properties()).load();
    widgets = GenesysWidget.of(settings, Clock.systemUTC());
    widget =
        new WidgetServer(
            vertx,
            widgets,
            journal,
            settings,
            new DirectLineTokens(List.of(new byte[32]), Clock.systemUTC()),
            Clock.systemUTC());
    Router router = Router.router(vertx);
    widget.mount(router);
    StaticPages.mount(router, "/desk", "web/desk");
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("baton.bots.demo.secret", "direct-line-secret");
    properties.setProperty("baton.bots.other.secret", "direct-line-secret");
    properties.setProperty("baton.bots.bare.secret", "direct-line-secret");
    properties.setProperty("baton.public-url", "https://baton.example");
    properties.setProperty("baton.hubs.sales.type", "routes");
    properties.setProperty("baton.hubs.sales.mask", "card");
    properties.setProperty("baton.handoff.deny-keys", "Password");
    String prefix = "baton.channels.genesys.";
    properties.setProperty(prefix + "demo.widget.secret", "new-key-of-the-widget,old-key");
    properties.setProperty(prefix + "demo.widget.origins", ORIGIN + ", https://*.example.com");
    properties.setProperty(prefix + "demo.widget.api-url", genesys.url().toString());
    properties.setProperty(prefix + "demo.widget.login-url", genesys.url().toString());
    properties.setProperty(prefix + "demo.widget.client-id", genesys.clientId());
    properties.setProperty(prefix + "other.widget.secret", "another-key");
    return properties;
  }

  /** Ada talks to the bot, which then asks for a human at the hub {@code sales}. */
  String handedOff(String id, String card) {
    String handoff = requested(id, card);
    append(id, new Event.HandoffOpened(handoff, "sales", "h-" + id));
    return handoff;
  }

  /** The same before any hub has it. */
  String requested(String id, String card) {
    Customer ada = new Customer("web-" + id, "Ada <b>Byron</b>");
    append(id, new Event.CustomerStarted("demo", "directline", ada, "en-US", null));
    say(id, "I want an offer, my card is " + card);
    append(id, new Event.BotSaid(bot("message").put("text", "One moment, please.")));
    append(id, new Event.HandoffRequested(request()));
    return journal.find(id).orElseThrow().handoff().id();
  }

  static ObjectNode request() {
    ObjectNode request = bot("event").put("name", "handoff.initiate");
    request
        .putObject("value")
        .put("va_AgentMessage", "Offer for 30 seats <script>alert(1)</script>")
        .put("va_LastTopic", "Sales")
        .put("va_BotId", "b-1")
        .put("Password", "hunter2")
        .put("Seats", 30);
    return request;
  }

  void say(String id, String text) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode().put("type", "message");
    activity.put("text", text).putObject("from").put("id", "web-" + id).put("role", "user");
    append(id, new Event.CustomerSaid(activity));
  }

  void agentSays(String handoff, String text) {
    String id = WidgetView.conversationOf(handoff);
    Agent robin = new Agent("a-1", "Robin");
    append(id, new Event.HubAccepted(handoff, robin));
    append(
        id, new Event.HubSaid(handoff, "m-" + text.hashCode(), text, "plain", null, null, robin));
  }

  static ObjectNode bot(String type) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode().put("type", type);
    activity.putObject("from").put("id", "bot").put("role", "bot");
    return activity;
  }

  void append(String id, Event event) {
    journal.append(id, null, event).join();
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.actualPort() + path);
  }

  /** The link's own parameters. */
  String query(String bot, String handoff) {
    return widgets.link(bot, handoff).replaceFirst(".*\\?", "");
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(at(path)));
  }

  HttpResponse<String> post(String path, String token, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return send(token == null ? request : request.header("Authorization", "Bearer " + token));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    widget.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    journal.close();
    genesys.close();
  }
}
