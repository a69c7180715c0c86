package dev.baton.simulator.servicenow;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code POST /api/sn_va_as_service/bot/integration}: answers 200 and hands the request to the
 * worker, which may well ignore it without a word.
 */
final class BotIntegrationApi {
  static final String PATH = "/api/sn_va_as_service/bot/integration";
  private static final JsonObject SUCCESS = new JsonObject().put("status", "success");

  private final Vertx vertx;
  private final InstanceOptions options;
  private final Tables tables;
  private final Faults faults;
  private final Access access;
  private final MessageAuth auth;
  private final VirtualAgent agent;
  private final Conversations conversations;
  private final Outbox outbox;
  private final Outbound callbacks;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> inTurn = ConcurrentHashMap.newKeySet();

  BotIntegrationApi(
      Vertx vertx,
      InstanceOptions options,
      Tables tables,
      Faults faults,
      Access access,
      VirtualAgent agent,
      Conversations conversations,
      Outbox outbox,
      Outbound callbacks) {
    this.vertx = vertx;
    this.options = options;
    this.tables = tables;
    this.faults = faults;
    this.access = access;
    this.auth = new MessageAuth(tables);
    this.agent = agent;
    this.conversations = conversations;
    this.outbox = outbox;
    this.callbacks = callbacks;
  }

  void mount(Router router) {
    router
        .route(PATH)
        .handler(access.wire("bot"))
        .handler(this::installed)
        .handler(this::authenticated)
        .handler(access::limited)
        .handler(this::take);
  }

  private void installed(RoutingContext context) {
    if (tables.first("sys_store_app", "active=true^scope=" + Records.APPLICATION).isEmpty()) {
      Answers.error(
          context, 404, "Requested URI does not represent any resource", context.request().path());
    } else if (!context.request().method().name().equals("POST")
        || tables.first("sys_ws_operation", "active=true").isEmpty()) {
      Answers.error(context, 405, "Method not allowed", "Functionality is disabled");
    } else {
      context.next();
    }
  }

  private void authenticated(RoutingContext context) {
    if (tables.first("sys_ws_operation", "requires_authentication=true").isPresent()) {
      access.authenticated(context);
    } else {
      context.next();
    }
  }

