package dev.baton.simulator.servicenow;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A simulated instance with quick clocks, who is called back by it, and who calls it. */
final class Instance implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final Receiver receiver = new Receiver();
  final ServiceNowSimulator simulator;
  final Caller caller;
  final InstanceOptions options;

  Instance(InstanceOptions options) {
    this.options = options;
    simulator =
        ServiceNowSimulator.startAndWait(
            options.callback(receiver.url()).processing(Duration.ofMillis(1)));
    caller = new Caller(simulator.url());
  }

  /** A customer with a session of his own. */
  Customer customer() {
    int number = NUMBER.incrementAndGet();
    return new Customer("user-" + number, "session-" + number);
  }

  void reset() {
    simulator.reset();
    receiver.clear();
  }

  @Override
  public void close() {
    simulator.close();
    receiver.close();
  }

  static void until(BooleanSupplier condition) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(20))
        .until(condition::getAsBoolean);
  }

  /** One customer and what he sees. */
  final class Customer {
    final String user;
    final String session;
    String email;
    String token = "simulated-token";
    final JsonObject variables = new JsonObject();

    private Customer(String user, String session) {
      this.user = user;
      this.session = session;
    }

    JsonObject request(String action) {
      JsonObject request =
          new JsonObject()
              .put("requestId", "r-" + NUMBER.incrementAndGet())
              .put("clientSessionId", session)
              .put("userId", user)
              .put("botToBot", true)
              .put("message", new JsonObject().put("text", "").put("typed", true))
              .put("contextVariables", variables.copy())
              .put("clientVariables", new JsonObject().put("generation", 1));
      if (email != null) {
        request.put("emailId", email);
      }
      return action == null ? request : request.put("action", action);
    }

    HttpResponse<String> send(JsonObject request) {
      return token == null
          ? caller.send("POST", BotIntegrationApi.PATH, request)
          : caller.send("POST", BotIntegrationApi.PATH, request, "token", token);
    }

    HttpResponse<String> act(String action) {
      return send(request(action));
    }

    HttpResponse<String> say(String text) {
      JsonObject request = request(null);
      request.getJsonObject("message").put("text", text).put("clientMessageId", "m-" + text);
      return send(request);
    }

    /** Asks for a human; returns when he waits. */
    Customer asks() {
      variables.put("live_agent_only", "true");
      act("START_CONVERSATION");
      sees("StartSpinner");
      return this;
    }

    /** Asks for a human and gets one. */
    Customer connected() {
      asks();
      simulator.desk().accept(session, "Sam Reed");
      sees("SwitchToLiveAgent");
      return this;
    }

    List<JsonObject> envelopes() {
      return receiver.of(session);
    }

    List<JsonObject> items() {
      return receiver.items(session);
    }

    JsonObject last() {
      List<JsonObject> all = envelopes();
      return all.get(all.size() - 1);
    }

    /** Waits until an item says this, as its type, action or text. */
    JsonObject sees(String what) {
      until(() -> items().stream().anyMatch(item -> tells(item, what)));
      return items().stream().filter(item -> tells(item, what)).findFirst().orElseThrow();
    }

    void seesEnvelope(String flag) {
      until(() -> envelopes().stream().anyMatch(envelope -> envelope.containsKey(flag)));
    }

    /** What was said when everything before a later request was processed. */
    VaChat chat() {
      return simulator.desk().chat(session);
    }

    private static boolean tells(JsonObject item, String what) {
      return List.of("uiType", "actionType", "value", "label", "message").stream()
          .anyMatch(key -> item.getValue(key) instanceof String text && text.contains(what));
    }

    JsonArray interaction() {
      return caller.rows("interaction", "sys_id=" + chat().id());
    }
  }
}
