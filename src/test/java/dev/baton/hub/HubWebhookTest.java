package dev.baton.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.baton.conversation.Handoff;
import dev.baton.hub.HubRig.Append;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubWebhookTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static HubRig rig;

  @BeforeAll
  static void start() {
    rig =
        new HubRig(
            Map.of(
                "baton.hubs.acme.url", "http://127.0.0.1:1",
                "baton.hubs.acme.callback-secret", "new-secret, old-secret",
                "baton.hubs.other.url", "http://127.0.0.1:1",
                "baton.hubs.other.callback-secret", "others-secret",
                "baton.hubs.bare.url", "http://127.0.0.1:1"),
            "acme",
            "other",
            "bare");
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @BeforeEach
  void clear() {
    rig.appended.clear();
    rig.signalled.clear();
    rig.journalFailure = null;
    rig.failing = null;
    rig.journal.handedOff("c1", "acme", "h-77");
  }

  @Test
  void aSignedEventIsKeptAndThenAcknowledged() throws Exception {
    HttpResponse<String> answer = post(event("accepted").put("agent", agent()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    Append append = onlyAppend();
    assertThat(append.event()).isEqualTo("hub.accepted");
    assertThat(append.conversation()).isEqualTo("c1");
    assertThat(append.sourceId()).isEqualTo("hub:acme:e-1");
    assertThat(append.body())
        .isEqualTo(Map.of("handoffId", "c1:1", "agent", Map.of("id", "a-4", "name", "Grace")));
  }

  @Test
  void everySecretOfTheListIsAccepted() throws Exception {
    String body = event("accepted").encode();
    assertThat(post("acme", body, sign("old-secret", body)).statusCode()).isEqualTo(200);
    assertThat(post("acme", body, sign("new-secret", body)).statusCode()).isEqualTo(200);
  }

  @Test
  void aWrongOrMissingSignatureDeliversNothing() throws Exception {
    String body = event("accepted").encode();
    for (String signature :
        new String[] {
          null,
          "",
          "sha256=",
          "sha256=zz",
          sign("new-secret", body + " "),
          sign("others-secret", body),
          sign("new-secret", body).substring(7),
          sign("new-secret", body).replace("sha256", "sha1")
        }) {
      HttpResponse<String> answer = post("acme", body, signature);
      assertProblem(answer, 401, "BTN-2001");
      assertThat(answer.body()).doesNotContain("new-secret");
    }
    assertThat(rig.appended).isEmpty();
  }

  @Test
  void aHubWithoutCallbackSecretIsRefused() throws Exception {
    String body = event("accepted").encode();
    assertProblem(post("bare", body, sign("", body + "x")), 401, "BTN-2002");
    assertThat(rig.appended).isEmpty();
  }

  @Test
  void malformedEventsAreNamedAndDeliverNothing() throws Exception {
    for (String body :
        new String[] {
          "",
          "{",
          "{\"type\":\"message\"",
          "\"text\"",
          "null",
          "{}",
          "{\"type\":\"message\"} trailing",
          "{\"type\":\"message\"}",
          "[{\"type\":\"accepted\",\"conversationId\":\"h-77\"}, 7]",
          "[".repeat(5000)
        }) {
      assertProblem(post("acme", body, sign("new-secret", body)), 400, "BTN-2003");
    }
    assertThat(rig.appended).isEmpty();
  }

  @Test
  void anOversizedBodyIsRefused() throws Exception {
    String body = event("queued").put("text", "x".repeat(300_000)).encode();
    assertProblem(post("acme", body, sign("new-secret", body)), 413, "BTN-2004");
    assertThat(rig.appended).isEmpty();
  }

  @Test
  void anotherContentTypeIsRefused() throws Exception {
    String body = event("accepted").encode();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(rig.url() + "/hubs/acme/events"))
            .header("Content-Type", "text/plain")
            .header(HubWebhook.SIGNATURE, sign("new-secret", body))
            .POST(BodyPublishers.ofString(body))
            .build();
    assertProblem(CLIENT.send(request, BodyHandlers.ofString()), 415, "BTN-2005");
  }

  @Test
  void whatCannotBeKeptIsAskedForAgain() throws Exception {
    rig.journalFailure = new IllegalStateException("disk full: /var/secret/path");
    HttpResponse<String> answer = post(event("accepted"));
    assertProblem(answer, 503, "BTN-2006");
    assertThat(answer.headers().firstValue("retry-after")).contains("2");
    assertThat(answer.body()).doesNotContain("disk full");
    rig.journalFailure = null;
    assertThat(post(event("accepted")).statusCode()).isEqualTo(200);
  }

  @Test
  void anArrayIsTakenInOrder() throws Exception {
    JsonArray events =
        new JsonArray().add(event("accepted")).add(message("one")).add(message("two"));
    String body = events.encode();
    assertThat(post("acme", body, sign("new-secret", body)).statusCode()).isEqualTo(200);
    assertThat(rig.appended)
        .extracting(Append::event)
        .containsExactly("hub.accepted", "hub.message", "hub.message");
    assertThat(rig.appended.get(2).body()).containsEntry("text", "two");
  }

  @Test
  void theEventIdMayStandInTheHeader() throws Exception {
    JsonObject event = event("accepted");
    event.remove("eventId");
    String body = event.encode();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(rig.url() + "/hubs/acme/events"))
            .header("Content-Type", "application/json")
            .header("X-Event-Id", "from-header")
            .header(HubWebhook.SIGNATURE, sign("new-secret", body))
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    assertThat(onlyAppend().sourceId()).isEqualTo("hub:acme:from-header");
  }

  @Test
  void anEventOfOneHubNeverReachesAConversationOfAnother() throws Exception {
    rig.journal.handedOff("c2", "other", "o-1");
    JsonObject byHandoff = event("message").put("handoffId", "c2:1");
    byHandoff.remove("conversationId");
    assertThat(post(byHandoff.put("message", new JsonObject().put("text", "x"))).statusCode())
        .isEqualTo(200);
    JsonObject mixed = message("x").put("handoffId", "c2:1");
    assertThat(post(mixed).statusCode()).isEqualTo(200);
    assertThat(rig.appended).isEmpty();
  }

  @Test
  void anEventOfAnEarlierHandoffIsAcknowledgedAndDropped() throws Exception {
    assertThat(post(message("x").put("handoffId", "c1:7")).statusCode()).isEqualTo(200);
    assertThat(rig.appended).isEmpty();
  }

  @Test
  void unknownTypesAreAcknowledgedAndIgnored() throws Exception {
    assertThat(post(event("somethingNew\r\nforged line")).statusCode()).isEqualTo(200);
    assertThat(rig.appended).isEmpty();
  }

  @Test
  void anEventBeforeItsConversationIsKeptAndComesInInOrder() throws Exception {
    rig.journal.handedOff("c3", null, null);
    assertThat(
            post(event("accepted").put("handoffId", "c3:1").put("conversationId", "h-3"))
                .statusCode())
        .isEqualTo(200);
    assertThat(rig.parkedStore.kept).hasSize(1);
    JsonObject second = message("first words").put("conversationId", "h-3");
    assertThat(post(second).statusCode()).isEqualTo(200);
    assertThat(rig.appended).isEmpty();
    rig.journal.handedOff("c3", "acme", "h-3");
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> rig.appended.size() == 2);
    assertThat(rig.appended)
        .extracting(Append::event, Append::conversation)
        .containsExactly(tuple("hub.accepted", "c3"), tuple("hub.message", "c3"));
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(rig.parkedStore.kept::isEmpty);
  }

  @Test
  void aParkedEventThatCannotBeTakenHoldsBackNoOtherConversation() throws Exception {
    for (String id : List.of("c4", "c5")) {
      rig.journal.handedOff(id, null, null);
      assertThat(
              post(event("accepted")
                      .put("eventId", "p-" + id)
                      .put("handoffId", id + ":1")
                      .put("conversationId", "h-" + id))
                  .statusCode())
          .isEqualTo(200);
    }
    rig.failing = "c4";
    rig.journalFailure = new IllegalStateException("cannot be decided");

    rig.journal.handedOff("c4", "acme", "h-c4");
    rig.journal.handedOff("c5", "acme", "h-c5");
    Awaitility.await().until(() -> rig.appended.size() == 1);
    assertThat(rig.appended.get(0).conversation()).isEqualTo("c5");

    rig.journalFailure = null;
    Awaitility.await().until(() -> rig.appended.size() == 2);
    assertThat(rig.appended.get(1).conversation()).isEqualTo("c4");
  }

  @Test
  void typingIsShownAndNeverKept() throws Exception {
    assertThat(post(event("typing").put("agent", agent())).statusCode()).isEqualTo(200);
    assertThat(rig.appended).isEmpty();
    assertThat(rig.signalled).hasSize(1);
    assertThat(rig.signalled.get(0).conversation()).isEqualTo("c1");
    assertThat(rig.signalled.get(0).body()).containsEntry("type", "typing");
    post(event("typing").put("on", "false"));
    rig.journal.put("c1", "acme", "h-77", Handoff.Phase.COMPLETED);
    post(event("typing"));
    assertThat(rig.signalled).hasSize(1);
  }

  @Test
  void htmlControlCharactersAndPrivateAddressesDoNotReachTheCustomer() throws Exception {
    JsonObject message =
        new JsonObject()
            .put("id", 12)
            .put("format", "HTML")
            .put(
                "text",
                "<p>Hello &amp;"
                    + " <b>welcome</b>\u0007</p><script>steal()</script><ul><li>one</li><li>two</li></ul>")
            .put(
                "attachments",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("contentType", "image/png")
                            .put("contentUrl", "http://169.254.169.254/latest")
                            .put("name", "meta.png"))
                    .add(
                        new JsonObject()
                            .put("contentType", "application/pdf")
                            .put("contentUrl", "https://93.184.215.14/a.pdf")
                            .put("name", "a.pdf")));
    assertThat(post(event("message").put("message", message)).statusCode()).isEqualTo(200);
    Map<String, Object> body = onlyAppend().body();
    assertThat(body.get("text"))
        .isEqualTo("Hello & welcome\n\n- one\n- two\n[attachment left out: meta.png]");
    assertThat(body).containsEntry("format", "plain").containsEntry("messageId", "12");
    assertThat(body.get("attachments"))
        .isEqualTo(
            List.of(
                Map.of(
                    "contentType", "application/pdf",
                    "contentUrl", "https://93.184.215.14/a.pdf",
                    "name", "a.pdf")));
  }

  @Test
  void letterCaseAndNumbersAsStringsAreTaken() throws Exception {
    JsonObject event =
        new JsonObject()
            .put("EventId", 20)
            .put("Type", "AGENT_LEFT")
            .put("conversationID", "h-77")
            .put("agent", "Grace");
    post(event);
    assertThat(onlyAppend().event()).isEqualTo("hub.agentLeft");
    assertThat(onlyAppend().sourceId()).isEqualTo("hub:acme:20");
    rig.appended.clear();
    post(event("Queued").put("position", "2").put("waitSeconds", 90.7));
    assertThat(onlyAppend().body()).containsEntry("position", 2).containsEntry("waitSeconds", 90);
  }

  @Test
  void aSurveyIsALinkOrNothing() throws Exception {
    post(event("ended").put("by", "agent").put("survey", "javascript:alert(1)"));
    assertThat(onlyAppend().body()).containsEntry("by", "AGENT").containsEntry("survey", null);
    rig.appended.clear();
    post(event("ended").put("survey", "https://93.184.215.14/1"));
    assertThat(onlyAppend().body()).containsEntry("survey", "https://93.184.215.14/1");
  }

  @Test
  void onlyPostIsOffered() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(rig.url() + "/hubs/acme/events")).GET().build();
    assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  private static Append onlyAppend() {
    assertThat(rig.appended).hasSize(1);
    return rig.appended.get(0);
  }

  private static JsonObject event(String type) {
    return new JsonObject().put("eventId", "e-1").put("type", type).put("conversationId", "h-77");
  }

  private static JsonObject message(String text) {
    return event("message").put("message", new JsonObject().put("text", text));
  }

  private static JsonObject agent() {
    return new JsonObject().put("id", "a-4").put("name", "Grace");
  }

  private static String sign(String secret, String body) {
    return HubSignature.sign(
        secret.isEmpty() ? "x" : secret, body.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> post(JsonObject event)
      throws IOException, InterruptedException {
    String body = Json.encode(event);
    return post("acme", body, sign("new-secret", body));
  }

  private static HttpResponse<String> post(String hub, String body, String signature)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rig.url() + "/hubs/" + hub + "/events"))
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(body));
    if (signature != null) {
      request.header(HubWebhook.SIGNATURE, signature);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    JsonObject problem = new JsonObject(answer.body());
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("detail")).isNotBlank();
  }
}
