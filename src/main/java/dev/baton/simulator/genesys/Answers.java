package dev.baton.simulator.genesys;

import dev.baton.simulator.copilot.BrokenConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/** Answers in the vendor's forms. */
final class Answers {
  /** Under this key the gate leaves what happens to the answer of a call that was carried out. */
  static final String FAULT = "fault";

  private Answers() {}

  static void json(RoutingContext context, int status, JsonObject body) {
    send(context, status, body.encode());
  }

  static void json(RoutingContext context, int status, JsonArray body) {
    send(context, status, body.encode());
  }

  static void empty(RoutingContext context, int status) {
    send(context, status, null);
  }

  private static void send(RoutingContext context, int status, String body) {
    GenesysFaults.Fault fault = context.get(FAULT);
    if (fault != null) {
      context.remove(FAULT);
      switch (fault.kind()) {
        case BAD_GATEWAY -> error(context, 502, "bad.gateway", "Bad gateway, as ordered");
        case GATEWAY_TIMEOUT -> error(context, 504, "gateway.timeout", "Too late, as ordered");
        default -> BrokenConnection.make(context.request().connection());
      }
      return;
    }
    context.response().setStatusCode(status).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (body == null) {
      context.response().end();
    } else {
      context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(body);
    }
  }

  /** The platform's {@code ErrorBody}. */
  static void error(RoutingContext context, int status, String code, String message) {
    json(context, status, errorBody(status, code, message));
  }

  static JsonObject errorBody(int status, String code, String message) {
    return new JsonObject()
        .put("message", message)
        .put("code", code)
        .put("status", status)
        .put("messageParams", new JsonObject())
        .put("contextId", UUID.randomUUID().toString())
        .put("details", new JsonArray())
        .put("errors", new JsonArray());
  }

  /** The simulator's own form, for {@code /simulator/…}. */
  static void problem(RoutingContext context, int status, String code, String detail) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put("title", "The simulator refuses")
                .put("status", status)
                .put("code", code)
                .put("detail", detail)
                .encode());
  }
}
