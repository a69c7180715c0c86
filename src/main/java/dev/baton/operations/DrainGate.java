package dev.baton.operations;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses new conversations of canvases while the node drains. Tokens for conversations that exist
 * and everything else pass.
 */
public final class DrainGate implements Handler<RoutingContext> {
  /** Seconds. */
  private static final int RETRY_AFTER = 5;

  private final Drain drain;

  public DrainGate(Drain drain) {
    this.drain = drain;
  }

  /** Puts the gate before everything else of the router. */
  public void mount(Router router) {
    router.route("/v3/directline/*").order(-1000).handler(this);
    router.route("/bots/*").order(-1000).handler(this);
  }

  @Override
  public void handle(RoutingContext request) {
    if (!drain.isDraining() || !startsConversation(request)) {
      request.next();
      return;
    }
    StoppingAnswer.send(request, RETRY_AFTER);
  }

  private static boolean startsConversation(RoutingContext request) {
    String path = request.normalizedPath();
    HttpMethod method = request.request().method();
    if (method.equals(HttpMethod.POST)) {
      return path.equals("/v3/directline/conversations")
          || path.equals("/v3/directline/tokens/generate");
    }
    return !method.equals(HttpMethod.OPTIONS) && path.matches("/bots/[^/]+/directline/token");
  }
}
