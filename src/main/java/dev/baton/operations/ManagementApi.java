package dev.baton.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.Secret;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Administration} over HTTP on the management port, under {@code /baton}. */
public final class ManagementApi {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementApi.class);
  private static final int USUAL_LIMIT = 100;
  private static final String NOTE = "/baton/channels/:channel/:bot/note";
  private static final int MAX_NOTE = 256 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Administration administration;
  private final ManagementGuard guard;
  private final JsonObject identity;
  private final Function<String, List<String>> documents;

  /**
   * @param token what clients must present, or null to answer loopback only
   * @param store names the store, without credentials
   * @param documents JSON documents of a kind, oldest first
   */
  public ManagementApi(
      Administration administration,
      Secret token,
      String store,
      Function<String, List<String>> documents) {
    this.documents = documents;
    this.administration = administration;
    this.guard = new ManagementGuard(token);
    this.identity = new JsonObject().put("name", "baton").put("store", store);
  }

  public void mount(Router router) {
    router.route("/baton/*").handler(guard);
    route(router, HttpMethod.GET, "/baton", request -> identity);
    route(router, HttpMethod.GET, "/baton/conversations", this::conversations);
    route(
        router,
        HttpMethod.GET,
        "/baton/conversations/:id",
        request -> found(administration.conversation(request.pathParam("id"))));
    route(
        router,
        HttpMethod.POST,
        "/baton/conversations/:id/end",
        request ->
            done(administration.end(request.pathParam("id"), text(request, "reason", "ADMIN"))));
    route(
        router,
        HttpMethod.GET,
        "/baton/dead-letters",
        request ->
            array(administration.deadLetters(text(request, "conversation", null), limit(request))));
    route(
        router,
        HttpMethod.GET,
        "/baton/dead-letters/:id/:seq",
        request -> found(administration.deadLetter(request.pathParam("id"), seq(request))));
    route(
        router,
        HttpMethod.POST,
        "/baton/dead-letters/:id/:seq/replay",
        request -> done(administration.replay(request.pathParam("id"), seq(request))));
    route(
        router,
        HttpMethod.DELETE,
        "/baton/dead-letters/:id/:seq",
        request -> done(administration.drop(request.pathParam("id"), seq(request))));
    route(
        router,
        HttpMethod.GET,
        "/baton/users/:user",
        request -> new JsonArray(administration.export(request.pathParam("user"))));
    route(
        router,
        HttpMethod.DELETE,
        "/baton/users/:user",
        request -> new JsonObject().put("erased", administration.erase(request.pathParam("user"))));
    route(router, HttpMethod.GET, "/baton/unclaimed/:type/:hub", this::unclaimed);
    route(
        router,
        HttpMethod.GET,
        NOTE,
        request ->
            found(
                administration.channelNote(
                    request.pathParam("channel"), request.pathParam("bot"))));
    router.put(NOTE).handler(BodyHandler.create(false).setBodyLimit(MAX_NOTE));
    route(
        router,
        HttpMethod.PUT,
        NOTE,
        request -> {
          administration.putChannelNote(
              request.pathParam("channel"), request.pathParam("bot"), note(request));
          return done(true);
        });
    route(
        router,
        HttpMethod.POST,
        "/baton/drain",
        request -> {
          administration.drain();
          return new JsonObject().put("draining", true);
        });
  }

  /** Answers from a worker, because the journal reads from disk. */
  private static void route(
      Router router, HttpMethod method, String path, Function<RoutingContext, Object> answer) {
    Route route = router.route(method, path);
    route.handler(
        request ->
            request
                .vertx()
                .executeBlocking(() -> answer.apply(request), false)
                .onSuccess(body -> ManagementGuard.json(request, 200, body.toString()))
                .onFailure(failure -> failed(request, failure)));
  }

  private Object conversations(RoutingContext request) {
    return array(administration.conversations(text(request, "state", null), limit(request)));
  }

  /** Hub types keep what their webhook got for no conversation under {@code <type>-unclaimed}. */
  private Object unclaimed(RoutingContext request) {
    JsonArray array = new JsonArray();
    documents
        .apply(request.pathParam("type") + "-unclaimed:" + request.pathParam("hub"))
        .forEach(body -> array.add(new JsonObject(body)));
    return array;
  }

  private static void failed(RoutingContext request, Throwable failure) {
    if (failure instanceof NotFoundException) {
      ManagementGuard.problem(request, 404, "BTN-4022", "There is no such thing, or no longer.");
    } else if (failure instanceof AdministrationException refusal) {
      ManagementGuard.problem(request, 409, refusal.code(), refusal.getMessage());
    } else if (failure instanceof IllegalArgumentException) {
      ManagementGuard.problem(request, 400, "BTN-4023", failure.getMessage());
    } else {
      LOG.error("{} {} failed", request.request().method(), request.normalizedPath(), failure);
      ManagementGuard.problem(
          request, 500, "BTN-4024", "It failed; the log of this node tells why.");
    }
  }

  private static Object found(Optional<JsonNode> node) {
    return node.orElseThrow(NotFoundException::new);
  }

  private static Object done(boolean done) {
    if (!done) {
      throw new NotFoundException();
    }
    return new JsonObject().put("done", true);
  }

  private static Object array(List<JsonNode> nodes) {
    JsonArray array = new JsonArray();
    nodes.forEach(node -> array.add(new JsonObject(node.toString())));
    return array;
  }

  private static String text(RoutingContext request, String name, String preset) {
    String value = request.request().getParam(name);
    return value == null || value.isBlank() ? preset : value;
  }

  private static JsonNode note(RoutingContext request) {
    try {
      JsonNode note = JSON.readTree(request.body().buffer().getBytes());
      if (note != null && note.isObject()) {
        return note;
      }
    } catch (IOException e) {
      LOG.debug("A note cannot be read: {}", e.toString());
    }
    throw new IllegalArgumentException("the body must be a JSON object");
  }

  private static int limit(RoutingContext request) {
    String value = text(request, "limit", String.valueOf(USUAL_LIMIT));
    if (!value.matches("[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException("limit must be a number from 1 to 999999");
    }
    return Integer.parseInt(value);
  }

  private static long seq(RoutingContext request) {
    String value = request.pathParam("seq");
    if (!value.matches("\\d{1,18}")) {
      throw new IllegalArgumentException("the place of a dead letter is a number");
    }
    return Long.parseLong(value);
  }

  private static final class NotFoundException extends RuntimeException {}
}
