package dev.baton.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.HubRig;
import dev.baton.hub.HubRig.Append;
import dev.baton.journal.DeliveryException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The documented example, exactly the file that users copy, against a vendor of its kind. */
class ExampleHubTest {
  private static final List<JsonObject> CALLS = new CopyOnWriteArrayList<>();
  private static Vertx vertx;
  private static HubRig rig;
  private static RouteFolder folder;
  private static volatile int status;
  private static volatile JsonObject answer;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    HttpServer vendor =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              CALLS.add(
                                  new JsonObject()
                                      .put("path", request.path())
                                      .put("key", request.getHeader("X-Api-Key"))
                                      .put("body", body.toJsonObject()));
                              request.response().setStatusCode(status).end(answer.toBuffer());
                            }))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    rig =
        new HubRig(
            Map.of(
                "baton.hubs.acme.url", "http://127.0.0.1:" + vendor.actualPort() + "/api",
                "baton.hubs.acme.api-key", "k3y",
                "baton.hubs.acme.webhook-key", "h00k"));
    folder = new RouteFolder(rig.context, Path.of("examples"), true);
    folder.start();
    assertThat(folder.problems()).isEmpty();
  }

  @AfterAll
  static void stop() {
    folder.stop();
    rig.close();
    vertx.close();
  }

  @BeforeEach
  void healthy() {
    CALLS.clear();
    rig.appended.clear();
    status = 200;
    answer = new JsonObject();
  }

  @Test
  void openMakesATicketWithContextAndTranscript() {
    answer = new JsonObject().put("ticket", 4711);
    Exchange opened =
        rig.call(
            "acme",
            "open",
            Map.of(
                "handoffId", "c1:1",
                "customer", Map.of("id", "u1", "name", "Ada"),
                "summary", "Refund",
                "context", Map.of("va_LastTopic", Map.of("value", "Refund", "display", true)),
                "transcript",
                    List.of(
                        Map.of("role", "user", "text", "refund please"),
                        Map.of("role", "bot", "name", "Contoso", "text", "Which order?"))),
            Map.of("handoffId", "c1:1"));
    assertThat(opened.getException()).isNull();
    assertThat(opened.getMessage().getBody(Map.class)).isEqualTo(Map.of("conversationId", "4711"));
    JsonObject call = CALLS.get(0);
    assertThat(call.getString("path")).isEqualTo("/api/tickets");
    assertThat(call.getString("key")).isEqualTo("k3y");
    assertThat(call.getJsonObject("body"))
        .isEqualTo(
            new JsonObject(
                """
                {"externalId":"c1:1","requester":{"id":"u1","name":"Ada"},"subject":"Refund",
                 "fields":{"va_LastTopic":"Refund"},
                 "history":"user: refund please\\nContoso: Which order?"}"""));
  }

  @Test
  void aClosedQueueIsARefusal() {
    answer = new JsonObject().put("queue", "closed");
    Exchange opened =
        rig.call("acme", "open", Map.of("handoffId", "c1:1"), Map.of("handoffId", "c1:1"));
    assertThat(opened.getException()).isNull();
    assertThat(opened.getMessage().getBody(Map.class))
        .isEqualTo(Map.of("state", "UNAVAILABLE", "reason", "CLOSED"));
  }

  @Test
  void sendAndEndGoToTheTicket() {
    call("send", Map.of("id", "m-1", "text", "hello"));
    call("end", Map.of("reason", "CUSTOMER"));
    assertThat(CALLS)
        .extracting(call -> call.getString("path"))
        .containsExactly("/api/tickets/4711/replies", "/api/tickets/4711/close");
    assertThat(CALLS.get(0).getJsonObject("body").getString("text")).isEqualTo("hello");
  }

  @Test
  void failuresTellTheLaneHowToGoOn() {
    status = 422;
    assertThat(call("send", Map.of("id", "1")).getException())
        .isInstanceOfSatisfying(DeliveryException.class, e -> assertThat(e.isPermanent()).isTrue());
    status = 500;
    assertThat(call("send", Map.of("id", "1")).getException())
        .isNotNull()
        .isNotInstanceOf(DeliveryException.class);
    status = 404;
    assertThat(call("end", Map.of("reason", "BOT")).getException()).isNull();
  }

  @Test
  void theWebhookBringsEventsIn() throws Exception {
    rig.journal.handedOff("c1", "acme", "4711");
    assertThat(
            post(
                    "h00k",
                    "{\"id\":1,\"event\":\"assigned\",\"ticket\":4711,\"agent\":{\"name\":\"Grace\"}}")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            post("h00k", "{\"id\":2,\"event\":\"reply\",\"ticket\":4711,\"text\":\"Hello\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(post("h00k", "{\"id\":3,\"event\":\"closed\",\"ticket\":4711}").statusCode())
        .isEqualTo(200);
    assertThat(rig.appended)
        .extracting(Append::event)
        .containsExactly("hub.accepted", "hub.message", "hub.ended");
    assertThat(rig.appended.get(1).body()).containsEntry("text", "Hello");
    assertThat(rig.appended.get(1).sourceId()).isEqualTo("hub:acme:2");
  }

  @Test
  void aWrongKeyDeliversNothing() throws Exception {
    rig.journal.handedOff("c1", "acme", "4711");
    HttpResponse<String> refused = post("guess", "{\"event\":\"closed\",\"ticket\":4711}");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("BTN-2001").doesNotContain("h00k");
    assertThat(post("h00k", "[1]").statusCode()).isEqualTo(400);
    assertThat(rig.appended).isEmpty();
  }

  private static Exchange call(String operation, Map<String, Object> body) {
    return rig.call("acme", operation, body, Map.of("hubConversationId", "4711"));
  }

  private static HttpResponse<String> post(String key, String body)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(rig.url() + "/hubs/acme/events"))
                .header("Content-Type", "application/json")
                .header("X-Acme-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }
}
