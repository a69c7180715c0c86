package dev.baton.hub.desk;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/** Tells requests of the desk's own page from those that another site made a browser send. */
final class SameOrigin {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private SameOrigin() {}

  /**
   * Whether the request certainly comes from another site: browsers tell so by {@code
   * Sec-Fetch-Site} or {@code Origin}, other clients send neither.
   */
  static boolean isForeign(HttpServerRequest request, URI publicUrl) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return true;
    }
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return false;
    }
    String authority = authority(origin);
    boolean own = authority != null && authority.equalsIgnoreCase(host(request));
    boolean published =
        authority != null
            && publicUrl != null
            && authority.equalsIgnoreCase(publicUrl.getRawAuthority());
    return !own && !published;
  }

  /** Whether a browser has confirmed that its own page sent the request. */
  static boolean isConfirmed(HttpServerRequest request, URI publicUrl) {
    boolean told =
        request.getHeader("Origin") != null
            || "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    return told && !isForeign(request, publicUrl);
  }

  /**
   * Whether the request was made on this machine, to this machine: the peer is loopback, no proxy
   * has forwarded it, and the page was not reached by a foreign name that resolves to loopback.
   */
  static boolean isLocal(HttpServerRequest request) {
    boolean forwarded =
        request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null;
    return !forwarded
        && isLoopback(request.remoteAddress().hostAddress())
        && isLoopbackName(host(request));
  }

  /** The name that the client asked for, with the port: HTTP/2 has it outside the headers. */
  private static String host(HttpServerRequest request) {
    String header = request.getHeader("Host");
    HostAndPort authority = request.authority();
    return header != null || authority == null ? header : authority.toString();
  }

  private static boolean isLoopback(String address) {
    try {
      return address != null && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isLoopbackName(String host) {
    if (host == null) {
      return false;
    }
    return LOOPBACK_NAMES.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT));
  }

  private static String authority(String origin) {
    try {
      return URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
