package dev.baton.channel.genesys.widget;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The widget's two pages, with headers that let only the configured origins frame them. */
final class WidgetPages {
  private final Map<String, String> pages = new ConcurrentHashMap<>();

  WidgetPages() {
    for (String name : new String[] {"index.html", "bot.html"}) {
      pages.put(name, read(name));
    }
  }

  private static String read(String name) {
    try (InputStream in = WidgetPages.class.getResourceAsStream("/web/genesys-widget/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks web/genesys-widget/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void serve(RoutingContext context, WidgetSettings widget, String name) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("Content-Security-Policy", policy(widget))
        .putHeader("X-Content-Type-Options", "nosniff")
        // The link is a key: it must not travel on to other places as the page's address.
        .putHeader("Referrer-Policy", "no-referrer")
        .end(pages.get(name));
  }

  private static String policy(WidgetSettings widget) {
    String framers = widget.origins().isEmpty() ? "'none'" : String.join(" ", widget.origins());
    return "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
        + " img-src 'self' data: blob: https: http:; media-src 'self' data: blob: https:;"
        + " font-src 'self' data:; connect-src 'self' blob: ws: wss:; worker-src 'self' blob:;"
        + " base-uri 'none'; form-action 'none'; frame-ancestors "
        + framers;
  }
}
