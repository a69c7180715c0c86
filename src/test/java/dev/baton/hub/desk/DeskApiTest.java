package dev.baton.hub.desk;

import static dev.baton.hub.desk.DeskFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Customer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeskApiTest {
  private static final String ALL = "/desk/api/conversations";
  private static final String GRACE = "{\"agent\":{\"id\":\"a-1\",\"name\":\"Grace\"}}";
  private static final String LINUS = "{\"agent\":{\"id\":\"a-2\",\"name\":\"Linus\"}}";

  private DeskFixture desk;

  @BeforeEach
  void start() {
    desk = new DeskFixture(DeskAccess.open(), DeskFixture.hub("desk"));
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void listsWaitingConversationsOldestFirst() {
    desk.waiting("c2", "Bob", Duration.ofMinutes(1));
    desk.waiting("c1", "Ada", Duration.ofMinutes(5));
    desk.journal.start("c3", new Customer("web-3", "Eve"), Instant.now());

    JsonNode list = json(desk.get(ALL + "?state=waiting"));

    assertThat(list.findValuesAsText("state")).containsExactly("waiting", "waiting");
    JsonNode first = list.get(0);
    assertThat(first.path("id").asText()).isEqualTo("c1");
    assertThat(first.path("customer").path("name").asText()).isEqualTo("Ada");
    assertThat(first.path("bot").asText()).isEqualTo("demo");
    assertThat(first.path("hub").asText()).isEqualTo("desk");
    assertThat(first.path("lastText").asText()).isEqualTo("refund please");
    assertThat(Instant.parse(first.path("waitingSince").asText()))
        .isBefore(Instant.now().minusSeconds(290));
    assertThat(first.path("agent").isNull()).isTrue();
  }

  @Test
  void leavesOutConversationsOfOtherHubs() {
    desk.journal.start("c1", new Customer("u", "Ada"), Instant.now());
    desk.journal.handOff("c1", "acme", Map.of(), Instant.now());

    assertThat(json(desk.get(ALL + "?state=waiting"))).isEmpty();
    assertProblem(desk.get(ALL + "/c1"), 404, "BTN-3007");
  }

  @Test
  void showsContextAndTranscriptWithSpeakers() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    desk.post(ALL + "/c1/accept", GRACE);
    desk.post(ALL + "/c1/messages", "{\"text\":\"Hello Ada\"}");

    JsonNode detail = json(desk.get(ALL + "/c1"));

    assertThat(detail.path("context").path("va_LastTopic").asText()).isEqualTo("Refund");
    assertThat(detail.path("handoff").path("id").asText()).isEqualTo("c1:1");
    assertThat(detail.path("transcript").findValuesAsText("role"))
        .containsExactly("bot", "user", "agent");
    assertThat(detail.path("transcript").findValuesAsText("text"))
        .containsExactly("Hello! What can I do?", "refund please", "Hello Ada");
    assertThat(detail.path("transcript").get(2).path("name").asText()).isEqualTo("Grace");
    assertThat(detail.path("transcript").get(2).path("n").asInt()).isEqualTo(2);
    assertThat(json(desk.get(ALL + "/c1?after=1")).path("transcript")).hasSize(1);
  }

  @Test
  void showsAWrittenSummaryWhenTheBotSentNoVariables() {
    desk.journal.start("c1", new Customer("u", null), Instant.now());
    desk.journal.handOff("c1", "desk", "Refund for A-1001", Instant.now());

    JsonNode detail = json(desk.get(ALL + "/c1"));

    assertThat(detail.path("summary").asText()).isEqualTo("Refund for A-1001");
    assertThat(detail.path("context")).isEmpty();
  }

  @Test
  void showsCardsSuggestedActionsAndOnlyWebLinks() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    ObjectNode activity = JsonNodeFactory.instance.objectNode().put("type", "message");
    activity.putObject("suggestedActions").putArray("actions").addObject().put("title", "Yes");
    ObjectNode card = activity.putArray("attachments").addObject();
    card.put("contentType", "application/vnd.microsoft.card.adaptive");
    card.putObject("content").putArray("body").addObject().put("text", "Order A-1001");
    ((ArrayNode) activity.get("attachments"))
        .addObject()
        .put("contentType", "image/png")
        .put("name", "x")
        .put("contentUrl", "javascript:alert(1)");
    desk.journal.say("c1", activity, Instant.now());

    JsonNode line = json(desk.get(ALL + "/c1")).path("transcript").get(2);

    assertThat(line.path("actions").get(0).asText()).isEqualTo("Yes");
    assertThat(line.path("attachments").get(0).path("text").asText()).isEqualTo("Order A-1001");
    assertThat(line.path("attachments").get(1).has("url")).isFalse();
  }

  @Test
  void hidesWhatTheCustomerSaysToTheBotAfterTheHumanPart() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    desk.post(ALL + "/c1/accept", GRACE);
    desk.post(ALL + "/c1/messages", "{\"text\":\"Done\"}");
    desk.post(ALL + "/c1/end", null);
    desk.journal.say("c1", "user", "Ada", "my other secret", Instant.now().plusSeconds(5));

    assertThat(desk.get(ALL + "/c1").body()).doesNotContain("my other secret");
    JsonNode ended = json(desk.get(ALL + "?state=ended")).get(0);
    assertThat(ended.path("lastText").asText()).isEqualTo("Done");
    assertThat(ended.path("endedAt").asText()).isNotEmpty();
  }

  @Test
  void takesAConversationFromWaitingToEnded() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));

    HttpResponse<String> accepted = desk.post(ALL + "/c1/accept", GRACE);
    assertThat(accepted.statusCode()).isEqualTo(200);
    assertThat(json(accepted).path("state").asText()).isEqualTo("active");
    assertThat(json(desk.get(ALL + "?state=active")).get(0).path("agent").path("name").asText())
        .isEqualTo("Grace");

    HttpResponse<String> said = desk.post(ALL + "/c1/messages", "{\"text\":\"Hello\"}");
    assertThat(said.statusCode()).isEqualTo(201);
    assertThat(json(said).path("id").asText()).isNotEmpty();
    assertThat(desk.post(ALL + "/c1/typing", null).statusCode()).isEqualTo(204);

    HttpResponse<String> ended = desk.post(ALL + "/c1/end", "{}");
    assertThat(json(ended).path("state").asText()).isEqualTo("ended");
    assertThat(desk.post(ALL + "/c1/end", "{}").statusCode()).isEqualTo(200);
    assertThat(desk.events.types()).containsExactly("accepted", "message", "typing", "ended");
    ObjectNode message = desk.events.raised.get(1);
    assertThat(message.path("handoffId").asText()).isEqualTo("c1:1");
    assertThat(message.path("conversationId").asText()).isEqualTo("c1:1");
    assertThat(message.path("agent").path("name").asText()).isEqualTo("Grace");
    assertThat(message.path("message").path("format").asText()).isEqualTo("plain");
    assertThat(desk.events.raised.get(3).path("by").asText()).isEqualTo("AGENT");
  }

  @Test
  void givesAConversationToOneOfTwoAgents() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));

    assertThat(desk.post(ALL + "/c1/accept", GRACE).statusCode()).isEqualTo(200);
    assertProblem(desk.post(ALL + "/c1/accept", LINUS), 409, "BTN-3012");
    assertThat(desk.post(ALL + "/c1/accept", GRACE).statusCode()).isEqualTo(200);
    assertThat(desk.events.types()).containsExactly("accepted");
  }

  @Test
  void refusesASecondAcceptWhileTheFirstIsBeingRecorded() throws Exception {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    desk.events.hold = new CompletableFuture<>();
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(() -> desk.post(ALL + "/c1/accept", GRACE).statusCode());
    await().atMost(Duration.ofSeconds(10)).until(() -> desk.events.asked.get() == 1);

    assertProblem(desk.post(ALL + "/c1/accept", LINUS), 409, "BTN-3012");

    desk.events.hold.complete(null);
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(desk.events.types()).containsExactly("accepted");
  }

  @Test
  void putsAConversationBackForAnotherAgent() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    desk.post(ALL + "/c1/accept", GRACE);

    assertThat(json(desk.post(ALL + "/c1/leave", null)).path("state").asText())
        .isEqualTo("waiting");
    assertThat(desk.post(ALL + "/c1/accept", LINUS).statusCode()).isEqualTo(200);
    assertThat(desk.events.types()).containsExactly("accepted", "agentLeft", "accepted");
  }

  @Test
  void declinesAWaitingConversation() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));

    assertThat(json(desk.post(ALL + "/c1/end", null)).path("state").asText()).isEqualTo("ended");
    assertThat(desk.events.types()).containsExactly("rejected");
  }

  @Test
  void sendsAMessageWithTheSameIdOnce() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    desk.post(ALL + "/c1/accept", GRACE);

    HttpResponse<String> first = desk.post(ALL + "/c1/messages", "{\"text\":\"x\",\"id\":\"m-1\"}");
    HttpResponse<String> again =
        desk.post(ALL + "/c1/messages", "{\"text\":\"x\"}", "Idempotency-Key", "m-1");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again)).isEqualTo(json(first));
    assertThat(desk.events.types()).containsExactly("accepted", "message");
  }

  @Test
  void removesControlCharactersFromMessages() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    desk.post(ALL + "/c1/accept", GRACE);

    desk.post(ALL + "/c1/messages", "{\"text\":\" a\\u0000\\u001b[31mb\\n<b>\\u202ec \"}");

    assertThat(desk.events.raised.get(1).path("message").path("text").asText())
        .isEqualTo("a[31mb\n<b>c");
    assertProblem(desk.post(ALL + "/c1/messages", "{\"text\":\"\\u0000\"}"), 400, "BTN-3009");
  }

  @Test
  void refusesMessagesThatDoNotFitTheState() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    String hello = "{\"text\":\"x\"}";

    assertProblem(desk.post(ALL + "/c1/messages", hello), 409, "BTN-3013");
    desk.post(ALL + "/c1/accept", GRACE);
    assertProblem(
        desk.post(ALL + "/c1/messages", "{\"text\":\"x\",\"agent\":{\"id\":\"a-2\"}}"),
        409,
        "BTN-3012");
    desk.post(ALL + "/c1/end", null);
    assertProblem(desk.post(ALL + "/c1/messages", hello), 409, "BTN-3014");
    assertProblem(desk.post(ALL + "/c1/accept", LINUS), 409, "BTN-3014");
  }

  @Test
  void saysWhenTheJournalCouldNotRecord() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    desk.events.failure = new IllegalStateException("disk full");

    HttpResponse<String> response = desk.post(ALL + "/c1/accept", GRACE);

    assertProblem(response, 503, "BTN-3015");
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
    assertThat(response.body()).doesNotContain("disk full");
    desk.events.failure = null;
    assertThat(desk.post(ALL + "/c1/accept", GRACE).statusCode()).isEqualTo(200);
  }

  @Test
  void doesNotPretendThatAMessageAfterTheEndArrived() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    desk.post(ALL + "/c1/accept", GRACE);
    desk.events.lost = true;

    assertProblem(desk.post(ALL + "/c1/messages", "{\"text\":\"x\"}"), 409, "BTN-3014");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/c1/messages|{\"text\":\"\"}|400|BTN-3009",
        "/c1/messages|{\"text\":7}|400|BTN-3009",
        "/c1/messages|{\"text\":|400|BTN-3009",
        "/c1/messages|[1]|400|BTN-3009",
        "/c1/messages|{\"text\":\"x\",\"id\":\"a b\"}|400|BTN-3009",
        "/c1/accept|{}|400|BTN-3009",
        "/c1/accept|{\"agent\":\"Grace\"}|400|BTN-3009",
        "/nobody/accept|{\"agent\":{\"id\":\"a\"}}|404|BTN-3007",
        "/nobody/messages|{\"text\":\"x\"}|404|BTN-3007",
        "/c1/other|{}|404|BTN-3008",
      })
  void refusesWhatItCannotUnderstand(String path, String body, int status, String code) {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));

    assertProblem(desk.post(ALL + path, body), status, code);
    assertThat(desk.events.raised).isEmpty();
  }

  @Test
  void refusesOversizedBodiesOtherTypesAndMethods() {
    desk.waiting("c1", "Ada", Duration.ofMinutes(1));
    String big = "{\"text\":\"" + "x".repeat(200_000) + "\"}";
    String longText = "{\"text\":\"" + "x".repeat(20_001) + "\"}";

    assertProblem(desk.post(ALL + "/c1/messages", big), 413, "BTN-3010");
    assertProblem(desk.post(ALL + "/c1/messages", longText), 413, "BTN-3010");
    assertProblem(
        desk.send(
            desk.request(ALL + "/c1/messages", "Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"text\":\"x\"}"))),
        415,
        "BTN-3011");
    HttpResponse<String> method = desk.get(ALL + "/c1/accept");
    assertProblem(method, 405, "BTN-3018");
    assertThat(method.headers().firstValue("Allow")).contains("POST");
    assertProblem(desk.get(ALL + "?state=lost"), 400, "BTN-3009");
    assertProblem(desk.get(ALL + "?state=waiting&limit=x"), 400, "BTN-3009");
    assertProblem(desk.get("/desk/api/nothing"), 404, "BTN-3008");
  }

  static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = json(response);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asText()).isNotBlank();
  }
}
