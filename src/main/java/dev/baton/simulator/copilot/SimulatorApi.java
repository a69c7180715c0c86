package dev.baton.simulator.copilot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/**
 * For people and scripts on the same machine: {@code /simulator/conversations} shows what the bot
 * saw and said, {@code /simulator/faults} orders faults.
 */
final class SimulatorApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> KEYS =
      Set.of(
          "fault", "times", "probability", "seed", "conversation", "call", "delay", "retryAfter");

  private final Faults faults;
  private final Map<String, SimulatedConversation> conversations;

  SimulatorApi(Faults faults, Map<String, SimulatedConversation> conversations) {
    this.faults = faults;
    this.conversations = conversations;
  }

  void mount(Router router) {
    router.route("/simulator/*").handler(SimulatorApi::onlyFromHere);
    router.get("/simulator/faults").handler(context -> answer(context, 200, catalogue()));
    router
        .post("/simulator/faults")
        .consumes("application/json")
        .handler(BodyHandler.create(false).setBodyLimit(64 << 10))
        .handler(this::arm);
    router
        .delete("/simulator/faults")
        .handler(
            context -> {
              faults.clear();
              answer(context, 200, catalogue());
            });
    router.get("/simulator/conversations").handler(context -> answer(context, 200, list()));
    router.get("/simulator/conversations/:id").handler(this::show);
  }

  /** Neither other machines nor pages of other sites get in: address and host must be loopback. */
  private static void onlyFromHere(RoutingContext context) {
    String address = context.request().remoteAddress().hostAddress();
    String host = context.request().authority() == null ? "" : context.request().authority().host();
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    boolean sameOrigin = origin == null || origin.endsWith("://" + context.request().authority());
    try {
      if (address != null
          && InetAddress.getByName(address).isLoopbackAddress()
          && Set.of("127.0.0.1", "localhost", "[::1]", "::1").contains(host)
          && sameOrigin) {
        context.next();
        return;
      }
    } catch (UnknownHostException e) {
      // An address that is none is not this machine's.
    }
    problem(
        context,
        403,
        "BTN-4707",
        "The simulator's controls answer on this machine's loopback only");
  }

  private void arm(RoutingContext context) {
    try {
      faults.arm(parse(JSON.readTree(context.body().buffer().getBytes())));
      answer(context, 200, catalogue());
    } catch (SimulatorException e) {
      problem(context, 400, e.code(), e.getMessage());
    } catch (JsonProcessingException e) {
      problem(context, 400, "BTN-4704", "The body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      problem(context, 400, "BTN-4704", "The body cannot be read");
    }
  }

  private static Fault parse(JsonNode body) {
    for (var field : body.properties()) {
      if (!KEYS.contains(field.getKey())) {
        throw new SimulatorException(
            "BTN-4704", "Unknown key '%s'; there are %s".formatted(field.getKey(), KEYS), null);
      }
    }
    Fault fault = Fault.once(FaultKind.of(body.path("fault").asText()));
    if (body.has("probability")) {
      fault =
          fault.withProbability(body.path("probability").asDouble(), body.path("seed").asLong());
    }
    if (body.has("times")) {
      fault = fault.times(body.path("times").asInt());
    }
    if (body.has("delay")) {
      fault = fault.delay(Durations.parse(body.path("delay").asText()));
    }
    if (body.has("retryAfter")) {
      fault = fault.retryAfter(body.path("retryAfter").asInt());
    }
    return fault.in(body.path("conversation").textValue()).at(body.path("call").textValue());
  }

  private ObjectNode catalogue() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode armed = all.putArray("armed");
    for (Fault fault : faults.armed()) {
      armed
          .addObject()
          .put("fault", fault.kind().id())
          .put("times", fault.times())
          .put("probability", fault.probability())
          .put("seed", fault.seed())
          .put("conversation", fault.conversation())
          .put("call", fault.call())
          .put("delay", fault.delay().toMillis() + "ms")
          .put("retryAfter", fault.retryAfter());
    }
    ArrayNode kinds = all.putArray("kinds");
    for (FaultKind kind : FaultKind.values()) {
      kinds
          .addObject()
          .put("fault", kind.id())
          .put("description", kind.description())
          .put("struck", faults.struck(kind));
    }
    return all;
  }

  private ArrayNode list() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    conversations.values().stream()
        .sorted(Comparator.comparing(SimulatedConversation::startedAt).reversed())
        .forEach(conversation -> all.add(describe(conversation)));
    return all;
  }

  private static ObjectNode describe(SimulatedConversation conversation) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", conversation.id())
        .put("user", conversation.userId())
        .put("locale", conversation.locale())
        .put("startedAt", conversation.startedAt().toString())
        .put("handoff", conversation.memory.handoffState())
        .put("received", conversation.received().size())
        .put("activities", conversation.stream().size())
        .put("href", "/simulator/conversations/" + conversation.id());
  }

  private void show(RoutingContext context) {
    SimulatedConversation conversation = conversations.get(context.pathParam("id"));
    if (conversation == null) {
      problem(
          context,
          404,
          "BTN-4705",
          "The bot has no such conversation; GET /simulator/conversations lists them");
      return;
    }
    ObjectNode body = describe(conversation);
    body.putArray("receivedActivities").addAll(conversation.received());
    body.putArray("stream").addAll(conversation.stream());
    answer(context, 200, body);
  }

  private static void answer(RoutingContext context, int status, JsonNode body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(body.toPrettyString());
  }

  private static void problem(RoutingContext context, int status, String code, String detail) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .end(
            JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", "The simulator refuses")
                .put("status", status)
                .put("code", code)
                .put("detail", detail)
                .toString());
  }
}
