package dev.baton.simulator.servicenow;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;

/**
 * {@code /simulator/faults}: what is armed and what there is (GET), arm a fault or misconfigure the
 * instance (POST), disarm and repair all (DELETE).
 */
final class ControlApi {
  private static final Set<String> KEYS =
      Set.of("fault", "times", "call", "user", "delay", "retryAfter");

  private final ServiceNowSimulator simulator;

  ControlApi(ServiceNowSimulator simulator) {
    this.simulator = simulator;
  }

  void mount(Router router) {
    router.get("/simulator/faults").handler(context -> Answers.json(context, 200, catalogue()));
    router.post("/simulator/faults").consumes("application/json").handler(this::arm);
    router
        .delete("/simulator/faults")
        .handler(
            context -> {
              simulator.reset();
              Answers.json(context, 200, catalogue());
            });
  }

  private void arm(RoutingContext context) {
    try {
      JsonObject order = context.body().asJsonObject();
      if (order == null) {
        throw new SimulatorException("BTN-4751", "The body is not a JSON object");
      }
      for (String key : order.fieldNames()) {
        if (!KEYS.contains(key)) {
          throw new SimulatorException(
              "BTN-4751", "Unknown key '%s'; there are %s".formatted(key, KEYS));
        }
      }
      String name = order.getString("fault", "").strip().toLowerCase(Locale.ROOT);
      if (Misconfiguration.names(name)) {
        simulator.misconfigure(
            Misconfiguration.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
      } else {
        simulator.faults().arm(fault(name, order));
      }
      Answers.json(context, 200, catalogue());
    } catch (SimulatorException e) {
      Answers.problem(context, 400, e.code(), e.getMessage());
    } catch (DecodeException | ClassCastException e) {
      Answers.problem(context, 400, "BTN-4751", "The order is not valid: " + e.getMessage());
    }
  }

  private static Fault fault(String name, JsonObject order) {
    Fault fault =
        Fault.once(FaultKind.of(name)).at(order.getString("call")).of(order.getString("user"));
    if (order.containsKey("times")) {
      fault = fault.times(order.getInteger("times"));
    }
    if (order.containsKey("delay")) {
      fault = fault.delay(Durations.parse(order.getString("delay")));
    }
    return order.containsKey("retryAfter")
        ? fault.retryAfter(order.getInteger("retryAfter"))
        : fault;
  }

  private JsonObject catalogue() {
    JsonArray armed = new JsonArray();
    for (Fault fault : simulator.faults().armed()) {
      armed.add(
          new JsonObject()
              .put("fault", fault.kind().id())
              .put("times", fault.times())
              .put("call", fault.call())
              .put("user", fault.user())
              .put("delay", fault.delay().toMillis() + "ms")
              .put("retryAfter", fault.retryAfter()));
    }
    JsonArray kinds = new JsonArray();
    for (FaultKind kind : FaultKind.values()) {
      kinds.add(
          new JsonObject()
              .put("fault", kind.id())
              .put("description", kind.description())
              .put("struck", simulator.faults().struck(kind)));
    }
    JsonArray misconfigurations = new JsonArray();
    for (Misconfiguration wrong : Misconfiguration.values()) {
      misconfigurations.add(
          new JsonObject()
              .put("fault", wrong.id())
              .put("description", wrong.description())
              .put("present", simulator.misconfigurations().contains(wrong)));
    }
    return new JsonObject()
        .put("armed", armed)
        .put("kinds", kinds)
        .put("misconfigurations", misconfigurations);
  }
}
