package dev.baton.simulator.genesys;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The inbound endpoints of Open Messaging, and the integration as it is set up. */
final class OpenMessagingApi {
  private static final String ROOT = "/api/v2/conversations/messages/:integration/inbound/open/";

  private static final String INTEGRATION =
      "/api/v2/conversations/messaging/integrations/open/:integration";

  private final GenesysSimulatorOptions options;
  private final GenesysFaults faults;
  private final GenesysConversations conversations;

  /** The first answer to each message, by its id and time: a repetition gets the same. */
  private final Map<List<String>, JsonObject> answered = new ConcurrentHashMap<>();

  private interface Check {
    List<String> of(JsonObject body);
  }

  private interface Work {
    void on(RoutingContext context, JsonObject body);
  }

  OpenMessagingApi(
      GenesysSimulatorOptions options, GenesysFaults faults, GenesysConversations conversations) {
    this.options = options;
    this.faults = faults;
    this.conversations = conversations;
  }

  void mount(Router router) {
    post(router, "message", body -> InboundRules.message(body, options.maxText), this::message);
    post(router, "event", InboundRules::event, this::event);
    post(router, "receipt", InboundRules::receipt, this::receipt);
    post(router, "structured/response", InboundRules::structured, this::structured);
    router.get(INTEGRATION).handler(this::integration);
  }

  /** Never with the secret: the platform does not show it again either. */
  private void integration(RoutingContext context) {
    if (!options.integrationId.equals(context.pathParam("integration"))) {
      Answers.error(context, 404, "not.found", "No such integration");
      return;
    }
    Answers.json(
        context,
        200,
        new JsonObject()
            .put("id", options.integrationId)
            .put("name", "Simulated Open Messaging")
            .put("outboundNotificationWebhookUrl", options.webhookUrl)
            .put("createStatus", "Completed"));
  }

  private void post(Router router, String name, Check check, Work work) {
    router
        .post(ROOT + name)
        .handler(
            context -> {
              if (!options.integrationId.equals(context.pathParam("integration"))) {
                Answers.error(context, 404, "not.found", "No such integration");
                return;
              }
              JsonObject body;
              try {
                body = context.body().asJsonObject();
              } catch (DecodeException | ClassCastException e) {
                body = null;
              }
              List<String> wrong =
                  body == null ? List.of("the body must be a JSON object") : check.of(body);
              if (wrong.isEmpty()) {
                work.on(context, body);
              } else {
                Answers.error(context, 400, "bad.request", String.join("; ", wrong));
              }
            });
  }

  private void message(RoutingContext context, JsonObject body) {
    take(context, body, "Text", body.getString("text", ""), body.getJsonArray("content"));
  }

  private void structured(RoutingContext context, JsonObject body) {
    String origin = body.getString("originatingMessageId");
    String from = body.getJsonObject("channel").getJsonObject("from").getString("id");
    boolean known =
        conversations
            .ofCustomer(from)
            .filter(conversation -> conversation.statusOf(origin).isPresent())
            .isPresent();
    if (!known) {
      Answers.error(context, 400, "bad.request", "originatingMessageId names no message sent");
      return;
    }
    JsonObject response = body.getJsonObject("buttonResponse");
    JsonArray content =
        new JsonArray()
            .add(
                new JsonObject()
                    .put("contentType", "ButtonResponse")
                    .put("buttonResponse", response));
    take(context, body, "Structured", response.getString("text"), content);
  }

  private void take(
      RoutingContext context, JsonObject body, String type, String text, JsonArray content) {
    JsonObject channel = body.getJsonObject("channel");
    JsonObject from = channel.getJsonObject("from");
    String messageId = channel.getString("messageId");
    boolean prefetch =
        "true".equals(context.request().getParam("prefetchConversationId"))
            && faults.strikes(GenesysFaultKind.NO_CONVERSATION_ID, "message").isEmpty();
    // Without an id of the sender the platform gives one, and nothing can be a repetition.
    List<String> key =
        List.of(
            from.getString("id"),
            messageId == null ? UUID.randomUUID().toString() : messageId,
            channel.getString("time"));
    GenesysConversation[] taken = new GenesysConversation[1];
    JsonObject answer =
        answered.computeIfAbsent(
            key,
            k -> {
              JsonObject attributes =
                  channel
                      .getJsonObject("metadata", new JsonObject())
                      .getJsonObject("customAttributes", new JsonObject());
              taken[0] =
                  conversations.forMessage(
                      from.getString("id"), from.getString("nickname"), attributes);
              return add(taken[0], body, type, text, content);
            });
    JsonObject shown = answer.copy();
    if (!prefetch) {
      shown.remove("conversationId");
    }
    Answers.json(context, 200, shown);
    if (taken[0] != null) {
      conversations.messageTaken(taken[0]);
    }
  }

