package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.configuration.HubSettings;
import dev.baton.conversation.Agent;
import dev.baton.hub.desk.DeskProblem.Kind;
import dev.baton.journal.Journal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The desk's API under {@code /desk/api}. */
public final class DeskServer implements AutoCloseable {
  private static final String API = "/desk/api";
  private static final String ONE = API + "/conversations/:id";
  private static final int MAX_TEXT = 20_000;

  private final Journal journal;
  private final WorkerExecutor workers;
  private final WorkerExecutor passwordWorkers;
  private final DeskView view;
  private final DeskActions actions;
  private final DeskFeed feed;
  private final DeskGate gate;
  private final DeskHub hub;

  /**
   * @param desks the hubs of type {@code desk}
   * @param events where agents' doings are raised
   * @throws IllegalArgumentException when a desk's settings cannot be used
   */
  public DeskServer(
      Vertx vertx,
      Journal journal,
      DeskEvents events,
      Collection<HubSettings> desks,
      DeskAccess access) {
    Set<String> names =
        desks.stream().map(HubSettings::name).collect(Collectors.toUnmodifiableSet());
    this.journal = journal;
    this.workers = vertx.createSharedWorkerExecutor("baton-desk", 8);
    this.passwordWorkers = vertx.createSharedWorkerExecutor("baton-desk-passwords", 1);
    LastLines lastLines = new LastLines(journal);
    this.view = new DeskView(journal, names, lastLines);
    this.actions = new DeskActions(view, events, Clock.systemUTC());
    this.feed = new DeskFeed(vertx, names, lastLines);
    this.hub = new DeskHub(desks, feed);
    this.gate = new DeskGate(access, passwordWorkers, Clock.systemUTC());
    journal.addListener(feed);
  }

  /** The bean {@code deskHub} that the route templates call. */
  public DeskHub hub() {
    return hub;
  }

  /** Adds the API's routes. */
  public void mount(Router router) {
    DeskHttp http = new DeskHttp(gate);
    http.prepare(router, API);
    router.post(API + "/login").handler(this::login);
    router.post(API + "/logout").handler(this::logout);
    router.route(API + "/*").handler(http::authenticate);
    router.get(API + "/me").handler(this::me);
    router.get(API + "/events").handler(context -> feed.serve(context.response()));
    router
        .get(API + "/conversations")
        .handler(
            context -> {
              DeskState state = DeskRequest.state(context);
              int limit = DeskRequest.limit(context);
              answer(context, 200, () -> view.list(state, limit));
            });
    router
        .get(ONE)
        .handler(
            context -> {
              long after = DeskRequest.after(context);
              String id = context.pathParam("id");
              answer(context, 200, () -> view.detail(view.find(id), after));
            });
    router.post(ONE + "/accept").handler(this::accept);
    router.post(ONE + "/messages").handler(this::say);
    router
        .post(ONE + "/typing")
        .handler(
            context -> {
              boolean on = DeskRequest.body(context).path("on").asBoolean(true);
              change(
                  context,
                  (id, agent) -> {
                    actions.typing(id, agent, on);
                    return null;
                  });
            });
    router.post(ONE + "/leave").handler(context -> change(context, actions::leave));
    router
        .post(ONE + "/end")
        .handler(
            context -> {
              String reason = DeskRequest.word(DeskRequest.body(context), "reason");
              change(context, (id, agent) -> actions.end(id, agent, reason));
            });
    http.refuseOthers(router, API, ONE);
  }

  @Override
  public void close() {
    journal.removeListener(feed);
    feed.close();
    workers.close();
    passwordWorkers.close();
  }

  private void login(RoutingContext context) {
    ObjectNode body = DeskRequest.body(context);
    String user = DeskRequest.text(body, "user", 200);
    String password = DeskRequest.text(body, "password", 1_000);
    if (gate.mode() == DeskAccess.Mode.OPEN) {
      DeskHttp.json(context, 200, identity(Optional.empty()));
      return;
    }
    gate.verify(user, password, context.request())
        .onSuccess(
            agent -> {
              context.response().addCookie(gate.open(user, context.request()));
              DeskHttp.json(context, 200, identity(Optional.of(agent)));
            })
        .onFailure(context::fail);
  }

  private void logout(RoutingContext context) {
    context.response().addCookie(gate.close(context.request())).setStatusCode(204).end();
  }

  private void me(RoutingContext context) {
    DeskHttp.json(context, 200, identity(DeskHttp.agent(context)));
  }

  private ObjectNode identity(Optional<Agent> agent) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("mode", gate.mode().name().toLowerCase(Locale.ROOT));
    agent.ifPresentOrElse(
        known -> json.putObject("agent").put("id", known.id()).put("name", known.name()),
        () -> json.putNull("agent"));
    return json;
  }

  private void accept(RoutingContext context) {
    Optional<Agent> given = DeskRequest.agent(context);
    Agent agent =
        given.orElseThrow(
            () ->
                new DeskProblem(
                    Kind.BAD_REQUEST,
                    "Say who accepts: {\"agent\":{\"id\":\"…\",\"name\":\"…\"}}."));
    String id = context.pathParam("id");
    answer(context, 200, () -> actions.accept(id, agent));
  }

  private void say(RoutingContext context) {
    ObjectNode body = DeskRequest.body(context);
    String text = DeskRequest.message(DeskRequest.text(body, "text", MAX_TEXT));
    String own = DeskRequest.word(body, "id");
    String key = own == null ? context.request().getHeader("Idempotency-Key") : own;
    String messageId = DeskRequest.checkedId(key);
    Optional<Agent> agent = DeskRequest.agent(context);
    String id = context.pathParam("id");
    run(() -> actions.say(id, agent, text, messageId))
        .onSuccess(
            said -> {
              boolean repeat = said.remove("duplicate").asBoolean();
              DeskHttp.json(context, repeat ? 200 : 201, said);
            })
        .onFailure(context::fail);
  }

  private void change(
      RoutingContext context, BiFunction<String, Optional<Agent>, ObjectNode> action) {
    Optional<Agent> agent = DeskRequest.agent(context);
    String id = context.pathParam("id");
    answer(context, 200, () -> action.apply(id, agent));
  }

  private void answer(RoutingContext context, int status, Callable<? extends JsonNode> work) {
    run(work)
        .onSuccess(
            json -> {
              if (json == null) {
                context.response().setStatusCode(204).end();
              } else {
                DeskHttp.json(context, status, json);
              }
            })
        .onFailure(context::fail);
  }

  private <T> Future<T> run(Callable<T> work) {
    return workers.executeBlocking(work, false);
  }
}
