package dev.baton.simulator.genesys;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calling a bot connector over HTTP, as a customer in an Architect flow. */
final class ConnectorControls {
  private static final String ROOT = "/simulator/connector/sessions";

  private final GenesysSimulator simulator;

  ConnectorControls(GenesysSimulator simulator) {
    this.simulator = simulator;
  }

  void mount(Router router) {
    router.post(ROOT).handler(SimulatorControls.with(this::start));
    router.get(ROOT + "/:id").handler(SimulatorControls.with((context, body) -> show(context)));
    router.post(ROOT + "/:id/messages").handler(SimulatorControls.with(this::say));
  }

  private void start(RoutingContext context, JsonObject body) {
    String url = body.getString("url");
    if (url == null || !url.startsWith("http")) {
      throw new GenesysSimulatorException("BTN-4787", "url is required: where the bot is called");
    }
    ArchitectFlow flow =
        "digital".equals(body.getString("connector", "legacy"))
            ? ArchitectFlow.digital(url)
            : ArchitectFlow.legacy(url);
    flow.bot(body.getString("botId", "demo"), body.getString("botVersion", "1"));
    flow.botName(body.getString("botName"));
    flow.language(body.getString("languageCode", "en-us"));
    if (body.containsKey("deadlineMillis")) {
      flow.deadline(Duration.ofMillis(body.getLong("deadlineMillis")));
    }
    strings(body.getJsonObject("credentials")).forEach(flow::credential);
    strings(body.getJsonObject("inputs")).forEach(flow::input);
    JsonObject intents = body.getJsonObject("intents");
    if (intents == null) {
      simulator
          .bots()
          .version(body.getString("botId", "demo"), body.getString("botVersion"))
          .ifPresent(flow::intentsOf);
    } else {
      intents.fieldNames().forEach(name -> flow.intent(name, strings(intents.getJsonObject(name))));
    }
    ConnectorSession session = simulator.connector().start(flow);
    Answers.json(context, 201, describe(session));
  }

  private void show(RoutingContext context) {
    Answers.json(context, 200, describe(session(context)));
  }

  private void say(RoutingContext context, JsonObject body) {
    ConnectorSession session = session(context);
    String text = body.getString("text", "");
    JsonObject media = body.getJsonObject("media");
    Future<ConnectorTurn> turn;
    if (media != null) {
      turn =
          session.attach(
              media.getString("mediaType", "File"),
              media.getString("url"),
              media.getString("mime", "application/octet-stream"),
              text);
    } else if (body.containsKey("payload")) {
      turn = session.press(body.getString("type", "QuickReply"), text, body.getString("payload"));
    } else {
      turn = session.say(text);
    }
    turn.onSuccess(done -> Answers.json(context, 200, done.toJson()))
        .onFailure(failure -> Answers.problem(context, 502, "BTN-4788", "" + failure.getMessage()));
  }

  private ConnectorSession session(RoutingContext context) {
    return simulator
        .connector()
        .session(context.pathParam("id"))
        .orElseThrow(
            () -> new GenesysSimulatorException("BTN-4784", "There is no such bot session"));
  }

  private static JsonObject describe(ConnectorSession session) {
    JsonArray turns = new JsonArray();
    session.turns().forEach(turn -> turns.add(turn.toJson()));
    return new JsonObject()
        .put("id", session.id())
        .put("conversationId", session.conversation())
        .put("over", session.over())
        .put("turns", turns);
  }

  private static Map<String, String> strings(JsonObject object) {
    Map<String, String> all = new LinkedHashMap<>();
    if (object != null) {
      object.forEach(field -> all.put(field.getKey(), String.valueOf(field.getValue())));
    }
    return all;
  }
}
