package dev.baton.simulator.servicenow;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/** Neither other machines nor pages of other sites get in: address and host must be loopback. */
final class LoopbackOnly {
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

  private LoopbackOnly() {}

  static void guard(RoutingContext context) {
    if (here(context)) {
      context.next();
    } else {
      Answers.problem(
          context,
          403,
          "BTN-4753",
          "The simulator's controls answer on this machine's loopback only");
    }
  }

  private static boolean here(RoutingContext context) {
    String address = context.request().remoteAddress().hostAddress();
    String host = context.request().authority() == null ? "" : context.request().authority().host();
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    boolean sameOrigin = origin == null || origin.endsWith("://" + context.request().authority());
    try {
      return address != null
          && InetAddress.getByName(address).isLoopbackAddress()
          && HOSTS.contains(host)
          && sameOrigin;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
