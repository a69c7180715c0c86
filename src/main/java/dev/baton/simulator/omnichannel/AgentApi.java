package dev.baton.simulator.omnichannel;

import dev.baton.operations.StaticPages;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** The agent view of the simulator and its JSON API, for people and for tests. */
final class AgentApi {
  private static final String ROOT = "/simulator";

  private final OmnichannelSimulator omnichannel;

  AgentApi(OmnichannelSimulator omnichannel) {
    this.omnichannel = omnichannel;
  }

  void mount(Router router) {
    router.route(ROOT + "/*").handler(LoopbackOnly::guard);
    router.get(ROOT + "/events").handler(omnichannel.changes::follow);
    router.get(ROOT + "/availability").handler(c -> c.json(omnichannel.availability.answer()));
    router.get(ROOT + "/conversations").handler(c -> c.json(omnichannel.overview()));
    router.post(ROOT + "/conversations/:id/:action").handler(this::act);
    router.post(ROOT + "/availability").handler(this::availability);
    router.post(ROOT + "/faults").handler(this::fault);
    router.delete(ROOT + "/faults").handler(this::heal);
    StaticPages.mount(router, ROOT + "/agent", "web/omnichannel-agent");
    router.route(ROOT + "/*").failureHandler(AgentApi::malformed);
  }

  private static void malformed(RoutingContext c) {
    boolean theirs =
        c.failure() instanceof DecodeException
            || c.failure() instanceof ClassCastException
            || c.failure() instanceof IllegalArgumentException;
    LoopbackOnly.problem(
        c,
        theirs ? 400 : 500,
        theirs ? "BTN-4803" : "BTN-4804",
        String.valueOf(c.failure().getMessage()));
  }

  private void act(RoutingContext c) {
    OmnichannelConversation conversation = omnichannel.conversation(c.pathParam("id")).orElse(null);
    if (conversation == null) {
      LoopbackOnly.problem(c, 404, "BTN-4801", "There is no conversation " + c.pathParam("id"));
      return;
    }
    JsonObject body = body(c);
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
          case "file" ->
              agents.sends(
                  conversation,
                  body.getString("contentType", "application/octet-stream"),
                  body.getString("url", ""),
                  name);
          case "closed" -> agents.outOfHours(conversation);
          case "event" -> agents.lifecycle(conversation, name);
          default -> null;
        };
    if (told == null) {
      LoopbackOnly.problem(c, 404, "BTN-4801", "A representative cannot " + c.pathParam("action"));
      return;
    }
    told.onSuccess(status -> c.json(new JsonObject().put("webhook", status)))
        .onFailure(
            e ->
                LoopbackOnly.problem(
                    c, 502, "BTN-4802", "The webhook does not answer: " + e.getMessage()));
  }

  private static JsonObject body(RoutingContext c) {
    return c.body().isEmpty() ? new JsonObject() : c.body().asJsonObject();
  }

  private void availability(RoutingContext c) {
    JsonObject body = body(c);
    omnichannel.availability.open(body.getBoolean("open", true), body.getString("nextOpen"));
    omnichannel.availability.agent(
        body.getBoolean("agent", true), body.getInteger("wait"), body.getInteger("position"));
    c.json(omnichannel.availability.answer());
  }

  private void fault(RoutingContext c) {
    JsonObject body = body(c);
    OmnichannelFaults.At at =
        OmnichannelFaults.At.valueOf(body.getString("at", "message").toUpperCase(Locale.ROOT));
    if (body.getInteger("retryAfter") != null) {
      omnichannel.faults.throttle(at, body.getInteger("retryAfter"));
    } else {
      omnichannel.faults.fail(at, body.getInteger("status", 500), body.getInteger("code", 0));
    }
    c.response().setStatusCode(204).end();
  }

  private void heal(RoutingContext c) {
    omnichannel.faults.clear();
    c.response().setStatusCode(204).end();
  }
}
