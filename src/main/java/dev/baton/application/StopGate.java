package dev.baton.application;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers 503 to everything that comes while the routes are being stopped. Without it such a
 * request meets a router without routes, and a hub takes 404 for the final word on its event.
 */
final class StopGate implements Handler<RoutingContext> {
  private static final String RETRY_AFTER_SECONDS = "1";

  private volatile boolean closed;

  /** Puts the gate before everything else of the router. It is open. */
  void mount(Router router) {
    router.route().order(Integer.MIN_VALUE).handler(this);
  }

  /** Lets nothing in from now on; what is in goes on. */
  void close() {
    closed = true;
  }

  @Override
  public void handle(RoutingContext request) {
    if (!closed) {
      request.next();
      return;
    }
    request
        .response()
        .setStatusCode(503)
        .putHeader("Retry-After", RETRY_AFTER_SECONDS)
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
