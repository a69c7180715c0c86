package dev.baton.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.util.List;

/**
 * The page a browser gets at {@code /} of the demo: what this is, where to click, and a customer's
 * chat. The page itself is static; what differs from place to place it reads from {@code
 * /start/start.json}.
 */
public final class StartPage {

  /**
   * A place to go.
   *
   * @param href absolute, or a path on the same server
   * @param description one line
   */
  public record Link(String title, String href, String description) {}

  private StartPage() {}

  /**
   * Mounts the page, {@code /start/*} beside it and Web Chat ({@code /web/webchat.js}).
   *
   * @param bot whose token the canvas fetches at {@code /bots/<bot>/directline/token}
   * @param lead what the visitor looks at, one or two sentences
   * @param sendStartConversation whether the page itself asks the bot for its greeting; false when
   *     the server does so
   */
  public static void mount(
      Router router, String bot, String lead, boolean sendStartConversation, List<Link> links) {
    mount(router, bot, lead, sendStartConversation, links, null);
  }

  /**
   * The same on a server that tells which human a conversation has been handed to.
   *
   * @param handoff path that answers {@code ?conversation=<id>} with JSON: {@code phase}, {@code
   *     hub}, {@code rule}, {@code byCustomer}, {@code offered}; null for none
   */
  public static void mount(
      Router router,
      String bot,
      String lead,
      boolean sendStartConversation,
      List<Link> links,
      String handoff) {
    ObjectNode start = JsonNodeFactory.instance.objectNode();
    start.put("bot", bot).put("lead", lead);
    start.put("sendStartConversation", sendStartConversation);
    start.put("handoff", handoff);
    ArrayNode places = start.putArray("links");
    links.forEach(
        link ->
            places
                .addObject()
                .put("title", link.title())
                .put("href", link.href())
                .put("description", link.description()));
    String json = start.toString();
    router
        .get("/start/start.json")
        .handler(
            context ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .end(json));
    StaticPages.mount(router, "/web", "web/canvas");
    StaticPages.mount(router, "/start", "web/start");
    router.get("/").handler(context -> context.reroute("/start/"));
  }
}
