package dev.baton.channel.genesys.widget;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.channel.genesys.widget.WidgetLinks.Link;
import dev.baton.channel.genesys.widget.WidgetProblem.Kind;
import dev.baton.configuration.Settings;
import dev.baton.directline.server.DirectLineTokens;
import dev.baton.journal.Journal;
import dev.baton.operations.StaticPages;
import dev.baton.privacy.PrivacyRules;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the widget under {@code /channels/genesys/<bot>/widget}: the page, its data, its events,
 * and the page with the bot's own chat.
 */
public final class WidgetServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WidgetServer.class);
  private static final String ROOT = "/channels/genesys/:bot/widget";
  private static final int MAX_BODY = 16 << 10;

  /** Before body handlers and catch-alls on the same router. */
  private static final int ORDER = -800;

  private final GenesysWidget widgets;
  private final Journal journal;
  private final WidgetView view;
  private final WidgetStreams streams;
  private final AgentTokens agents;
  private final DirectLineTokens tokens;
  private final Duration tokenLife;
  private final WorkerExecutor workers;
  private final Clock clock;

  @FunctionalInterface
  private interface Work {
    void on(RoutingContext context, WidgetSettings widget);
  }

  /**
   * @param tokens for the agent's own chat with the bot
   */
  public WidgetServer(
      Vertx vertx,
      GenesysWidget widgets,
      Journal journal,
      Settings settings,
      DirectLineTokens tokens,
      Clock clock) {
    this.widgets = widgets;
    this.journal = journal;
    this.view = new WidgetView(journal, PrivacyRules.of(settings.properties()), settings.hubs());
    this.streams = new WidgetStreams(vertx);
    this.agents = new AgentTokens(vertx, widgets.links());
    this.tokens = tokens;
    this.tokenLife = settings.canvas().tokenLife();
    this.workers = vertx.createSharedWorkerExecutor("baton-widget", 4);
    this.clock = clock;
    journal.addListener(streams);
  }

  /** Adds the widget's paths. */
  public void mount(Router router) {
    WidgetPages pages = new WidgetPages();
    page(router, ROOT, (context, widget) -> pages.serve(context, widget, "index.html"));
    page(router, ROOT + "/bot", (context, widget) -> pages.serve(context, widget, "bot.html"));
    page(router, ROOT + "/settings", this::settings);
    page(router, ROOT + "/conversation", this::conversation);
    page(router, ROOT + "/events", this::events);
    post(router, ROOT + "/session", this::session);
    post(router, ROOT + "/token", this::token);
    StaticPages.mount(router, "/genesys-widget/web", "web/canvas");
    StaticPages.mount(router, "/genesys-widget", "web/genesys-widget");
  }

  private void page(Router router, String path, Work work) {
    router.get(path).order(ORDER).handler(context -> run(context, work));
  }

  private void post(Router router, String path, Work work) {
    router
        .post(path)
        .order(ORDER)
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
        .handler(context -> run(context, work));
  }

  private void run(RoutingContext context, Work work) {
    try {
      WidgetSettings widget =
          widgets
              .of(context.pathParam("bot"))
              .orElseThrow(
                  () ->
                      new WidgetProblem(
                          Kind.NO_WIDGET, "This bot has no widget; widget.secret is not set."));
      work.on(context, widget);
    } catch (WidgetProblem e) {
      fail(context, e);
    }
  }

  /** What the page may do without a link. */
  private void settings(RoutingContext context, WidgetSettings widget) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("signIn", widget.apiUrl() == null ? null : widget.signInUrl());
    json(context, json);
  }

  private void conversation(RoutingContext context, WidgetSettings widget) {
    Link link = link(context);
    widgets.links().verify(widget, link);
    long after = after(context);
    workers
        .executeBlocking(() -> view.show(widget, link.handoff(), after), false)
        .onSuccess(json -> json(context, json))
        .onFailure(failure -> fail(context, failure));
  }

  private void events(RoutingContext context, WidgetSettings widget) {
    Link link = link(context);
    widgets.links().verify(widget, link);
    workers
        .executeBlocking(() -> view.find(widget.bot(), link.handoff()), false)
        .onSuccess(
            found -> {
              try {
                streams.serve(
                    found.id(), context.response(), Duration.between(clock.instant(), link.end()));
              } catch (WidgetProblem e) {
                fail(context, e);
              }
            })
        .onFailure(failure -> fail(context, failure));
  }

  /** An agent's token becomes a link of its own. */
  private void session(RoutingContext context, WidgetSettings widget) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    String token =
        header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
            ? header.substring(7).strip()
            : "";
    agents
        .handoff(widget, token, conversationId(context))
        .map(handoff -> widgets.links().sign(widget, handoff))
        .onSuccess(
            link -> json(context, JsonNodeFactory.instance.objectNode().put("query", link.query())))
        .onFailure(failure -> fail(context, failure));
  }

  /** A Direct Line token for the agent's own questions to the bot. */
  private void token(RoutingContext context, WidgetSettings widget) {
    Link link = link(context);
    widgets.links().verify(widget, link);
    String user = "dl_agent-" + UUID.randomUUID();
    json(
        context,
        JsonNodeFactory.instance
            .objectNode()
            .put("token", tokens.forNewConversation(widget.bot(), user, tokenLife)));
  }

  private static String conversationId(RoutingContext context) {
    try {
      JsonObject body = context.body().asJsonObject();
      return body == null ? null : body.getString("conversationId");
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }

  private static Link link(RoutingContext context) {
    return Link.of(
        context.request().getParam(WidgetLinks.HANDOFF),
        context.request().getParam(WidgetLinks.EXPIRES),
        context.request().getParam(WidgetLinks.SIGNATURE));
  }

  private static long after(RoutingContext context) {
    String after = context.request().getParam("after");
    try {
      return after == null ? -1 : Math.max(-1, Long.parseLong(after));
    } catch (NumberFormatException e) {
      throw new WidgetProblem(Kind.BAD_REQUEST, "after must be a whole number.");
    }
  }

  private static void json(RoutingContext context, ObjectNode json) {
    head(context, 200, "application/json; charset=utf-8").end(json.toString());
  }

  private static void fail(RoutingContext context, Throwable failure) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    if (failure instanceof WidgetProblem problem) {
      head(context, problem.kind().status, "application/problem+json")
          .end(problem.json().toString());
    } else {
      LOG.error("BTN-1210 The widget could not be served", failure);
      head(context, 500, "application/problem+json")
          .end(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("type", "about:blank")
                  .put("title", "The widget could not be served")
                  .put("status", 500)
                  .put("code", "BTN-1210")
                  .toString());
    }
  }

  private static HttpServerResponse head(RoutingContext context, int status, String type) {
    return context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
  }

  /** Ends every stream; widgets come again, which leads them to the active node. */
  public void closeStreams() {
    streams.closeAll();
  }

  @Override
  public void close() {
    journal.removeListener(streams);
    streams.close();
    agents.close();
    workers.close();
  }
}
