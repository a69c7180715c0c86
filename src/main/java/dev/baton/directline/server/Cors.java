package dev.baton.directline.server;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Lets browsers call the service from the configured origins, and from no others. */
final class Cors {
  private static final String METHODS = "GET, POST, OPTIONS";
  private static final String REQUEST_HEADERS =
      "authorization, content-type, content-disposition, accept, x-ms-bot-agent, x-requested-with,"
          + " traceparent, tracestate";
  private static final String RESPONSE_HEADERS = "x-ms-request-id, retry-after";

  private final AllowedOrigins origins;

  Cors(AllowedOrigins origins) {
    this.origins = origins;
  }

  /**
   * Marks the answer as readable for the request's origin when it is allowed, and as not readable
   * otherwise.
   *
   * @param bot null while it is not known whom the credential belongs to
   */
  void mark(RoutingContext ctx, String bot) {
    HttpServerResponse response = ctx.response();
    String origin = ctx.request().getHeader(HttpHeaders.ORIGIN);
    response.putHeader(HttpHeaders.VARY, "Origin");
    if (origin != null && origins.allows(bot, origin)) {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
    } else {
      response.headers().remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
      response.headers().remove(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS);
    }
  }

  /** Answers a preflight. */
  void preflight(RoutingContext ctx) {
    Answers.prepare(ctx);
    mark(ctx, null);
    HttpServerResponse response = ctx.response();
    if (!response.headers().contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      Answers.error(
          ctx,
          Problem.ORIGIN_REFUSED.with(
              "No bot allows this origin. Add it to the bot's allowed-origins."));
      return;
    }
    response
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "7200")
        .setStatusCode(204)
        .end();
  }

  /**
   * Where the page stands that sent the request, as far as a browser tells: not every request of a
   * page to its own origin has an {@code Origin} header.
   *
   * @param own this service's origin
   * @return null when unknown
   */
  static String pageOrigin(HttpServerRequest request, String own) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null) {
      return origin;
    }
    return "same-origin".equals(request.getHeader("Sec-Fetch-Site")) ? own : null;
  }
}
