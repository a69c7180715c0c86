package dev.baton.operations;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** What a node that is being stopped answers: another one, or this one again, will do it. */
public final class StoppingAnswer {
  private StoppingAnswer() {}

  /**
   * @param retryAfter seconds after which it is worth trying again
   */
  public static void send(RoutingContext request, int retryAfter) {
    request
        .response()
        .setStatusCode(503)
        .putHeader("Retry-After", Integer.toString(retryAfter))
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put("title", "Service Unavailable")
                .put("status", 503)
                .put("code", "BTN-4020")
                .put("detail", "This node is being stopped; try again, another one will answer.")
                .encode());
  }
}
