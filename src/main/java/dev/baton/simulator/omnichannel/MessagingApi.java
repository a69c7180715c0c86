package dev.baton.simulator.omnichannel;

import dev.baton.simulator.omnichannel.ActivityRules.Refusal;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Messaging API and the availability action, with the limits that are documented. */
final class MessagingApi {
  private static final String ROOT = "/api/v1.0/consumer";
  private static final int MOST_ENTRIES = 100;
  private static final int MOST_CONVERSATIONS = 250;
  private static final int MOST_MESSAGES = 100;
  private static final Pattern CONVERSATION_ID = Pattern.compile("[0-9a-fA-F-]{36}");
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
    if (isRefused(c) || ((fault == null || fault.status() != -1) && strike(c, fault))) {
      return;
    }
    JsonObject body = body(c);
    if (body == null) {
      return;
    }
    if (!isShaped(body)) {
      error(c, 400, 30012, "The request body is malformed");
      return;
    }
    JsonObject context = body.getJsonObject("conversationcontext", new JsonObject());
    JsonObject customer = body.getJsonObject("customercontext", new JsonObject());
    if (context.size() > MOST_ENTRIES) {
      error(c, 400, 30010, "Too many context items");
      return;
    }
    boolean fits =
        customer.fieldNames().stream()
            .allMatch(name -> String.valueOf(customer.getValue(name)).length() <= LONGEST_FIELD);
    String start = body.getJsonObject("startmessage", new JsonObject()).getString("message", "");
    if (!fits || start.getBytes(StandardCharsets.UTF_8).length > START_BYTES) {
      error(c, 400, 30012, "The request body is malformed");
      return;
    }
    String customerId = customer.getString("customerid");
    Optional<OmnichannelConversation> open =
        omnichannel.conversations.stream()
            .filter(known -> customerId != null && known.isActive())
            .filter(known -> customerId.equals(known.customerId()))
            .findFirst();
    OmnichannelConversation conversation =
        open.orElseGet(
            () -> new OmnichannelConversation(customerId, body, omnichannel.changes::tell));
    if (open.isEmpty()) {
      omnichannel.conversations.add(conversation);
      omnichannel.changes.tell();
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

  private static boolean isShaped(JsonObject body) {
    boolean objects =
        Stream.of("conversationcontext", "customercontext", "startmessage")
            .map(body::getValue)
            .allMatch(value -> value == null || value instanceof JsonObject);
    return objects
        && body.getJsonObject("conversationcontext", new JsonObject()).stream()
            .allMatch(
                entry ->
                    entry.getValue() instanceof JsonObject item
                        && item.getValue("value") instanceof String);
  }

  private void message(RoutingContext c) {
    if (isRefused(c) || strike(c, omnichannel.faults.take(At.MESSAGE))) {
      return;
    }
    Optional<OmnichannelConversation> known = known(c);
    if (known.isEmpty()) {
      return;
    }
    if (!known.get().isActive()) {
      error(c, 404, 30013, "The conversation does not exist");
      return;
    }
    JsonObject activity = body(c);
    if (activity == null) {
      return;
    }
    String type = activity.getString("type", "");
    Refusal refusal = ActivityRules.refusal(activity);
    if (refusal != null) {
      error(c, 400, refusal.code(), refusal.detail());
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
    if (isRefused(c) || isWrongPage(c, MOST_MESSAGES, 30008)) {
      return;
    }
    known(c)
        .ifPresent(
            conversation ->
                c.json(
                    new JsonObject()
                        .put("messages", new JsonArray(MessageList.of(conversation)))
                        .putNull("continuationToken")));
  }

  private void context(RoutingContext c) {
    if (isRefused(c)) {
      return;
    }
    known(c)
        .ifPresent(known -> c.json(new JsonObject().put("context", MessageList.context(known))));
  }

  private void list(RoutingContext c) {
    if (isRefused(c) || isWrongPage(c, MOST_CONVERSATIONS, 30007)) {
      return;
    }
    JsonArray all = new JsonArray();
    omnichannel.conversations.stream()
        .filter(OmnichannelConversation::isActive)
        .forEach(k -> all.add(new JsonObject().put("conversationid", k.id())));
    c.json(new JsonObject().put("conversations", all));
  }

  private static boolean isWrongPage(RoutingContext c, int most, int code) {
    String size = c.request().getParam("PageSize");
    if (size == null || (size.matches("\\d{1,4}") && inRange(Integer.parseInt(size), most))) {
      return false;
    }
    error(c, 400, code, "PageSize must be between 1 and " + most);
    return true;
  }

  private static boolean inRange(int size, int most) {
    return size >= 1 && size <= most;
  }

  /** The conversation of the path; if there is none, the call has been answered. */
  private Optional<OmnichannelConversation> known(RoutingContext c) {
    String id = c.pathParam("id");
    if (!CONVERSATION_ID.matcher(id).matches()) {
      error(c, 400, 30005, "The conversation id is invalid");
      return Optional.empty();
    }
    Optional<OmnichannelConversation> known = omnichannel.conversation(id);
    if (known.isEmpty()) {
      error(c, 404, 30013, "The conversation does not exist");
    }
    return known;
  }

  private void availability(RoutingContext c) {
    if (strike(c, omnichannel.faults.take(At.AVAILABILITY))) {
      return;
    }
    String scope = omnichannel.scopeOf(c.request().getHeader("Authorization"));
    if (scope == null || scope.equals(OmnichannelSimulator.SCOPE)) {
      c.response().setStatusCode(401).end(); // a token for something else is none here
      return;
    }
    JsonObject body = body(c);
    if (body == null) {
      return;
    }
    Object items = body.getValue("CustomContextItems");
    boolean isAsked = "1.0".equals(body.getString("ApiVersion"));
    if (!isAsked || body.getString("LiveWorkStreamId") == null || !isJsonText(items)) {
      error(c, 400, 0, "ApiVersion, LiveWorkStreamId and CustomContextItems, a JSON text");
      return;
    }
    omnichannel.availability.ask(body);
    c.json(omnichannel.availability.answer());
  }

  private static boolean isJsonText(Object items) {
    try {
      return items == null || (items instanceof String text && new JsonObject(text) != null);
    } catch (DecodeException e) {
      return false;
    }
  }

  private boolean isRefused(RoutingContext c) {
    String scope = omnichannel.scopeOf(c.request().getHeader("Authorization"));
    if (!OmnichannelSimulator.SCOPE.equals(scope)) {
      c.response().setStatusCode(401).putHeader("x-ms-correlation-id", "corr-401").end();
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
    } catch (DecodeException | ClassCastException e) {
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
