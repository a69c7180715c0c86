package dev.baton.simulator.servicenow;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What stands before every API: faults on the wire, authentication and rate limits. */
final class Access {
  private final Vertx vertx;
  private final InstanceOptions options;
  private final Tables tables;
  private final Faults faults;
  private final OAuth oauth;
  private final Clock clock;
  private final Map<String, Integer> used = new HashMap<>();
  private long hour;

  Access(
      Vertx vertx,
      InstanceOptions options,
      Tables tables,
      Faults faults,
      OAuth oauth,
      Clock clock) {
    this.vertx = vertx;
    this.options = options;
    this.tables = tables;
    this.faults = faults;
    this.oauth = oauth;
    this.clock = clock;
  }

  /** Faults that strike before a call is looked at, and those that spoil its answer. */
  Handler<RoutingContext> wire(String call) {
    return context -> {
      if (faults.strikes(FaultKind.TOKEN_EXPIRED, call, null).isPresent()) {
        oauth.expire();
      }
      if (refuse(context, call)) {
        return;
      }
      if (faults.strikes(FaultKind.CONNECTION_RESET, call, null).isPresent()) {
        context.addHeadersEndHandler(headers -> context.request().connection().close());
      }
      Optional<Fault> slow = faults.strikes(FaultKind.SLOW, call, null);
      if (slow.isPresent()) {
        // The body must not be read past before anybody listens for it.
        context.request().pause();
        vertx.setTimer(
            Math.max(1, slow.get().delay().toMillis()),
            timer -> {
              context.request().resume();
              context.next();
            });
      } else {
        context.next();
      }
    };
  }

  private boolean refuse(RoutingContext context, String call) {
    if (faults.strikes(FaultKind.ASLEEP, call, null).isPresent()) {
      Answers.text(
          context,
          200,
          "text/html;charset=UTF-8",
          "<html><head><title>Instance Hibernating page</title></head>"
              + "<body>Your instance is hibernating.</body></html>");
      return true;
    }
    Optional<Fault> throttled = faults.strikes(FaultKind.THROTTLED, call, null);
    if (throttled.isPresent()) {
      limited(context, "fault", "The simulator's fault", 0, throttled.get().retryAfter());
      return true;
    }
    if (faults.strikes(FaultKind.MFA_REQUIRED, call, null).isPresent()) {
      context.response().putHeader("X-MFA_TOKEN", "invalid");
      unauthorized(context);
      return true;
    }
    if (faults.strikes(FaultKind.UNAUTHORIZED, call, null).isPresent()) {
      unauthorized(context);
      return true;
    }
    Map<FaultKind, Integer> statuses =
        Map.of(
            FaultKind.SERVER_ERROR, 500,
            FaultKind.UNAVAILABLE, 503,
            FaultKind.FORBIDDEN, 403,
            FaultKind.NOT_FOUND, 404,
            FaultKind.DISABLED, 405);
    for (Map.Entry<FaultKind, Integer> status : statuses.entrySet()) {
      if (faults.strikes(status.getKey(), call, null).isPresent()) {
        Answers.error(context, status.getValue(), "As ordered", status.getKey().description());
        return true;
      }
    }
    return false;
  }

  /** Basic with the service account, or a bearer token that lives. */
  void authenticated(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && (basic(header) || bearer(header))) {
      context.next();
    } else {
      unauthorized(context);
    }
  }

  private boolean basic(String header) {
    String expected = options.username + ":" + options.password;
    return header.equals(
        "Basic " + Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.UTF_8)));
  }

  private boolean bearer(String header) {
    return header.regionMatches(true, 0, "Bearer ", 0, 7)
        && oauth.accepts(header.substring(7).strip());
  }

  static void unauthorized(RoutingContext context) {
    context.response().putHeader("WWW-Authenticate", "BASIC realm=\"Service-now\"");
    Answers.error(context, 401, "User Not Authenticated", "Required to provide Auth information");
  }

  /** Counts the call against every rule whose path it is under; per hour of the clock. */
  void limited(RoutingContext context) {
    long now = clock.instant().getEpochSecond();
    for (Map<String, String> rule : tables.find("sys_rate_limit_rules", "active=true")) {
      if (context.request().path().startsWith(rule.get("path"))) {
        int limit = Integer.parseInt(rule.get("request_limit_per_hour"));
        if (count(rule.get("sys_id"), now / 3600) > limit) {
          limited(context, rule.get("sys_id"), rule.get("name"), limit, 3600 - now % 3600);
          return;
        }
        context
            .response()
            .putHeader("X-RateLimit-Limit", String.valueOf(limit))
            .putHeader("X-RateLimit-Reset", String.valueOf((now / 3600 + 1) * 3600))
            .putHeader("X-RateLimit-Rule", rule.get("sys_id"));
      }
    }
    context.next();
  }

  private synchronized int count(String rule, long currentHour) {
    if (hour != currentHour) {
      hour = currentHour;
      used.clear();
    }
    return used.merge(rule, 1, Integer::sum);
  }

  synchronized void clear() {
    used.clear();
  }

  private void limited(
      RoutingContext context, String rule, String name, int limit, long retryAfter) {
    HttpServerResponse response = context.response();
    response.putHeader("X-RateLimit-Limit", String.valueOf(limit));
    response.putHeader(
        "X-RateLimit-Reset", String.valueOf(clock.instant().getEpochSecond() + retryAfter));
    response.putHeader("X-RateLimit-Rule", rule);
    response.putHeader("Retry-After", String.valueOf(retryAfter));
    Answers.error(
        context,
        429,
        "Rate limit exceeded",
        "Rate limit of %d requests per hour for %s exceeded".formatted(limit, name));
  }
}
