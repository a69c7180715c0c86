package dev.baton.simulator.genesys;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Where a bot of a digital connector sends messages of its own accord. */
final class OutgoingApi {
  private static final Set<String> STATES = Set.of("Complete", "Failed", "MoreData");
  private final ConnectorCaller caller;

  OutgoingApi(ConnectorCaller caller) {
    this.caller = caller;
  }

  void mount(Router router) {
    router.post("/api/v2/integrations/botconnectors/outgoing/messages").handler(this::post);
  }

  private void post(RoutingContext context) {
    JsonObject body;
    try {
      body = context.body().asJsonObject();
    } catch (DecodeException | ClassCastException e) {
      body = null;
    }
    List<String> wrong = body == null ? List.of("the body must be a JSON object") : check(body);
    if (!wrong.isEmpty()) {
      Answers.error(context, 400, "bad.request", String.join("; ", wrong));
      return;
    }
    JsonObject message = body;
    caller
        .session(body.getString("botSessionId"))
        .filter(session -> !session.over())
        .ifPresentOrElse(
            session -> {
              Answers.json(
                  context, 200, new JsonObject().put("messageId", UUID.randomUUID().toString()));
              session.deliver(message);
            },
            () -> Answers.error(context, 404, "not.found", "No such bot session"));
  }

  private static List<String> check(JsonObject body) {
    List<String> wrong = new ArrayList<>();
    for (String field : List.of("botId", "botVersion", "botSessionId", "languageCode")) {
      if (!(body.getValue(field) instanceof String text) || text.isBlank()) {
        wrong.add(field + " is required");
      }
    }
    if (!(body.getValue("botState") instanceof String state) || !STATES.contains(state)) {
      wrong.add("botState must be one of " + STATES);
    }
    Object replies = body.getValue("replyMessages");
    if (replies != null && !(replies instanceof JsonArray)) {
      wrong.add("replyMessages must be an array");
    }
    return wrong;
  }
}
