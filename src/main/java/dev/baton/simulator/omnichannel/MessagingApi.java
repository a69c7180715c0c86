package dev.baton.simulator.omnichannel;

import dev.baton.simulator.omnichannel.OmnichannelConversation.State;
import dev.baton.simulator.omnichannel.OmnichannelFaults.At;
import dev.baton.simulator.omnichannel.OmnichannelFaults.Fault;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The Messaging API and the availability action, with the limits that are documented. */
final class MessagingApi {
  private static final String ROOT = "/api/v1.0/consumer";
  private static final int MOST_ENTRIES = 100;
  private static final int LONGEST_TEXT = 6_000;
  private static final int LONGEST_FIELD = 200;
  private static final int START_BYTES = 27 * 1024;
  private static final long SLOW = 500;

  private final OmnichannelSimulator omnichannel;

  MessagingApi(OmnichannelSimulator omnichannel) {
    this.omnichannel = omnichannel;
  }

  void mount(Router router) {
    router.post(ROOT + "/conversation/create").handler(this::create);
    router.post(ROOT + "/conversation/:id").handler(this::message);
    router.get(ROOT + "/conversation/:id/messages").handler(this::messages);
    router.get(ROOT + "/conversation/:id/context").handler(this::context);
    router.get(ROOT + "/conversations").handler(this::list);
    router
        .post("/api/data/v9.2/CCaaS_GetRepresentativeAvailabilityBeforeConversation")
        .handler(this::availability);
  }

  private void create(RoutingContext c) {
    Fault fault = omnichannel.faults.take(At.CREATE);
    if (isRefused(c) || (fault == null || fault.status() != -1) && strike(c, fault)) {
      return;
    }
    JsonObject body = body(c);
    if (body == null) {
      return;
    }
    JsonObject context = body.getJsonObject("conversationcontext", new JsonObject());
    JsonObject customer = body.getJsonObject("customercontext", new JsonObject());
    if (context.size() > MOST_ENTRIES) {
      error(c, 400, 30010, "Too many context items");
      return;
    }
    boolean shaped =
        context.fieldNames().stream()
            .allMatch(
                name ->
                    context.getValue(name) instanceof JsonObject item
                        && item.getValue("value") instanceof String);
    boolean fits =
        customer.fieldNames().stream()
            .allMatch(name -> String.valueOf(customer.getValue(name)).length() <= LONGEST_FIELD);
    String start = body.getJsonObject("startmessage", new JsonObject()).getString("message", "");
    if (!shaped || !fits || start.getBytes(StandardCharsets.UTF_8).length > START_BYTES) {
      error(c, 400, 30012, "The request body is malformed");
      return;
    }
    String customerId = customer.getString("customerid");
    Optional<OmnichannelConversation> open =
        omnichannel.conversations.stream()
            .filter(known -> known.isActive() && known.customerId().equals(customerId))
            .findFirst();
    OmnichannelConversation conversation =
        open.orElseGet(() -> new OmnichannelConversation(customerId, body));
    if (open.isEmpty()) {
      omnichannel.conversations.add(conversation);
      omnichannel.created(conversation);
    }
    JsonObject answer =
        new JsonObject()
            .put("conversationId", conversation.id())
            .put("isNew", open.isEmpty())
            .put("messageId", id());
    if (fault != null) {
      c.request().connection().close();
    } else if (omnichannel.isSlow()) {
      omnichannel.vertx.setTimer(SLOW, timer -> c.json(answer));
    } else {
      c.json(answer);
    }
  }

  private void message(RoutingContext c) {
    if (isRefused(c) || strike(c, omnichannel.faults.take(At.MESSAGE))) {
      return;
    }
    Optional<OmnichannelConversation> known = omnichannel.conversation(c.pathParam("id"));
    JsonObject activity = known.isEmpty() ? null : body(c);
    if (known.isEmpty() || !known.get().isActive()) {
      error(c, 404, 30013, "The conversation does not exist");
      return;
    }
    if (activity == null) {
      return;
    }
    String type = activity.getString("type", "");
    if (type.equals("message")) {
      String text = activity.getString("text");
      boolean files = !activity.getJsonArray("attachments", new JsonArray()).isEmpty();
      if (text == null && !files) {
        error(c, 400, 30016, "Neither text nor attachments");
        return;
      }
      if (text != null && text.length() > LONGEST_TEXT) {
        error(c, 400, 30011, "The text is too long");
        return;
      }
    } else if (!type.equals("typing") && !type.equals("endOfConversation")) {
      error(c, 400, 30003, "The operation is not supported");
      return;
    }
    if (!OmnichannelSimulator.CHANNEL_ID.equals(activity.getString("channelId"))) {
      error(c, 400, 30002, "channelId and the header channel-id differ");
      return;
    }
    known.get().receive(activity);
    if (type.equals("endOfConversation")) {
      known.get().state(State.CLOSED);
    }
    c.json(new JsonObject().put("messageId", id()));
  }

