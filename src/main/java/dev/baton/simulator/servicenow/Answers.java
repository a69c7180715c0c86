package dev.baton.simulator.servicenow;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Answers in the vendor's forms, and in Baton's for the simulator's own controls. */
final class Answers {
  private Answers() {}

  static void json(RoutingContext context, int status, JsonObject body) {
    text(context, status, "application/json;charset=UTF-8", body.encode());
  }

  static void text(RoutingContext context, int status, String type, String body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(body);
  }

  /** The vendor's error. */
  static void error(RoutingContext context, int status, String message, String detail) {
    json(
        context,
        status,
        new JsonObject()
            .put("error", new JsonObject().put("message", message).put("detail", detail))
            .put("status", "failure"));
  }

  /** An error of the simulator's own controls. */
  static void problem(RoutingContext context, int status, String code, String detail) {
    text(
        context,
        status,
        "application/problem+json",
        new JsonObject()
            .put("type", "about:blank")
            .put("title", "The simulator refuses")
            .put("status", status)
            .put("code", code)
            .put("detail", detail)
            .encode());
  }

  /** Scheme, host and port by which the caller reached the instance. */
  static String root(HttpServerRequest request) {
    return request.scheme() + "://" + request.authority();
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
