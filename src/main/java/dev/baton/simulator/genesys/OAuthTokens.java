package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** OAuth by client credentials, and how many calls each token has left in its window. */
final class OAuthTokens {
  private final GenesysSimulatorOptions options;
  private final Clock clock;
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger issued = new AtomicInteger();

  private static final class Token {
    /** Null for the client's own. */
    final GenesysAgent agent;

    final Instant expires;
    Instant windowEnds = Instant.MIN;
    int calls;

    Token(GenesysAgent agent, Instant expires) {
      this.agent = agent;
      this.expires = expires;
    }
  }

  OAuthTokens(GenesysSimulatorOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  /** {@code POST /oauth/token}. */
  void issue(RoutingContext context) {
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (options.clientId + ":" + options.clientSecret)
                        .getBytes(StandardCharsets.UTF_8));
    if (!"client_credentials".equals(context.request().getFormAttribute("grant_type"))) {
      refuse(context, 400, "unsupported_grant_type", "grant_type must be client_credentials");
    } else if (!expected.equals(context.request().getHeader("Authorization"))) {
      refuse(context, 401, "invalid_client", "client not found or wrong secret");
    } else {
      String token = make(null);
      Answers.json(
          context,
          200,
          new JsonObject()
              .put("access_token", token)
              .put("token_type", "bearer")
              .put("expires_in", Math.max(1, options.tokenLife.toSeconds())));
    }
  }

  private String make(GenesysAgent agent) {
    String token = "sim-" + UUID.randomUUID();
    tokens.put(token, new Token(agent, clock.instant().plus(options.tokenLife)));
    issued.incrementAndGet();
    return token;
  }

  /** A token as the agent gets it at login. */
  String ofAgent(GenesysAgent agent) {
    return make(agent);
  }

  /**
   * {@code GET /oauth/authorize} of the implicit grant: nobody is asked, the agent comes back at
   * once with a token in the address's fragment.
   */
  void authorize(RoutingContext context) {
    String back = context.request().getParam("redirect_uri");
    if (!"token".equals(context.request().getParam("response_type"))
        || !options.clientId.equals(context.request().getParam("client_id"))
        || back == null
        || !back.startsWith("http")) {
      refuse(context, 400, "invalid_request", "client_id, redirect_uri and response_type=token");
      return;
    }
    String state = context.request().getParam("state");
    String fragment =
        "#access_token="
            + make(GenesysAgent.ROBIN)
            + "&token_type=bearer&expires_in="
            + options.tokenLife.toSeconds()
            + (state == null ? "" : "&state=" + URLEncoder.encode(state, StandardCharsets.UTF_8));
    context.response().setStatusCode(302).putHeader("Location", back + fragment).end();
  }

  /** {@code GET /api/v2/users/me}. */
  void me(RoutingContext context) {
    GenesysAgent agent = tokens.get(ApiGate.bearer(context)).agent;
    if (agent == null) {
      Answers.error(
          context, 400, "bad.request", "This request requires a user context; log in as an agent");
    } else {
      Answers.json(
          context,
          200,
          new JsonObject()
              .put("id", agent.id())
              .put("name", agent.name())
              .put("selfUri", "/api/v2/users/" + agent.id()));
    }
  }

  private static void refuse(RoutingContext context, int status, String error, String why) {
    Answers.json(
        context,
        status,
        new JsonObject().put("error", error).put("description", why).put("error_description", why));
  }

  /** How many tokens were given out. */
  int issued() {
    return issued.get();
  }

  boolean valid(String token) {
    Token known = token == null ? null : tokens.get(token);
    return known != null && clock.instant().isBefore(known.expires);
  }

  void revoke(String token) {
    tokens.remove(token);
  }

  void revokeAll() {
    tokens.clear();
  }

  /** Counts a call. Null when the token may make it, else how long it has to wait. */
  Duration overRate(String token) {
    Token known = tokens.get(token);
    if (known == null) {
      return null;
    }
    synchronized (known) {
      Instant now = clock.instant();
      if (!now.isBefore(known.windowEnds)) {
        known.windowEnds = now.plus(options.rateWindow);
        known.calls = 0;
      }
      known.calls++;
      return known.calls <= options.requestsPerWindow
          ? null
          : Duration.between(now, known.windowEnds);
    }
  }
}
