package dev.baton.directline.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;

/** How a client reaches this service from outside. */
final class PublicUrls {
  private final DirectLineServerConfig config;

  PublicUrls(DirectLineServerConfig config) {
    this.config = config;
  }

  /** {@code scheme://host[:port][/path]}, without a slash at the end. */
  String base(HttpServerRequest request) {
    if (config.publicUrl != null) {
      String url = config.publicUrl.toString();
      return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
    String scheme = request.isSSL() ? "https" : "http";
    HostAndPort authority = request.authority();
    String host = authority == null ? "localhost" : authority.toString();
    if (config.trustForwarded) {
      String proto = first(request.getHeader("X-Forwarded-Proto"), scheme);
      scheme = proto.equalsIgnoreCase("https") || proto.equalsIgnoreCase("wss") ? "https" : "http";
      host = first(request.getHeader("X-Forwarded-Host"), host);
    }
    return scheme + "://" + host;
  }

  /** {@code scheme://host[:port]} of {@link #base}. */
  String origin(HttpServerRequest request) {
    URI base = URI.create(base(request));
    return base.getScheme() + "://" + base.getRawAuthority();
  }

  String streamUrl(HttpServerRequest request, String conversation, long after, String token) {
    // http becomes ws, https wss.
    return "ws"
        + base(request).substring("http".length())
        + config.prefix
        + "/conversations/"
        + conversation
        + "/stream?watermark="
        + (after < 0 ? "-" : Watermark.format(after))
        + "&t="
        + token;
  }

  String attachmentUrl(HttpServerRequest request, String id, String encodedName) {
    return base(request) + config.prefix + "/attachments/" + id + "/" + encodedName;
  }

  /** Proxies in a row each append a value; the first is the client's side. */
  private static String first(String header, String otherwise) {
    return header == null || header.isBlank() ? otherwise : header.split(",", 2)[0].strip();
  }
}