  private JsonObject add(
      GenesysConversation conversation,
      JsonObject body,
      String type,
      String text,
      JsonArray content) {
    JsonObject channel = body.getJsonObject("channel");
    GenesysMessage message =
        new GenesysMessage(
            UUID.randomUUID().toString().replace("-", ""),
            true,
            "customer",
            type,
            text,
            content == null ? new JsonArray() : content,
            "Received",
            Millis.now(),
            channel.getString("time"),
            channel.getString("messageId"));
    conversation.add(message);
    JsonObject out =
        new JsonObject()
            .put("id", options.integrationId)
            .put("platform", "Open")
            .put("type", "Private")
            .put("to", new JsonObject().put("id", options.integrationId))
            .put("from", channel.getJsonObject("from"))
            .put("time", channel.getString("time"));
    String messageId = channel.getString("messageId");
    out.put("messageId", messageId == null ? message.id() : messageId);
    if (channel.containsKey("metadata")) {
      out.put("metadata", channel.getJsonObject("metadata"));
    }
    JsonObject answer =
        new JsonObject()
            .put("id", message.id())
            .put("channel", out)
            .put("type", type)
            .put("text", text)
            .put("conversationId", conversation.id());
    if (content != null) {
      answer.put("content", answered(content));
    }
    if (body.containsKey("metadata")) {
      answer.put("metadata", body.getJsonObject("metadata"));
    }
    return answer;
  }

  /** In answers every element names its type. */
  private static JsonArray answered(JsonArray content) {
    JsonArray all = new JsonArray();
    for (Object element : content) {
      JsonObject copy = ((JsonObject) element).copy();
      if (copy.containsKey("attachment")) {
        copy.put("contentType", "Attachment");
      }
      all.add(copy);
    }
    return all;
  }

  private void event(RoutingContext context, JsonObject body) {
    JsonObject channel = body.getJsonObject("channel");
    JsonObject from = channel.getJsonObject("from");
    String id = UUID.randomUUID().toString().replace("-", "");
    conversations
        .ofCustomer(from.getString("id"))
        .filter(conversation -> !conversation.ended())
        .ifPresent(
            conversation -> {
              conversation.add(
                  new GenesysMessage(
                      id,
                      true,
                      "customer",
                      "Event",
                      "typing",
                      body.getJsonArray("events"),
                      "Received",
                      Millis.now(),
                      channel.getString("time"),
                      null));
              conversations.changed();
            });
    JsonObject out =
        new JsonObject()
            .put("id", options.integrationId)
            .put("platform", "Open")
            .put("type", "Private")
            .put("to", new JsonObject().put("id", options.integrationId))
            .put("from", from)
            .put("time", channel.getString("time"))
            .put("messageId", id);
    Answers.json(
        context,
        200,
        new JsonObject()
            .put("id", id)
            .put("channel", out)
            .put("type", "Event")
            .put("events", body.getJsonArray("events")));
  }

  private void receipt(RoutingContext context, JsonObject body) {
    String to = body.getJsonObject("channel").getJsonObject("to").getString("id");
    boolean known =
        conversations
            .ofCustomer(to)
            .filter(c -> c.mark(body.getString("id"), body.getString("status")))
            .isPresent();
    if (!known) {
      Answers.error(context, 400, "bad.request", "The receipt names no message sent to " + to);
      return;
    }
    conversations.changed();
    Answers.json(context, 200, body.copy().put("type", "Receipt").put("direction", "Inbound"));
  }
}
