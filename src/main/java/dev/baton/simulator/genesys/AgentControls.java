package dev.baton.simulator.genesys;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicLong;

/** Acting as an agent over HTTP: what the agent view uses, and tests. */
final class AgentControls {
  private static final String ONE = "/simulator/conversations/:id";

  private final GenesysSimulator simulator;
  private final AtomicLong version = new AtomicLong();

  AgentControls(GenesysSimulator simulator) {
    this.simulator = simulator;
  }

  void mount(Router router) {
    simulator.registry().watch(version::incrementAndGet);
    router.get("/simulator/conversations").handler(this::list);
    router.get("/simulator/events").handler(this::events);
    router.get(ONE).handler(SimulatorControls.with((context, body) -> show(context)));
    router.post(ONE + "/:action").handler(SimulatorControls.with(this::act));
  }

  private void list(RoutingContext context) {
    JsonArray all = new JsonArray();
    simulator.conversations().forEach(conversation -> all.add(summary(conversation)));
    Answers.json(context, 200, all);
  }

  private void show(RoutingContext context) {
    Answers.json(context, 200, full(conversation(context)));
  }

  /** Server-sent events that say that something changed; the page then reads again. */
  private void events(RoutingContext context) {
    HttpServerResponse response =
        context
            .response()
            .setChunked(true)
            .putHeader("Content-Type", "text/event-stream; charset=utf-8")
            .putHeader("Cache-Control", "no-store");
    response.write("data: " + version.get() + "\n\n");
    Runnable off =
        simulator
            .registry()
            .watch(
                () -> {
                  if (!response.closed() && !response.ended()) {
                    response.write("data: " + version.get() + "\n\n");
                  }
                });
    response.closeHandler(closed -> off.run());
    response.exceptionHandler(failure -> off.run());
  }

  private void act(RoutingContext context, JsonObject body) {
    GenesysConversation conversation = conversation(context);
    GenesysAgents agents = simulator.agents();
    Future<Integer> sent =
        switch (context.pathParam("action")) {
          case "alert" -> done(() -> agents.alert(conversation, agent(body)));
          case "unanswered" -> done(() -> agents.leaveUnanswered(conversation));
          case "accept" -> done(() -> agents.accept(conversation, agent(body)));
          case "typing" -> agents.typing(conversation);
          case "messages" -> message(conversation, body);
          case "flow" -> agents.flowSays(conversation, body.getString("text", ""));
          case "transfer" -> done(() -> transfer(conversation, body));
          case "leave" ->
              done(
                  () ->
                      agents.leave(
                          conversation,
                          DisconnectType.of(body.getString("disconnectType", "CLIENT"))));
          case "receipt" ->
              agents.receipt(
                  conversation,
                  conversation.messages().stream()
                      .filter(m -> m.id().equals(body.getString("messageId")))
                      .findFirst()
                      .orElseThrow(
                          () ->
                              new GenesysSimulatorException(
                                  "BTN-4785", "messageId names no message here")),
                  body.getString("status", "Delivered"));
          default ->
              throw new GenesysSimulatorException(
                  "BTN-4785",
                  "There are alert, unanswered, accept, typing, messages, flow, transfer, leave,"
                      + " receipt");
        };
    // Whoever wants to know how the webhook answered looks at the message's status.
    sent.onFailure(failure -> {});
    Answers.json(context, 200, full(conversation));
  }

  private static Future<Integer> done(Runnable action) {
    action.run();
    return Future.succeededFuture(0);
  }

  private Future<Integer> message(GenesysConversation conversation, JsonObject body) {
    GenesysAgents agents = simulator.agents();
    String text = body.getString("text", "");
    JsonObject media = body.getJsonObject("media");
    if (media != null) {
      return agents.sendMedia(
          conversation,
          media.getString("mediaType", "File"),
          media.getString("url"),
          media.getString("mime", "application/octet-stream"),
          media.getString("filename"),
          text);
    }
    JsonArray content = body.getJsonArray("content");
    return content == null
        ? agents.say(conversation, text)
        : agents.sendStructured(conversation, text, content);
  }

  private void transfer(GenesysConversation conversation, JsonObject body) {
    if (body.containsKey("queue")) {
      simulator.agents().transferToQueue(conversation, body.getString("queue"));
    } else {
      GenesysAgent to =
          body.containsKey("agent")
              ? new GenesysAgent("user-" + body.getString("agent"), body.getString("agent"))
              : GenesysAgent.SAM;
      String how = body.getString("disconnectType", "TRANSFER");
      simulator.agents().transfer(conversation, to, DisconnectType.of(how));
    }
  }

  private static GenesysAgent agent(JsonObject body) {
    String name = body.getString("agent");
    return name == null || name.isBlank()
        ? GenesysAgent.ROBIN
        : new GenesysAgent("user-" + name, name);
  }

  private GenesysConversation conversation(RoutingContext context) {
    return simulator
        .conversation(context.pathParam("id"))
        .orElseThrow(
            () ->
                new GenesysSimulatorException(
                    "BTN-4784",
                    "There is no such conversation; GET /simulator/conversations lists them"));
  }

  private static JsonObject summary(GenesysConversation conversation) {
    var messages = conversation.messages();
    return new JsonObject()
        .put("id", conversation.id())
        .put("customerId", conversation.customerId())
        .put("name", conversation.participants().get(0).name())
        .put("state", conversation.state())
        .put("startedAt", conversation.started().toString())
        .put(
            "last",
            messages.stream()
                .filter(m -> !m.type().equals("Event"))
                .reduce((first, last) -> last)
                .map(GenesysMessage::text)
                .orElse(""));
  }

  private static JsonObject full(GenesysConversation conversation) {
    JsonArray messages = new JsonArray();
    conversation.messages().forEach(message -> messages.add(message.toJson()));
    JsonObject attributes = new JsonObject();
    conversation.attributes().forEach(attributes::put);
    return summary(conversation)
        .put("attributes", attributes)
        .put("participants", conversation.toMediaJson().getJsonArray("participants"))
        .put("messages", messages);
  }
}