  private void messages(RoutingContext c) {
    if (isRefused(c)) {
      return;
    }
    JsonArray messages = new JsonArray();
    omnichannel.conversation(c.pathParam("id")).ifPresent(k -> k.said().forEach(messages::add));
    c.json(new JsonObject().put("messages", messages).putNull("continuationToken"));
  }

  private void context(RoutingContext c) {
    if (isRefused(c)) {
      return;
    }
    JsonArray context = new JsonArray();
    omnichannel
        .conversation(c.pathParam("id"))
        .map(known -> known.request().getJsonObject("conversationcontext", new JsonObject()))
        .ifPresent(
            items ->
                items.forEach(
                    item ->
                        context.add(
                            new JsonObject()
                                .put("name", item.getKey())
                                .put("value", ((JsonObject) item.getValue()).getString("value")))));
    c.json(new JsonObject().put("context", context));
  }

  private void list(RoutingContext c) {
    if (isRefused(c)) {
      return;
    }
    JsonArray all = new JsonArray();
    omnichannel.conversations.stream()
        .filter(OmnichannelConversation::isActive)
        .forEach(k -> all.add(new JsonObject().put("conversationid", k.id())));
    c.json(new JsonObject().put("conversations", all));
  }

  private void availability(RoutingContext c) {
    if (strike(c, omnichannel.faults.take(At.AVAILABILITY)) || !isKnown(c)) {
      return;
    }
    JsonObject body = body(c);
    if (body != null) {
      omnichannel.availability.ask(body);
      c.json(omnichannel.availability.answer());
    }
  }

  private boolean isKnown(RoutingContext c) {
    String authorization = c.request().getHeader("Authorization");
    boolean known =
        authorization != null
            && authorization.startsWith("Bearer ")
            && omnichannel.tokens.containsKey(authorization.substring(7));
    if (!known) {
      c.response().setStatusCode(401).end();
    }
    return known;
  }

  private boolean isRefused(RoutingContext c) {
    if (!isKnown(c)) {
      return true;
    }
    if (!OmnichannelSimulator.ORGANISATION_ID.equals(c.request().getHeader("organization-id"))) {
      error(c, 400, 30001, "The organisation id is invalid");
      return true;
    }
    if (!OmnichannelSimulator.CHANNEL_ID.equals(c.request().getHeader("channel-id"))) {
      error(c, 400, 30002, "The channel id is invalid");
      return true;
    }
    return false;
  }

  private static JsonObject body(RoutingContext c) {
    try {
      JsonObject body = c.body().asJsonObject();
      if (body != null) {
        return body;
      }
    } catch (DecodeException e) {
      // as if it were missing
    }
    error(c, 400, 30012, "The request body is missing or malformed");
    return null;
  }

  /**
   * @return whether a fault has answered the call
   */
  static boolean strike(RoutingContext c, Fault fault) {
    if (fault == null) {
      return false;
    }
    if (fault.status() <= 0) {
      c.request().connection().close();
      return true;
    }
    if (fault.retryAfter() != null) {
      c.response().putHeader("Retry-After", fault.retryAfter().toString());
    }
    error(c, fault.status(), fault.code(), "As it was asked for");
    return true;
  }

  private static void error(RoutingContext c, int status, int code, String detail) {
    JsonObject problem = new JsonObject().put("status", status).put("detail", detail);
    if (code != 0) {
      problem.put("code", code);
    }
    c.response().setStatusCode(status).putHeader("x-ms-correlation-id", "corr-" + status);
    c.json(problem);
  }

  private String id() {
    return Long.toString(omnichannel.clock.incrementAndGet());
  }
}
