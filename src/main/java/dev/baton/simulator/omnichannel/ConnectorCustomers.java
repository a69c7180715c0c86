package dev.baton.simulator.omnichannel;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Lets people play Omnichannel's customer in front of a bot, over JSON. */
final class ConnectorCustomers {
  private static final String ROOT = "/simulator/customers";

  private final BotConnectorSimulator connector;
  private final String endpoint;

  /**
   * @param endpoint the bot's messaging endpoint
   */
  ConnectorCustomers(BotConnectorSimulator connector, String endpoint) {
    this.connector = connector;
    this.endpoint = endpoint;
  }

  void mount(Router router) {
    router.route("/simulator/*").handler(LoopbackOnly::guard);
    router.post(ROOT).handler(BodyHandler.create(false)).handler(this::start);
    router.post(ROOT + "/:id").handler(BodyHandler.create(false)).handler(this::say);
    router.get(ROOT + "/:id").handler(this::show);
  }

  private void start(RoutingContext c) {
    String id = BotConnectorSimulator.newConversation();
    JsonObject payload = body(c).put("msdyn_liveworkitemid", id);
    post(c, id, connector.context(id, payload));
  }

  private void say(RoutingContext c) {
    String id = c.pathParam("id");
    post(c, id, connector.message(id, body(c).getString("text", "")));
  }

  private void show(RoutingContext c) {
    String id = c.pathParam("id");
    c.json(
        new JsonObject()
            .put("seen", new JsonArray(connector.seen(id)))
            .put("commands", new JsonArray(connector.commands(id))));
  }

  private void post(RoutingContext c, String id, JsonObject activity) {
    connector
        .post(endpoint, activity)
        .onSuccess(status -> c.json(new JsonObject().put("id", id).put("bot", status)))
        .onFailure(
            e ->
                LoopbackOnly.problem(
                    c, 502, "BTN-4802", "The bot does not answer: " + e.getMessage()));
  }

  private static JsonObject body(RoutingContext c) {
    return c.body().isEmpty() ? new JsonObject() : c.body().asJsonObject();
  }
}
