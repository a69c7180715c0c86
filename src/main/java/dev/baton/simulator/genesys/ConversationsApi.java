package dev.baton.simulator.genesys;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;

/** Reading conversations, and disconnecting their participants. */
final class ConversationsApi {
  private final GenesysConversations conversations;

  ConversationsApi(GenesysConversations conversations) {
    this.conversations = conversations;
  }

  void mount(Router router) {
    router
        .get("/api/v2/conversations/messages/:id")
        .handler(context -> get(context, GenesysConversation::toMediaJson));
    router
        .get("/api/v2/conversations/:id")
        .handler(context -> get(context, GenesysConversation::toJson));
    router
        .patch("/api/v2/conversations/messages/:id/participants/:participant")
        .handler(this::patch);
  }

  private void get(RoutingContext context, Function<GenesysConversation, JsonObject> shape) {
    conversations
        .byId(context.pathParam("id"))
        .ifPresentOrElse(
            conversation -> Answers.json(context, 200, shape.apply(conversation)),
            () -> Answers.error(context, 404, "not.found", "No such conversation"));
  }

  private void patch(RoutingContext context) {
    Optional<GenesysConversation> conversation = conversations.byId(context.pathParam("id"));
    Optional<GenesysParticipant> participant =
        conversation.flatMap(c -> c.find(p -> p.id().equals(context.pathParam("participant"))));
    if (participant.isEmpty()) {
      Answers.error(context, 404, "not.found", "No such conversation or participant");
      return;
    }
    Object state;
    try {
      JsonObject body = context.body().asJsonObject();
      state = body == null ? null : body.getValue("state");
    } catch (DecodeException | ClassCastException e) {
      state = null;
    }
    if (!"disconnected".equals(state)) {
      Answers.error(
          context, 400, "bad.request", "The simulator knows {\"state\":\"disconnected\"} only");
      return;
    }
    if (participant.get().purpose().equals("customer")) {
      conversations.end(conversation.get(), DisconnectType.ENDPOINT);
    } else {
      conversations.disconnect(conversation.get(), participant.get(), DisconnectType.CLIENT);
      if (participant.get().isAgent() && conversation.get().state().equals("queue")) {
        conversations.lastAgentLeft(conversation.get());
      }
    }
    Answers.empty(context, 202);
  }
}
