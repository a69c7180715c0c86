package dev.baton.simulator.servicenow;

import dev.baton.operations.StaticPages;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The agent view at {@code /simulator/agent/} and what it calls: {@code GET
 * /simulator/agent/api/state?seen=N} waits for a change after number N, the others act.
 */
final class AgentApi {
  private static final String API = "/simulator/agent/api";
  private static final long PATIENCE_MILLIS = 20_000;

  private final Vertx vertx;
  private final Tables tables;
  private final Conversations conversations;
  private final AgentDesk desk;
  private final Routing routing;

  AgentApi(
      Vertx vertx, Tables tables, Conversations conversations, AgentDesk desk, Routing routing) {
    this.vertx = vertx;
    this.tables = tables;
    this.conversations = conversations;
    this.desk = desk;
    this.routing = routing;
  }

  void mount(Router router) {
    router.get(API + "/state").handler(this::state);
    router.post(API + "/agents/:agent/:verb").handler(context -> act(context, this::agent));
    router.post(API + "/chats/:chat/:verb").handler(context -> act(context, this::chat));
    StaticPages.mount(router, "/simulator/agent", "web/servicenow-agent");
  }

  private interface Deed {
    void doIt(String name, String verb, JsonObject body);
  }

  private void act(RoutingContext context, Deed deed) {
    try {
      JsonObject body = context.body().asJsonObject();
      String chat = context.pathParam("chat");
      deed.doIt(
          chat == null ? context.pathParam("agent") : chat,
          context.pathParam("verb"),
          body == null ? new JsonObject() : body);
      context.response().setStatusCode(204).end();
    } catch (SimulatorException e) {
      Answers.problem(context, 409, e.code(), e.getMessage());
    } catch (DecodeException
        | ClassCastException
        | NullPointerException
        | NoSuchElementException e) {
      Answers.problem(context, 400, "BTN-4758", "The call is not valid: " + e.getMessage());
    }
  }

  private void agent(String agent, String verb, JsonObject body) {
    switch (verb) {
      case "available" -> desk.available(agent, body.getBoolean("on"));
      case "capacity" -> desk.capacity(agent, body.getInteger("chats"));
      default -> throw unknown(verb);
    }
  }

  private void chat(String chat, String verb, JsonObject body) {
    switch (verb) {
      case "accept" -> {
        if (body.containsKey("agent")) {
          desk.accept(chat, body.getString("agent"));
        } else {
          desk.accept(chat);
        }
      }
      case "say" -> desk.say(chat, text(body, "text"));
      case "typing" -> desk.typing(chat, body.getBoolean("on"));
      case "transfer" -> {
        if (body.containsKey("queue")) {
          desk.transferToQueue(chat, body.getString("queue"));
        } else {
          desk.transferToAgent(chat, text(body, "agent"));
        }
      }
      case "end" -> desk.end(chat);
      case "control" -> desk.control(chat, text(body, "name"));
      case "image" -> desk.image(chat, text(body, "url"), body.getString("description", ""));
      case "system" -> desk.system(chat, text(body, "text"));
      case "sub-header" -> desk.subHeader(chat, text(body, "text"));
      case "autopilot" -> desk.autopilot(chat, body.getBoolean("on"));
      case "wait" -> desk.waitMessage(chat, text(body, "text"), body.getString("time", "1 Minute"));
      case "stream" ->
          desk.stream(
              chat,
              Duration.ofMillis(body.getLong("pauseMillis", 100L)),
              text(body, "text").split("(?<= )", -1));
      default -> throw unknown(verb);
    }
  }

  private static String text(JsonObject body, String key) {
    String text = body.getString(key);
    if (text == null || text.isBlank()) {
      throw new SimulatorException("BTN-4758", "'" + key + "' is missing");
    }
    return text;
  }

  private static SimulatorException unknown(String verb) {
    return new SimulatorException("BTN-4758", "There is no '" + verb + "'");
  }

  private void state(RoutingContext context) {
    String seen = context.request().getParam("seen");
    if (seen == null || !seen.matches("\\d{1,18}")) {
      Answers.json(context, 200, state());
      return;
    }
    AtomicBoolean answered = new AtomicBoolean();
    Runnable answer =
        () ->
            context
                .vertx()
                .getOrCreateContext()
                .runOnContext(
                    now -> {
                      if (answered.compareAndSet(false, true)
                          && !context.response().closed()
                          && !context.response().ended()) {
                        Answers.json(context, 200, state());
                      }
                    });
    long timer = vertx.setTimer(PATIENCE_MILLIS, waited -> answer.run());
    Runnable watcher =
        () -> {
          vertx.cancelTimer(timer);
          answer.run();
        };
    context
        .response()
        .closeHandler(
            gone -> {
              vertx.cancelTimer(timer);
              conversations.forget(watcher);
            });
    conversations.afterChange(Long.parseLong(seen), watcher);
  }

  private JsonObject state() {
    synchronized (conversations) {
      JsonArray agents = new JsonArray();
      for (Map<String, String> row :
          tables.find("awa_agent_presence_capacity", "ac_channel.name=Chat")) {
        String user = row.get("ac_user");
        agents.add(
            new JsonObject()
                .put("id", user)
                .put("name", tables.displayOf("sys_user", user))
                .put("available", row.get("aca_available").equals("true"))
                .put("free", routing.free(user)));
      }
      JsonArray queues = new JsonArray();
      tables
          .find("awa_queue", "active=true^ORDERBYname")
          .forEach(
              queue ->
                  queues.add(
                      new JsonObject()
                          .put("id", queue.get("sys_id"))
                          .put("name", queue.get("name"))));
      JsonArray chats = new JsonArray();
      List<VaChat> all = desk.chats();
      for (int i = all.size() - 1; i >= 0 && chats.size() < 100; i--) {
        chats.add(describe(all.get(i)));
      }
      return new JsonObject()
          .put("change", conversations.changes())
          .put("agents", agents)
          .put("queues", queues)
          .put("chats", chats);
    }
  }

  private JsonObject describe(VaChat chat) {
    JsonArray lines = new JsonArray();
    for (VaChat.Line line : chat.lines()) {
      lines.add(
          new JsonObject()
              .put("from", line.from())
              .put("name", line.name())
              .put("text", line.text())
              .put("at", line.at())
              .put("status", line.id() == null ? null : chat.receipts().get(line.id())));
    }
    JsonArray files = new JsonArray();
    chat.attachments().forEach(files::add);
    String user = tables.displayOf("sys_user", chat.openedFor);
    return new JsonObject()
        .put("id", chat.id())
        .put("user", user.isEmpty() ? "Guest " + chat.userId() : user)
        .put("state", chat.state().name())
        .put("agent", tables.displayOf("sys_user", chat.agentId()))
        .put("agentId", chat.agentId())
        .put("queue", tables.displayOf("awa_queue", chat.queueId()))
        .put("since", chat.queuedAt)
        .put("typing", chat.userTyping())
        .put("context", chat.contextVariables())
        .put("history", chat.history())
        .put("files", files)
        .put("lines", lines);
  }
}
