package dev.baton.simulator.servicenow;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code /oauth_token.do}: grants {@code password}, {@code refresh_token} and {@code
 * client_credentials}, by form only. Who asks again early gets the same token with the life it has
 * left.
 */
final class OAuth {
  private record Token(String value, Instant end) {}

  private final InstanceOptions options;
  private final Clock clock;
  private final Map<String, Token> access = new HashMap<>();
  private final Set<String> refresh = new TreeSet<>();
  private int issued;

  OAuth(InstanceOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  void mount(Router router) {
    router.post("/oauth_token.do").handler(this::token);
  }

  private void token(RoutingContext context) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
      // The vendor's answer to JSON says no more than this.
      refuse(context, "server_error", "access_denied");
      return;
    }
    MultiMap form = context.request().formAttributes();
    boolean client =
        options.clientId.equals(form.get("client_id"))
            && options.clientSecret.equals(form.get("client_secret"));
    String grant = String.valueOf(form.get("grant_type"));
    boolean granted =
        client
            && switch (grant) {
              case "password" ->
                  options.username.equals(form.get("username"))
                      && options.password.equals(form.get("password"));
              case "refresh_token" -> knows(form.get("refresh_token"));
              case "client_credentials" -> true;
              default -> false;
            };
    if (!granted) {
      refuse(context, "access_denied", client ? "server_error" : "invalid_client");
      return;
    }
    Answers.json(context, 200, issue(grant));
  }

  private synchronized boolean knows(String token) {
    return token != null && refresh.contains(token);
  }

  private synchronized JsonObject issue(String grant) {
    Instant now = clock.instant();
    Token token = access.get(grant);
    if (token == null || !token.end().isAfter(now)) {
      token = new Token(Tables.newId() + Tables.newId(), now.plus(options.tokenLife));
      access.put(grant, token);
      issued++;
    }
    JsonObject answer =
        new JsonObject()
            .put("access_token", token.value())
            .put("scope", "useraccount")
            .put("token_type", "Bearer")
            .put("expires_in", Math.max(0, Duration.between(now, token.end()).toSeconds()));
    if (grant.equals("password")) {
      String again = Tables.newId();
      refresh.add(again);
      answer.put("refresh_token", again);
    }
    return answer;
  }

  private static void refuse(RoutingContext context, String error, String description) {
    Answers.json(
        context, 401, new JsonObject().put("error", error).put("error_description", description));
  }

  synchronized boolean accepts(String token) {
    return access.values().stream()
        .anyMatch(known -> known.value().equals(token) && known.end().isAfter(clock.instant()));
  }

  /** Every access token is void from now on. */
  synchronized void expire() {
    access.clear();
  }

  /** How many different access tokens were given out. */
  synchronized int issued() {
    return issued;
  }
}
