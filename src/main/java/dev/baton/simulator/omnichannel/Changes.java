package dev.baton.simulator.omnichannel;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells pages that something has changed, as server-sent events. */
final class Changes {
  private static final String EVENT = "data: changed\n\n";

  private final Set<HttpServerResponse> pages = ConcurrentHashMap.newKeySet();
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();

  /** Keeps the page's connection; its first event comes at once. */
  void follow(RoutingContext c) {
    HttpServerResponse page =
        c.response()
            .setChunked(true)
            .putHeader("Content-Type", "text/event-stream")
            .putHeader("Cache-Control", "no-store");
    page.closeHandler(closed -> pages.remove(page));
    page.exceptionHandler(broken -> pages.remove(page));
    pages.add(page);
    page.write(EVENT);
  }

  /** Does this, too, at every change. */
  void then(Runnable action) {
    actions.add(action);
  }

  void tell() {
    actions.forEach(Runnable::run);
    pages.forEach(page -> page.write(EVENT));
  }
}
