package dev.baton.simulator.genesys;

import dev.baton.simulator.copilot.BrokenConnection;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What stands in front of every call of the platform API: record, faults, token, rate. */
final class ApiGate {
  private static final int KEPT = 10_000;

  private final Vertx vertx;
  private final GenesysFaults faults;
  private final OAuthTokens tokens;
  private final GenesysSimulatorOptions options;
  private final Deque<GenesysCall> calls = new ArrayDeque<>();

  ApiGate(Vertx vertx, GenesysFaults faults, OAuthTokens tokens, GenesysSimulatorOptions options) {
    this.vertx = vertx;
    this.faults = faults;
    this.tokens = tokens;
    this.options = options;
  }

  List<GenesysCall> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  void handle(RoutingContext context) {
    String name = name(context);
    record(name, context);
    if (faults.strikes(GenesysFaultKind.CONNECTION_REFUSED, name).isPresent()) {
      BrokenConnection.make(context.request().connection());
      return;
    }
    Optional<GenesysFaults.Fault> slow = faults.strikes(GenesysFaultKind.SLOW, name);
    if (slow.isPresent() && slow.get().delay().toMillis() > 0) {
      vertx.setTimer(slow.get().delay().toMillis(), timer -> admit(name, context));
    } else {
      admit(name, context);
    }
  }

  private void record(String name, RoutingContext context) {
    String body = context.body().asString();
    synchronized (calls) {
      if (calls.size() == KEPT) {
        calls.removeFirst();
      }
      calls.add(
          new GenesysCall(
              name,
              context.request().method().name(),
              context.request().path(),
              context.request().query(),
              // A client's secret travels in a header, never in this body; it is still not kept.
              name.equals("oauth") || body == null ? "" : body));
    }
  }

  private void admit(String name, RoutingContext context) {
    if (refusedByFault(name, context)) {
      return;
    }
    if (!name.equals("oauth")) {
      String token = bearer(context);
      if (faults.strikes(GenesysFaultKind.TOKEN_EXPIRED, name).isPresent() && token != null) {
        tokens.revoke(token);
      }
      if (!tokens.valid(token)) {
        Answers.error(context, 401, "bad.credentials", "Invalid login credentials.");
        return;
      }
      Duration wait = tokens.overRate(token);
      if (wait != null) {
        tooMany(context, (wait.toMillis() + 999) / 1000);
        return;
      }
    }
    for (GenesysFaultKind kind :
        List.of(
            GenesysFaultKind.BAD_GATEWAY,
            GenesysFaultKind.GATEWAY_TIMEOUT,
            GenesysFaultKind.CONNECTION_RESET)) {
      faults.strikes(kind, name).ifPresent(fault -> context.put(Answers.FAULT, fault));
    }
    context.next();
  }

  private boolean refusedByFault(String name, RoutingContext context) {
    Optional<GenesysFaults.Fault> throttled = faults.strikes(GenesysFaultKind.THROTTLED, name);
    if (throttled.isPresent()) {
      tooMany(context, throttled.get().retryAfter());
    } else if (faults.strikes(GenesysFaultKind.SERVER_ERROR, name).isPresent()) {
      Answers.error(context, 500, "internal.server.error", "As ordered");
    } else if (faults.strikes(GenesysFaultKind.UNAVAILABLE, name).isPresent()) {
      Answers.error(context, 503, "service.unavailable", "As ordered");
    } else if (faults.strikes(GenesysFaultKind.FORBIDDEN, name).isPresent()) {
      Answers.error(context, 403, "missing.permissions", "A permission is missing, as ordered");
    } else if (faults.strikes(GenesysFaultKind.NOT_FOUND, name).isPresent()) {
      Answers.error(context, 404, "not.found", "As ordered");
    } else {
      return false;
    }
    return true;
  }

  private void tooMany(RoutingContext context, long seconds) {
    context.response().putHeader("Retry-After", Long.toString(seconds));
    JsonObject body =
        Answers.errorBody(429, "too.many.requests", "Rate limit exceeded the maximum.")
            .put(
                "limit",
                new JsonObject()
                    .put("key", "client.credentials.token.rate.per.minute")
                    .put("namespace", "platform.api")
                    .put("value", options.requestsPerWindow));
    Answers.json(context, 429, body);
  }

  static String bearer(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? header.substring(7).strip()
        : null;
  }

  private static String name(RoutingContext context) {
    String path = context.request().path();
    if (path.equals("/oauth/token")) {
      return "oauth";
    } else if (path.contains("/inbound/open/structured")) {
      return "structured";
    } else if (path.contains("/inbound/open/")) {
      return path.substring(path.lastIndexOf('/') + 1);
    } else if (path.contains("/participants/")) {
      return "participant";
    } else if (path.contains("/conversations/")) {
      return "conversation";
    } else if (path.endsWith("/subscriptions")) {
      return "subscriptions";
    } else if (path.contains("/notifications/channels")) {
      return "channels";
    } else if (path.endsWith("/outgoing/messages")) {
      return "outgoing";
    }
    return path.contains("/botconnector/") ? "bots" : "other";
  }
}
