package dev.baton.operations;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;

/**
 * Serves Baton's pages from the class path, with headers that keep a browser from doing anything
 * with them but show them. Pages are plain files: an {@code index.html} with its scripts and styles
 * beside it, no inline script.
 */
public final class StaticPages {
  /**
   * Scripts from here only. Inline styles are allowed because Web Chat makes its styles at run
   * time; images may come from anywhere because bots and agents send them; sockets of any host
   * because a service may give a stream address of its own.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data: blob: https: http:; media-src 'self' data: blob: https:;"
          + " font-src 'self' data:; connect-src 'self' blob: ws: wss:; worker-src 'self' blob:;"
          + " manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private StaticPages() {}

  /**
   * Serves a folder of the class path below a path. {@code path} itself, with or without a slash at
   * its end, is the folder's {@code index.html}. What the folder lacks goes on to the router's next
   * routes.
   *
   * @param path for example {@code /desk}
   * @param folder for example {@code web/desk}
   */
  public static void mount(Router router, String path, String folder) {
    mount(router, path, folder, "");
  }

  /**
   * The same with more allowed.
   *
   * @param policy directives added to the Content-Security-Policy, such as {@code frame-src https:}
   */
  public static void mount(Router router, String path, String folder, String policy) {
    StaticHandler files =
        StaticHandler.create(FileSystemAccess.RELATIVE, folder)
            .setIndexPage("index.html")
            .setDirectoryListing(false)
            .setIncludeHidden(false)
            // The browser asks each time whether a page has changed and gets 304 when it has not.
            .setFilesReadOnly(false)
            .setMaxAgeSeconds(0)
            .setAlwaysAsyncFS(true)
            .setDefaultContentEncoding("UTF-8");
    // Relative addresses in a page only work below a slash. The exact route also matches with one.
    router
        .get(path)
        .handler(
            context -> {
              if (context.request().path().equals(path)) {
                context.redirect(path + "/");
              } else {
                context.next();
              }
            });
    router
        .route(path + "/*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(context -> secure(context, policy))
        .handler(files);
  }

  private static void secure(RoutingContext context, String policy) {
    context
        .response()
        .putHeader(
            "Content-Security-Policy",
            policy.isEmpty() ? CONTENT_SECURITY_POLICY : CONTENT_SECURITY_POLICY + "; " + policy)
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    context.next();
  }
}
