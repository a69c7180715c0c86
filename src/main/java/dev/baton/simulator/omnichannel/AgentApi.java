package dev.baton.simulator.omnichannel;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.Locale;

/** The agent view of the simulator and its JSON API, for people and for tests. */
final class AgentApi {
  private static final String ROOT = "/simulator";

  private final OmnichannelSimulator omnichannel;

  AgentApi(OmnichannelSimulator omnichannel) {
    this.omnichannel = omnichannel;
  }

  void mount(Router router) {
    router.get(ROOT + "/conversations").handler(c -> c.json(omnichannel.overview()));
    router.post(ROOT + "/conversations/:id/:action").handler(this::act);
    router.post(ROOT + "/availability").handler(this::availability);
    router.post(ROOT + "/faults").handler(this::fault);
    router.delete(ROOT + "/faults").handler(this::heal);
    router.get(ROOT + "/agent").handler(c -> c.redirect(ROOT + "/agent/"));
    router
        .route(ROOT + "/agent/*")
        .handler(StaticHandler.create("web/omnichannel-agent").setCachingEnabled(false));
  }

  private void act(RoutingContext c) {
    OmnichannelConversation conversation = omnichannel.conversation(c.pathParam("id")).orElse(null);
    if (conversation == null) {
      c.response().setStatusCode(404).end();
      return;
    }
    JsonObject body = c.body().isEmpty() ? new JsonObject() : c.body().asJsonObject();
    String name = body.getString("name", "Grace");
    Agents agents = omnichannel.agents();
    Future<Integer> told =
        switch (c.pathParam("action")) {
          case "accept" -> agents.accept(conversation, name);
          case "say" -> agents.say(conversation, body.getString("text", ""));
          case "typing" -> agents.types(conversation);
          case "transfer" -> agents.transfer(conversation, name);
          case "leave" -> agents.leave(conversation);
          case "end" -> agents.end(conversation);
          case "survey" -> agents.automated(conversation, body.getString("text", ""));
          case "event" -> agents.lifecycle(conversation, name);
          default -> null;
        };
    if (told == null) {
      c.response().setStatusCode(404).end();
      return;
    }
    HttpServerResponse response = c.response();
    told.onSuccess(status -> c.json(new JsonObject().put("webhook", status)))
        .onFailure(e -> response.setStatusCode(502).end(String.valueOf(e.getMessage())));
  }

  private void availability(RoutingContext c) {
    JsonObject body = c.body().asJsonObject();
    omnichannel.availability.open(body.getBoolean("open", true), body.getString("nextOpen"));
    omnichannel.availability.agent(
        body.getBoolean("agent", true), body.getInteger("wait"), body.getInteger("position"));
    c.json(omnichannel.availability.answer());
  }

  private void fault(RoutingContext c) {
    JsonObject body = c.body().asJsonObject();
    OmnichannelFaults.At at =
        OmnichannelFaults.At.valueOf(body.getString("at", "message").toUpperCase(Locale.ROOT));
    omnichannel.faults.fail(at, body.getInteger("status", 500), body.getInteger("code", 0));
    c.response().setStatusCode(204).end();
  }

  private void heal(RoutingContext c) {
    omnichannel.faults.clear();
    c.response().setStatusCode(204).end();
  }
}
