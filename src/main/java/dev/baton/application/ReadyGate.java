package dev.baton.application;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Answers 503 while the port is open but Baton is not ready: before its routes are there, and after
 * they have begun to stop. Without it such a request meets a router without routes, and a hub takes
 * 404 for an answer that will not change.
 */
final class ReadyGate implements Handler<RoutingContext> {
  private static final String RETRY_AFTER_SECONDS = "1";

  private final AtomicBoolean mounted = new AtomicBoolean();
  private volatile boolean open;

  /**
   * Puts the gate, closed at first, before everything else on the port as soon as it is served.
   * Camel serves it while it starts, long before its routes.
   */
  void mountWhenServed(CamelContext camel, int port) {
    String name = VertxPlatformHttpRouter.getRouterNameFromPort(port);
    camel.addLifecycleStrategy(
        new LifecycleStrategySupport() {
          @Override
          public void onServiceAdd(CamelContext context, Service service, Route route) {
            Router router = VertxPlatformHttpRouter.lookup(camel, name);
            if (router != null && mounted.compareAndSet(false, true)) {
              router.route().order(Integer.MIN_VALUE).handler(ReadyGate.this);
            }
          }
        });
  }

  /** Lets requests in from now on. */
  void open() {
    open = true;
  }

  /** Lets no request in from now on; those that are in go on. */
  void close() {
    open = false;
  }

  @Override
  public void handle(RoutingContext request) {
    if (open) {
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
                .put("code", "BTN-4025")
                .put("detail", "This node is starting or being stopped; try again in a second.")
                .encode());
  }
}
