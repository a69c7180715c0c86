package dev.baton.operations;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notes the trace of what canvases send; these requests do not pass through a route. */
public final class TraceGate implements Handler<RoutingContext> {
  private static final Pattern CONVERSATION =
      Pattern.compile("/v3/directline/conversations/([^/]+)/(activities|upload)");

  /** Puts itself before everything else of the router. */
  public void mount(Router router) {
    router.post("/v3/directline/conversations/*").order(-999).handler(this);
  }

  @Override
  public void handle(RoutingContext request) {
    String header = request.request().getHeader(Trace.HEADER);
    if (header != null) {
      Matcher path = CONVERSATION.matcher(request.normalizedPath());
      if (path.matches()) {
        Traces.shared().note(path.group(1), header);
      }
    }
    request.next();
  }
}
