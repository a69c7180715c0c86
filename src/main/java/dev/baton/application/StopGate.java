package dev.baton.application;

import dev.baton.operations.StoppingAnswer;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers 503 to everything that comes while the routes are being stopped. Without it such a
 * request meets a router without routes, and a hub takes 404 for the final word on its event.
 */
final class StopGate implements Handler<RoutingContext> {
  /** Seconds. */
  private static final int RETRY_AFTER = 1;

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
    StoppingAnswer.send(request, RETRY_AFTER);
  }
}
