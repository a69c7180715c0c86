package dev.baton.simulator.omnichannel;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Pages of other sites do not get at the simulator's controls: the host must be loopback, and a
 * page must come from here. Other machines do not either, as it listens on loopback alone.
 */
final class LoopbackOnly {
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

  private LoopbackOnly() {}

  static void guard(RoutingContext context) {
    String host = context.request().authority() == null ? "" : context.request().authority().host();
    String origin = context.request().getHeader("Origin");
    if (HOSTS.contains(host)
        && (origin == null || origin.endsWith("://" + context.request().authority()))) {
      context.next();
      return;
    }
    problem(context, 403, "BTN-4800", "The simulator's controls answer on loopback only");
  }

  /** RFC 9457. */
  static void problem(RoutingContext context, int status, String code, String detail) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put("title", "Refused by the simulator")
                .put("status", status)
                .put("detail", detail)
                .put("code", code)
                .encode());
  }
}
