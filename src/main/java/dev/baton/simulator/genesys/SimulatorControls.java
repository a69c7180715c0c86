package dev.baton.simulator.genesys;

import dev.baton.operations.StaticPages;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;

/** {@code /simulator/…}: for people and scripts on the same machine. */
final class SimulatorControls {
  private static final Set<String> FAULT_KEYS =
      Set.of("fault", "times", "call", "delayMillis", "retryAfter");

  private final GenesysSimulator simulator;

  interface Work {
    void on(RoutingContext context, JsonObject body);
  }

  SimulatorControls(GenesysSimulator simulator) {
    this.simulator = simulator;
  }

  void mount(Router router) {
    router.route("/simulator/*").handler(SimulatorControls::onlyFromHere);
    router.post("/simulator/*").handler(BodyHandler.create(false).setBodyLimit(256 << 10));
    router.get("/simulator/faults").handler(context -> Answers.json(context, 200, catalogue()));
    router.post("/simulator/faults").handler(with(this::arm));
    router
        .delete("/simulator/faults")
        .handler(
            context -> {
              simulator.faults().clear();
              Answers.json(context, 200, catalogue());
            });
    router.get("/simulator/calls").handler(this::calls);
    router.get("/simulator/webhook").handler(this::attempts);
    router
        .post("/simulator/webhook")
        .handler(
            with(
                (context, body) -> {
                  simulator.webhook(body.getString("url"));
                  Answers.empty(context, 204);
                }));
    router
        .get("/simulator/notifications")
        .handler(context -> Answers.json(context, 200, notifications()));
    router.post("/simulator/notifications").handler(with(this::notify));
    router
        .get("/simulator/bots")
        .handler(context -> Answers.json(context, 200, simulator.bots().list()));
    new AgentControls(simulator).mount(router);
    new ConnectorControls(simulator).mount(router);
    // The widget beside a conversation comes from Baton, wherever that is.
    StaticPages.mount(router, "/simulator/agent", "web/genesys-agent", "frame-src http: https:");
    router.get("/").handler(context -> context.redirect("/simulator/agent/"));
  }

  /** Reads the body, and turns what goes wrong into problems. */
  static Handler<RoutingContext> with(Work work) {
    return context -> {
      try {
        JsonObject body =
            context.body().isEmpty() ? new JsonObject() : context.body().asJsonObject();
        work.on(context, body);
      } catch (DecodeException | ClassCastException e) {
        Answers.problem(
            context, 400, "BTN-4787", "The body is not the JSON object that is expected here");
      } catch (GenesysSimulatorException e) {
        Answers.problem(context, e.code().equals("BTN-4784") ? 404 : 409, e.code(), e.getMessage());
      }
    };
  }

  /** Neither other machines nor pages of other sites get in: address and host must be loopback. */
  private static void onlyFromHere(RoutingContext context) {
    String address = context.request().remoteAddress().hostAddress();
    String host = context.request().authority() == null ? "" : context.request().authority().host();
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    boolean sameOrigin = origin == null || origin.endsWith("://" + context.request().authority());
    try {
      if (address != null
          && InetAddress.getByName(address).isLoopbackAddress()
          && Set.of("127.0.0.1", "localhost", "[::1]", "::1").contains(host)
          && sameOrigin) {
        context.next();
        return;
      }
    } catch (UnknownHostException e) {
      // An address that is none is not this machine's.
    }
    Answers.problem(
        context,
        403,
        "BTN-4786",
        "The simulator's controls answer on this machine's loopback only");
  }

  private void arm(RoutingContext context, JsonObject body) {
    for (String key : body.fieldNames()) {
      if (!FAULT_KEYS.contains(key)) {
        throw new GenesysSimulatorException(
            "BTN-4783", "Unknown key '%s'; there are %s".formatted(key, FAULT_KEYS));
      }
    }
    simulator
        .faults()
        .arm(
            new GenesysFaults.Fault(
                GenesysFaultKind.of(body.getString("fault", "")),
                body.getInteger("times", 1),
                body.getString("call"),
                Duration.ofMillis(body.getLong("delayMillis", 1000L)),
                body.getInteger("retryAfter", 1)));
    Answers.json(context, 200, catalogue());
  }

  private JsonObject catalogue() {
    JsonArray armed = new JsonArray();
    for (GenesysFaults.Fault fault : simulator.faults().armed()) {
      armed.add(
          new JsonObject()
              .put("fault", fault.kind().id())
              .put("times", fault.times())
              .put("call", fault.call())
              .put("delayMillis", fault.delay().toMillis())
              .put("retryAfter", fault.retryAfter()));
    }
    JsonArray kinds = new JsonArray();
    for (GenesysFaultKind kind : GenesysFaultKind.values()) {
      kinds.add(
          new JsonObject()
              .put("fault", kind.id())
              .put("description", kind.description())
              .put("struck", simulator.faults().struck(kind)));
    }
    return new JsonObject().put("armed", armed).put("kinds", kinds);
  }

  private void calls(RoutingContext context) {
    JsonArray calls = new JsonArray();
    for (GenesysCall call : simulator.calls()) {
      calls.add(
          new JsonObject()
              .put("call", call.call())
              .put("method", call.method())
              .put("path", call.path())
              .put("query", call.query())
              .put("body", call.body()));
    }
    Answers.json(context, 200, calls);
  }

  private void attempts(RoutingContext context) {
    JsonArray attempts = new JsonArray();
    for (WebhookSender.Attempt attempt : simulator.webhook().attempts()) {
      attempts.add(
          new JsonObject()
              .put("id", attempt.id())
              .put("number", attempt.number())
              .put("status", attempt.status()));
    }
    Answers.json(context, 200, attempts);
  }

  private JsonObject notifications() {
    GenesysNotifications notifications = simulator.notifications();
    return new JsonObject()
        .put("channels", notifications.channels())
        .put("sockets", notifications.sockets())
        .put("socketsEver", notifications.socketsEver())
        .put("lost", notifications.lost());
  }

  private void notify(RoutingContext context, JsonObject body) {
    switch (body.getString("action", "")) {
      case "announce-close" -> simulator.notifications().announceClose();
      case "drop" -> simulator.notifications().dropSockets();
      default ->
          throw new GenesysSimulatorException("BTN-4787", "action must be announce-close or drop");
    }
    Answers.json(context, 200, notifications());
  }
}
