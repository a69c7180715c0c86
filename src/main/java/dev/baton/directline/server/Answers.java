package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers. Errors are problem details (RFC 9457) and Direct Line's error shape at once. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /** Headers that every answer carries; called before anything else. */
  static void prepare(RoutingContext ctx) {
    ctx.response()
        .putHeader("x-ms-request-id", Ids.random())
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", "no-store");
  }

  static void json(RoutingContext ctx, int status, ObjectNode body) {
    send(ctx, status, "application/json; charset=utf-8", Json.write(body));
  }

  static void text(RoutingContext ctx, int status, String json) {
    send(ctx, status, "application/json; charset=utf-8", json);
  }

  static void error(RoutingContext ctx, Throwable failure) {
    if (failure instanceof DirectLineException e) {
      problem(ctx, e);
      return;
    }
    if (ctx.response().closed()) {
      LOG.debug("The client of {} is gone: {}", ctx.request().path(), failure.toString());
      return;
    }
    String request = ctx.response().headers().get("x-ms-request-id");
    LOG.error(
        "{} {} failed, request {}", ctx.request().method(), ctx.request().path(), request, failure);
    problem(
        ctx,
        Problem.INTERNAL.with(
            "Something went wrong here. Try again; the log has request " + request + "."));
  }

  private static void problem(RoutingContext ctx, DirectLineException e) {
    ObjectNode body = Json.object();
    body.put("type", "urn:baton:error:" + e.problem());
    body.put("title", Problem.titleOf(e));
    body.put("status", e.status());
    body.put("detail", e.getMessage());
    body.put("code", e.problem());
    body.putObject("error").put("code", e.code()).put("message", e.getMessage());
    if (e.status() == 401) {
      ctx.response().putHeader("WWW-Authenticate", "Bearer");
    }
    if (e.status() == 503) {
      ctx.response().putHeader("Retry-After", "5");
    }
    send(ctx, e.status(), "application/problem+json", Json.write(body));
  }

  private static void send(RoutingContext ctx, int status, String type, String body) {
    HttpServerResponse response = ctx.response();
    if (!response.ended() && !response.closed()) {
      response.setStatusCode(status).putHeader("Content-Type", type).end(body);
    }
  }
}
