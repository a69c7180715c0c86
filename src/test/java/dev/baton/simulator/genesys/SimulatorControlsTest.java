package dev.baton.simulator.genesys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatorControlsTest {
  private static GenesysSimulator genesys;
  private static Webhook webhook;
  private static Api api;

  @BeforeAll
  static void start() {
    webhook = new Webhook();
    genesys = GenesysSimulator.start(GenesysSimulatorOptions.quick());
    api = new Api(genesys).login();
    assertThat(
            api.call(
                    "POST",
                    "/simulator/webhook",
                    new JsonObject().put("url", webhook.url()).encode())
                .statusCode())
        .isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    genesys.close();
    webhook.close();
  }

  @Test
  void aScriptActsAsTheAgent() {
    String id = api.open("c-1").id();
    String root = "/simulator/conversations/" + id + "/";
    assertThat(api.call("POST", root + "messages", "{\"text\":\"early\"}").statusCode())
        .isEqualTo(409);
    act(root + "accept", new JsonObject().put("agent", "Kim"));
    act(root + "typing", new JsonObject());
    act(root + "messages", new JsonObject().put("text", "Hello"));
    JsonObject media = new JsonObject().put("url", "https://files.example/a.pdf");
    act(root + "messages", new JsonObject().put("media", media));
    act(root + "transfer", new JsonObject().put("queue", "Second line"));
    act(root + "accept", new JsonObject());
    JsonObject after = act(root + "leave", new JsonObject().put("disconnectType", "endpoint"));
    assertThat(after.getString("state")).isEqualTo("ended");
    assertThat(after.getJsonArray("messages"))
        .extracting(message -> ((JsonObject) message).getString("by"))
        .containsExactly("customer", "Kim", "Kim", "Kim");
    await().atMost(Duration.ofSeconds(30)).until(() -> webhook.posts.size() >= 3);
    JsonArray list = new JsonArray(api.get("/simulator/conversations").body());
    assertThat(list)
        .anySatisfy(one -> assertThat(((JsonObject) one).getString("customerId")).isEqualTo("c-1"));
    assertThat(api.get("/simulator/conversations/none").statusCode()).isEqualTo(404);
    assertThat(api.call("POST", root + "dance", "{}").body()).contains("BTN-4785");
    assertThat(new JsonArray(api.get("/simulator/calls").body())).isNotEmpty();
  }

  @Test
  void aScriptOrdersFaults() {
    assertThat(
            api.call("POST", "/simulator/faults", "{\"fault\":\"no-heartbeat\",\"times\":3}")
                .body())
        .contains("\"times\":3");
    assertThat(genesys.faults().armed()).extracting(GenesysFaults.Fault::times).contains(3);
    assertThat(api.call("POST", "/simulator/faults", "{\"fault\":\"x\"}").body())
        .contains("BTN-4782", "webhook-twice");
    assertThat(api.call("POST", "/simulator/faults", "{\"wrong\":1}").body()).contains("BTN-4783");
    assertThat(api.call("POST", "/simulator/faults", "[]").body()).contains("BTN-4787");
    assertThat(api.call("DELETE", "/simulator/faults", null).statusCode()).isEqualTo(200);
    assertThat(genesys.faults().armed()).isEmpty();
  }

  @Test
  void aScriptIsTheCustomerOfABotConnector() {
    JsonObject order =
        new JsonObject()
            .put("url", "http://127.0.0.1:1/nobody")
            .put("intents", new JsonObject().put("None", new JsonObject()));
    JsonObject session =
        new JsonObject(api.call("POST", "/simulator/connector/sessions", order.encode()).body());
    String path = "/simulator/connector/sessions/" + session.getString("id");
    JsonObject turn =
        new JsonObject(api.call("POST", path + "/messages", "{\"text\":\"hi\"}").body());
    assertThat(turn.getString("branch")).isEqualTo("Failure");
    assertThat(new JsonObject(api.get(path).body()).getBoolean("over")).isTrue();
    assertThat(api.call("POST", "/simulator/connector/sessions", "{}").body()).contains("BTN-4787");
  }

  @Test
  void pagesOfOtherSitesAreTurnedAway() {
    HttpResponse<String> answer =
        Api.send(
            HttpRequest.newBuilder(URI.create(genesys.url() + "/simulator/conversations"))
                .header("Origin", "https://evil.example")
                .build());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("BTN-4786");
  }

  @Test
  void theAgentViewIsServed() {
    assertThat(api.get("/simulator/agent/").body()).contains("<title>");
  }

  @Test
  void theEchoAgentAcceptsRepeatsTransfersAndLeaves() {
    try (GenesysSimulator other =
        GenesysSimulator.start(GenesysSimulatorOptions.quick().webhookUrl(webhook.url()))) {
      GenesysEchoAgent.answer(other);
      Api client = new Api(other).login();
      GenesysConversation conversation = client.open("echo");
      client.message("echo", "e-2", "2026-01-01T00:00:00Z", "ping");
      client.message("echo", "e-3", "2026-01-01T00:00:01Z", "transfer");
      client.message("echo", "e-4", "2026-01-01T00:00:02Z", "bye");
      await().atMost(Duration.ofSeconds(30)).until(conversation::ended);
      assertThat(conversation.messages())
          .extracting(GenesysMessage::text)
          .contains("You wrote: ping");
      assertThat(conversation.find(p -> "Sam Rivers".equals(p.name()))).isPresent();
    }
  }

  private static JsonObject act(String path, JsonObject body) {
    HttpResponse<String> answer = api.call("POST", path, body.encode());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }
}
