package dev.baton.operations;

import dev.baton.configuration.Secret;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * Lets administrators in: with the token where one is configured, else from loopback only. A page
 * in a browser on the same machine gets nothing: requests with an origin, or with a host name that
 * is not this machine's, are refused.
 */
final class ManagementGuard implements Handler<RoutingContext> {
  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final Secret token;

  ManagementGuard(Secret token) {
    this.token = token;
  }

  @Override
  public void handle(RoutingContext request) {
    if (request.request().getHeader("Origin") != null) {
      problem(request, 403, "BTN-4021", "The management API is not for pages in browsers.");
    } else if (token != null && !presented(request)) {
      request.response().putHeader("WWW-Authenticate", "Bearer");
      problem(request, 401, "BTN-4021", "Send the token baton.management.token as Bearer.");
    } else if (token == null && !fromHere(request)) {
      problem(
          request,
          403,
          "BTN-4021",
          "Without baton.management.token the management API answers loopback only.");
    } else {
      request.next();
    }
  }

  private boolean presented(RoutingContext request) {
    String header = request.request().getHeader("Authorization");
    String expected = "Bearer " + token.reveal();
    return header != null
        && MessageDigest.isEqual(
            header.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean fromHere(RoutingContext request) {
    SocketAddress remote = request.request().remoteAddress();
    var authority = request.request().authority();
    try {
      return remote != null
          && remote.hostAddress() != null
          && InetAddress.getByName(remote.hostAddress()).isLoopbackAddress()
          && authority != null
          && OWN_NAMES.contains(authority.host());
    } catch (UnknownHostException e) {
      return false; // a literal address always parses
    }
  }

  static void problem(RoutingContext request, int status, String code, String detail) {
    JsonObject problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("status", status)
            .put("code", code)
            .put("detail", detail);
    request.response().putHeader("Content-Type", "application/problem+json");
    json(request, status, problem.encode());
  }

  static void json(RoutingContext request, int status, String body) {
    if (!request.response().headers().contains("Content-Type")) {
      request.response().putHeader("Content-Type", "application/json");
    }
    request.response().setStatusCode(status).end(body);
  }
}
