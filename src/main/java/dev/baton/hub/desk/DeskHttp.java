package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.conversation.Agent;
import dev.baton.hub.desk.DeskProblem.Kind;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all requests to the desk have in common: body, origin, identity, problems. */
final class DeskHttp {
  private static final Logger LOG = LoggerFactory.getLogger(DeskHttp.class);
  private static final int MAX_BODY = 128 * 1024;
  private static final String AGENT = "desk.agent";

  private final DeskGate gate;

  DeskHttp(DeskGate gate) {
    this.gate = gate;
  }

  void prepare(Router router, String api) {
    String all = api + "/*";
    router.route(all).failureHandler(DeskHttp::problem);
    router.route(all).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
    router
        .route(all)
        .handler(
            context -> {
              context
                  .response()
                  .putHeader("Cache-Control", "no-store")
                  .putHeader("X-Content-Type-Options", "nosniff");
              gate.checkOrigin(context.request(), writes(context));
              context.next();
            });
  }

  void authenticate(RoutingContext context) {
    gate.identify(context.request(), writes(context))
        .onSuccess(
            agent -> {
              context.put(AGENT, agent);
              context.next();
            })
        .onFailure(context::fail);
  }

  /** The logged-in agent; empty in open mode. */
  static Optional<Agent> agent(RoutingContext context) {
    return context.get(AGENT, Optional.empty());
  }

  void refuseOthers(Router router, String api, String one) {
    for (String path : new String[] {"/me", "/events", "/conversations"}) {
      router.route(api + path).handler(context -> refuseMethod(context, "GET"));
    }
    router.route(one).handler(context -> refuseMethod(context, "GET"));
    for (String path : new String[] {"/accept", "/messages", "/typing", "/leave", "/end"}) {
      router.route(one + path).handler(context -> refuseMethod(context, "POST"));
    }
    router
        .route(api + "/*")
        .handler(
            context -> {
              throw new DeskProblem(
                  Kind.NO_RESOURCE, "docs/desk.md lists the resources of the desk.");
            });
  }

  static void json(RoutingContext context, int status, JsonNode body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .end(body.toString());
  }

  private static void refuseMethod(RoutingContext context, String allowed) {
    context.response().putHeader("Allow", allowed);
    throw new DeskProblem(Kind.METHOD, "Use " + allowed + ".");
  }

  private static boolean writes(RoutingContext context) {
    HttpMethod method = context.request().method();
    return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
  }

  private static void problem(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    DeskProblem problem = asProblem(context);
    if (problem.kind() == Kind.NOT_LOGGED_IN && !isBrowser(context.request())) {
      // A browser would open its own dialog instead of the page's form.
      response.putHeader("WWW-Authenticate", "Basic realm=\"Baton desk\", charset=\"UTF-8\"");
    }
    if (problem.retryAfterSeconds() > 0) {
      response.putHeader("Retry-After", Long.toString(problem.retryAfterSeconds()));
    }
    response
        .setStatusCode(problem.kind().status)
        .putHeader("Content-Type", "application/problem+json")
        .end(problem.toJson().toString());
  }

  private static DeskProblem asProblem(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure instanceof DeskProblem problem) {
      return problem;
    }
    if (context.statusCode() == 413) {
      return new DeskProblem(Kind.TOO_LARGE, "A request may have " + MAX_BODY + " bytes at most.");
    }
    if (context.statusCode() == 400) {
      return new DeskProblem(Kind.BAD_REQUEST, "The request is malformed.", 0, failure);
    }
    LOG.error("Desk request {} failed", context.normalizedPath(), failure);
    return new DeskProblem(
        Kind.INTERNAL, "The desk failed; the log of Baton says why.", 0, failure);
  }

  private static boolean isBrowser(HttpServerRequest request) {
    return request.getHeader("Sec-Fetch-Mode") != null;
  }
}
