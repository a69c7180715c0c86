package dev.baton.simulator.servicenow;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Posts a conversation's output to the URL that the instance's records name. At most once, as no
 * repetition is documented; in order per user when the provider maintains the order.
 */
final class Callbacks implements Outbound, AutoCloseable {
  private static final int KEPT = 10_000;

  private record Target(String url, String user, String password) {}

  private final Vertx vertx;
  private final InstanceOptions options;
  private final Tables tables;
  private final Faults faults;
  private final HttpClient client;
  private final Map<String, Future<Void>> last = new HashMap<>();
  private final Map<String, Runnable> heldBack = new HashMap<>();
  private final Deque<Callback> sent = new ArrayDeque<>();

  Callbacks(Vertx vertx, InstanceOptions options, Tables tables, Faults faults) {
    this.vertx = vertx;
    this.options = options;
    this.tables = tables;
    this.faults = faults;
    this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(5000));
  }

  /**
   * The last callbacks that were sent, each with its answer's status, in the order of the answers.
   */
  synchronized List<Callback> sent() {
    return List.copyOf(sent);
  }

  synchronized void clear() {
    sent.clear();
    heldBack.clear();
  }

  @Override
  public void send(VaChat chat, JsonObject envelope) {
    String user = chat.userId();
    if (faults.strikes(FaultKind.CALLBACK_LOST, user)) {
      return;
    }
    Optional<Fault> late = faults.strikes(FaultKind.CALLBACK_LATE, null, user);
    if (late.isPresent()) {
      vertx.setTimer(
          Math.max(1, late.get().delay().toMillis()), timer -> post(chat, envelope, false));
      return;
    }
    boolean twice = faults.strikes(FaultKind.CALLBACK_TWICE, user);
    Runnable sending =
        () -> {
          post(chat, envelope, true);
          if (twice) {
            post(chat, envelope, true);
          }
        };
    if (faults.strikes(FaultKind.CALLBACK_DISORDER, user)) {
      synchronized (this) {
        heldBack.put(user, sending);
      }
      return;
    }
    sending.run();
    Runnable before;
    synchronized (this) {
      before = heldBack.remove(user);
    }
    if (before != null) {
      before.run();
    }
  }

  private void post(VaChat chat, JsonObject envelope, boolean ordered) {
    JsonObject body = spoil(chat.userId(), envelope);
    String text =
        faults.strikes(FaultKind.CALLBACK_NOT_JSON, chat.userId())
            ? "<html>not JSON</html>"
            : body.encode();
    String type =
        faults.strikes(FaultKind.CALLBACK_OCTET_STREAM, chat.userId())
            ? "application/octet-stream"
            : "application/json";
    boolean wrong = faults.strikes(FaultKind.CALLBACK_UNAUTHENTICATED, chat.userId());
    for (Target target : targets(chat)) {
      String message = log(chat);
      if (ordered && ordering()) {
        synchronized (this) {
          Future<Void> before = last.getOrDefault(chat.userId(), Future.succeededFuture());
          last.put(
              chat.userId(),
              before.transform(
                  done -> deliver(target, text, type, wrong, message).otherwiseEmpty()));
        }
      } else {
        deliver(target, text, type, wrong, message);
      }
    }
  }

  private Future<Void> deliver(
      Target target, String text, String type, boolean wrong, String message) {
    status(message, "Processing", "");
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(target.url())
            .putHeader("Content-Type", type)
            .putHeader("Accept", "application/json");
    if (!target.user().isEmpty()) {
      String account = target.user() + ":" + (wrong ? "wrong" : target.password());
      request.putHeader(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)));
    }
    options.callbackHeaders.forEach(request::putHeader);
    Promise<Void> done = Promise.promise();
    client
        .request(request)
        .compose(call -> call.send(text))
        .onComplete(
            answer -> {
              int status = answer.succeeded() ? answer.result().statusCode() : 0;
              synchronized (this) {
                sent.add(new Callback(target.url(), status, text));
                if (sent.size() > KEPT) {
                  sent.remove();
                }
              }
              if (status / 100 == 2) {
                status(message, "Completed", "");
              } else {
                String cause =
                    answer.succeeded() ? "HTTP status " + status : answer.cause().getMessage();
                status(message, "Error", cause);
                Records.log(tables, "Failed to send a response to " + target.url() + ": " + cause);
              }
              done.complete();
            });
    return done.future();
  }

  private String log(VaChat chat) {
    return tables.insert(
        "sys_cs_ca_message",
        Map.of(
            "status",
            "Pending",
            "direction",
            "outbound",
            "channel_user_id",
            chat.userId(),
            "conversation",
            chat.conversationId() == null ? "" : chat.conversationId()));
  }

  private void status(String message, String status, String error) {
    if (tables.get("sys_cs_ca_message", message).isPresent()) {
      tables.put("sys_cs_ca_message", message, "status", status);
      tables.put("sys_cs_ca_message", message, "error_message", String.valueOf(error));
    }
  }

  private boolean ordering() {
    return tables
        .first("sys_cs_provider", "name=VA Bot to Bot Provider^maintain_message_ordering=true")
        .isPresent();
  }

  private List<Target> targets(VaChat chat) {
    Map<String, String> application =
        tables.get("sys_cs_provider_application", chat.application).orElse(Map.of());
    List<Target> targets = new ArrayList<>();
    for (Map<String, String> same :
        tables.find(
            "sys_cs_provider_application",
            "active=true^inbound_id=" + application.getOrDefault("inbound_id", ""))) {
      target(same).or(() -> target(application)).ifPresent(targets::add);
    }
    return targets;
  }

  private Optional<Target> target(Map<String, String> application) {
    return Records.atLeast(tables, "4.1")
        ? connection(application)
        : restMessage(application.getOrDefault("name", ""));
  }

  private Optional<Target> connection(Map<String, String> application) {
    return tables
        .first(
            "sn_va_as_service_outbound_configuration",
            "active=true^provider_application=" + application.get("sys_id"))
        .flatMap(
            outbound ->
                tables.first(
                    "http_connection",
                    "active=true^connection_alias=" + outbound.get("rest_connection")))
        .map(connection -> target(connection.get("connection_url"), connection.get("credential")));
  }

  private Optional<Target> restMessage(String application) {
    boolean standard = application.startsWith("VA Bot to Bot Provider Application");
    return tables
        .first("sys_rest_message", "name=" + (standard ? "VA Bot to Bot" : application))
        .flatMap(
            message ->
                tables
                    .first(
                        "sys_rest_message_fn",
                        "function_nameINpostMessage,POST,post^rest_message="
                            + message.get("sys_id"))
                    .map(
                        method ->
                            target(
                                first(method.get("rest_endpoint"), message.get("rest_endpoint")),
                                first(
                                    method.get("basic_auth_profile"),
                                    message.get("basic_auth_profile")))));
  }

  private Target target(String url, String profile) {
    Map<String, String> account = tables.get("sys_auth_profile_basic", profile).orElse(Map.of());
    return new Target(
        url, account.getOrDefault("username", ""), account.getOrDefault("password", ""));
  }

  private static String first(String own, String general) {
    return own == null || own.isEmpty() ? general : own;
  }

  /** Forms that the vendor's callbacks were seen to have, or that must not break a receiver. */
  private JsonObject spoil(String user, JsonObject envelope) {
    JsonObject body = envelope.copy();
    JsonArray items = body.getJsonArray("body", new JsonArray());
    if (faults.strikes(FaultKind.CALLBACK_OTHER_SESSION, user)) {
      body.put("clientSessionId", "session-of-nobody");
    }
    if (faults.strikes(FaultKind.OTHER_SPELLING, user)) {
      for (int i = 0; i < items.size(); i++) {
        JsonObject item = items.getJsonObject(i);
        if (item.containsKey("actionType")) {
          item.put("actionType", item.getString("actionType") + "ActionMsg");
        }
      }
    }
    if (faults.strikes(FaultKind.TEXTS_AS_VALUES, user)) {
      for (String key : List.copyOf(body.fieldNames())) {
        Object value = body.getValue(key);
        if (value instanceof Number || value instanceof Boolean) {
          body.put(key, value.toString());
        }
      }
    }
    if (faults.strikes(FaultKind.NO_MESSAGE_ID, user)) {
      body.remove("interactionId");
      for (int i = 0; i < items.size(); i++) {
        items.getJsonObject(i).remove("messageId");
      }
    }
    if (items.size() == 1 && faults.strikes(FaultKind.CALLBACK_BARE_ITEM, user)) {
      body.put("body", items.getJsonObject(0));
    }
    return body;
  }

  @Override
  public void close() {
    client.close();
  }
}