  private void take(RoutingContext context) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    JsonObject request;
    try {
      request = context.body().asJsonObject();
    } catch (DecodeException | ClassCastException e) {
      request = null;
    }
    if (request == null || type == null || !type.startsWith("application/json") || accept == null) {
      Answers.error(
          context, 400, "Bad Request", "A JSON object with Accept and Content-Type is required");
      return;
    }
    if (faults.strikes(FaultKind.NOT_QUEUED, "bot", user(request)).isPresent()) {
      Answers.json(
          context,
          200,
          new JsonObject()
              .put("status", "failure")
              .put("message", "Failed to add request to queue"));
      return;
    }
    if (faults.strikes(FaultKind.SILENCE, "bot", user(request)).isPresent()) {
      Answers.json(context, 200, SUCCESS);
      return;
    }
    Optional<String> application = application(request);
    boolean trusted =
        application.isPresent()
            && auth.accepts(
                application.get(),
                request,
                context.request().getHeader("token"),
                context.request().getHeader("x-b2b-signature"));
    if ("UPDATE_MESSAGES".equals(request.getString("action"))) {
      if (trusted) {
        agent.update(request, application.get());
      }
      Answers.text(context, 200, "text/plain", "Message Processed Successfully");
    } else if (Records.synchronous(tables)) {
      synchronous(context, request, application, trusted);
    } else {
      asynchronous(context, request, application, trusted);
    }
  }

  private void asynchronous(
      RoutingContext context, JsonObject request, Optional<String> application, boolean trusted) {
    Optional<Fault> first = faults.strikes(FaultKind.CALLBACK_FIRST, "bot", user(request));
    Runnable work = () -> work(request, application, trusted);
    if (!busy(request, application)) {
      if (first.isPresent()) {
        work.run();
      } else {
        vertx.setTimer(Math.max(1, options.processing.toMillis()), timer -> work.run());
      }
    }
    if (first.isPresent()) {
      vertx.setTimer(
          Math.max(1, first.get().delay().toMillis()),
          timer -> Answers.json(context, 200, SUCCESS));
    } else {
      Answers.json(context, 200, SUCCESS);
    }
  }

  /**
   * While the bot is at its turn a second request is dropped; not so when an agent has the chat.
   */
  private boolean busy(JsonObject request, Optional<String> application) {
    String action = request.getString("action", "");
    String user = user(request);
    boolean signal =
        Set.of("TYPING", "VIEWING", "END_CONVERSATION", "SEND_HISTORY", "SET_USER_TIMEZONE")
            .contains(action);
    boolean live =
        application.flatMap(id -> conversations.open(user, id)).filter(VaChat::live).isPresent();
    if (signal || live || user == null) {
      return false;
    }
    if (!inTurn.add(user)) {
      agent.ignored(request, "the bot is at its turn");
      return true;
    }
    return false;
  }

  private void work(JsonObject request, Optional<String> application, boolean trusted) {
    inTurn.remove(user(request));
    if (!trusted) {
      agent.ignored(request, "message authentication failed");
    } else if (!valid(request)) {
      agent.ignored(request, "userId or message.text is missing");
    } else if (fresh(request)) {
      try {
        agent.process(request, application.get(), callbacks);
      } catch (ClassCastException e) {
        // A field of an unexpected type: the real worker, too, tells its log alone.
        agent.ignored(request, e.getMessage());
      }
    } else {
      agent.ignored(request, "its requestId was seen before");
    }
  }

  private void synchronous(
      RoutingContext context, JsonObject request, Optional<String> application, boolean trusted) {
    if (!trusted) {
      Access.unauthorized(context);
      return;
    }
    if (!valid(request)) {
      Answers.error(context, 400, "Bad Request", "userId and message.text are required");
      return;
    }
    synchronized (conversations) {
      JsonArray items = new JsonArray();
      JsonObject flags = new JsonObject();
      VaChat[] answered = new VaChat[1];
      Outbound collect =
          (chat, envelope) -> {
            answered[0] = chat;
            items.addAll(envelope.getJsonArray("body"));
            Map.of("completed", true, "takeControl", true)
                .forEach(
                    (flag, value) -> {
                      if (envelope.containsKey(flag)) {
                        flags.put(flag, value);
                      }
                    });
          };
      conversations
          .open(user(request), application.get())
          .ifPresent(chat -> chat.outbound = collect);
      if (fresh(request)) {
        agent.process(request, application.get(), collect);
      }
      if (answered[0] == null) {
        conversations
            .open(user(request), application.get())
            .ifPresent(chat -> chat.outbound = callbacks);
        Answers.json(context, 200, SUCCESS);
        return;
      }
      // From here on the conversation speaks by callback again: agents' lines are never answers.
      answered[0].outbound = callbacks;
      Answers.json(context, 200, outbox.envelope(answered[0], items, flags));
    }
  }

  private static boolean valid(JsonObject request) {
    if (user(request) == null || user(request).isBlank()) {
      return false;
    }
    String action = request.getString("action", "");
    if (!action.isEmpty()) {
      return true;
    }
    return request.getValue("message") instanceof JsonObject message
        && (message.getString("text") != null || message.getValue("attachment") != null);
  }

  private boolean fresh(JsonObject request) {
    String id = request.getString("requestId");
    return id == null || seen.add(user(request) + "|" + id);
  }

  private Optional<String> application(JsonObject request) {
    return tables
        .first(
            "sys_cs_provider_application",
            "active=true^inbound_id=" + request.getString("appInboundId", "VA_B2B"))
        .map(row -> row.get("sys_id"));
  }

  private static String user(JsonObject request) {
    Object user = request.getValue("userId");
    return user == null ? null : user.toString();
  }

  void clear() {
    seen.clear();
    inTurn.clear();
  }
}
