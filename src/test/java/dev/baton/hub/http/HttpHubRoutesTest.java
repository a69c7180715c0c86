package dev.baton.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.HubRig;
import dev.baton.journal.DeliveryException;
import dev.baton.simulator.http.HttpHubSimulator;
import dev.baton.simulator.http.HttpHubSimulator.Recorded;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpHubRoutesTest {
  private static HttpHubSimulator hub;
  private static HubRig rig;
  private static int handoffs;

  @BeforeAll
  static void start() {
    hub = HttpHubSimulator.start(0, "t0ken", "s3cret");
    rig =
        new HubRig(
            Map.of(
                "baton.hubs.acme.url", hub.url(),
                "baton.hubs.acme.token", "t0ken",
                "baton.hubs.acme.max-text", "500",
                "baton.hubs.acme.timeout", "2s",
                "baton.hubs.wrong.url", hub.url(),
                "baton.hubs.wrong.token", "other"),
            "acme",
            "wrong");
  }

  @AfterAll
  static void stop() {
    rig.close();
    hub.close();
  }

  @BeforeEach
  void healthy() {
    hub.faults().none();
  }

  @Test
  void availabilityPassesTheRoutingOnAndReadsTheAnswer() {
    Exchange answer =
        call("availability", Map.of("queue", "refunds & more", "locale", "en-US"), Map.of());
    assertThat(body(answer)).containsEntry("state", "AVAILABLE").containsEntry("waitSeconds", 5);
    assertThat(last().path()).isEqualTo("/hub/availability");
    assertThat(last().query()).isEqualTo("queue=refunds%20%26%20more&locale=en-US");
  }

  @Test
  void availabilityIsUnknownWhereTheHubDoesNotOfferIt() {
    hub.faults().answer("availability", 404, null, 1);
    assertThat(body(call("availability", Map.of(), Map.of()))).containsEntry("state", "UNKNOWN");
  }

  @Test
  void availabilityTellsWhyNobodyIsThere() {
    hub.faults().closed("CLOSED");
    assertThat(body(call("availability", Map.of(), Map.of())))
        .containsEntry("state", "UNAVAILABLE")
        .containsEntry("reason", "CLOSED");
  }

  @Test
  void openTwiceWithOneHandoffIdGivesOneConversation() {
    String id = handoff();
    Map<String, Object> first = body(open(id, 3));
    Map<String, Object> second = body(open(id, 3));
    assertThat(first).containsEntry("created", true);
    assertThat(second)
        .containsEntry("created", false)
        .containsEntry("conversationId", first.get("conversationId"));
    assertThat(last().headers())
        .containsEntry("idempotency-key", id)
        .containsEntry("authorization", "Bearer t0ken")
        .containsEntry("content-type", "application/json");
  }

  @Test
  void aLostAnswerIsRetriedIntoTheSameConversation() {
    String id = handoff();
    hub.faults().loseAnswer("open", 1);
    assertThat(open(id, 1).getException()).isNotNull().isNotInstanceOf(DeliveryException.class);
    assertThat(body(open(id, 1))).containsEntry("created", false);
    assertThat(hub.chats()).filteredOn(chat -> chat.handoffId().equals(id)).hasSize(1);
  }

  @Test
  void aClosedHubRefusesWithItsReason() {
    hub.faults().closed("NO_AGENT");
    String id = handoff();
    Exchange answer = open(id, 1);
    assertThat(answer.getException()).isNull();
    assertThat(body(answer))
        .containsEntry("state", "UNAVAILABLE")
        .containsEntry("reason", "NO_AGENT");
    assertThat(hub.chat(id)).isEmpty();
  }

  @Test
  void aTranscriptThatIsTooLongLosesItsOldestLinesAndSaysSo() {
    hub.faults().maxTranscript(4);
    String id = handoff();
    assertThat(body(open(id, 10))).containsKey("conversationId");
    List<String> lines =
        hub.chat(id).orElseThrow().handoff().getJsonArray("transcript").stream()
            .map(line -> ((JsonObject) line).getString("text"))
            .toList();
    assertThat(lines).containsExactly("[8 earlier lines left out]", "line 9", "line 10");
  }

  @Test
  void aHandoffThatIsTooLargeWithoutTranscriptIsGivenUp() {
    hub.faults().answer("open", 413, null, 10);
    Exchange answer = open(handoff(), 3);
    assertThat(failure(answer).isPermanent()).isTrue();
    assertThat(failure(answer)).hasMessageContaining("BTN-2104");
  }

  @Test
  void retryAfterIsHandedToTheLane() {
    hub.faults().answer("open", 429, "7", 1).answer("send", 503, "3", 1);
    assertThat(failure(open(handoff(), 1)).retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(failure(send("h-1", "hi")).retryAfter()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void messagesArriveInTheConversationThatTheyAreFor() {
    String id = handoff();
    String conversation = body(open(id, 0)).get("conversationId").toString();
    assertThat(body(send(conversation, "hello"))).containsEntry("id", "hub-m-hello");
    assertThat(body(send(conversation, "hello"))).isNotNull();
    assertThat(hub.chat(id).orElseThrow().texts()).containsExactly("hello");
    assertThat(hub.chat(id).orElseThrow().repeats()).isEqualTo(1);
  }

  @Test
  void idsThatLookLikePathsStayInTheirSegment() {
    assertThat(failure(send("../x?y=1#{{z}} ä/..", "hi")).reason())
        .isEqualTo(DeliveryException.Reason.GONE);
    assertThat(last().path())
        .isEqualTo("/hub/conversations/..%2Fx%3Fy%3D1%23%7B%7Bz%7D%7D%20%C3%A4%2F../messages");
  }

  @Test
  void otherRefusalsAreFinalAndFaultsAreNot() {
    hub.faults().answer("send", 422, null, 1);
    assertThat(failure(send("h-1", "hi")).reason()).isEqualTo(DeliveryException.Reason.REFUSED);
    hub.faults().answer("send", 502, null, 1);
    assertThat(send("h-1", "hi").getException()).isNotInstanceOf(DeliveryException.class);
    hub.faults().down(true);
    assertThat(send("h-1", "hi").getException())
        .isNotNull()
        .isNotInstanceOf(DeliveryException.class);
  }

  @Test
  void aWrongTokenIsNamedWithoutBeingShownAndTriedAgain() {
    Exchange answer = rig.call("wrong", "send", Map.of("id", "1"), conversation("h-1"));
    assertThat(answer.getException())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("baton.hubs.wrong.token")
        .hasMessageNotContaining("other");
  }

  @Test
  void aHubThatDoesNotAnswerInTimeIsTriedAgain() {
    hub.faults().slow(Duration.ofSeconds(20));
    assertThat(send("h-1", "hi").getException())
        .isNotNull()
        .isNotInstanceOf(DeliveryException.class);
  }

  @Test
  void endCarriesItsReasonAndSucceedsWhenTheConversationIsGone() {
    String id = handoff();
    String conversation = body(open(id, 0)).get("conversationId").toString();
    assertThat(call("end", Map.of("reason", "CUSTOMER"), conversation(conversation)).getException())
        .isNull();
    assertThat(hub.chat(id).orElseThrow().ends()).containsExactly("CUSTOMER");
    hub.faults().answer("end", 404, null, 1);
    assertThat(call("end", Map.of("reason", "BOT"), conversation(conversation)).getException())
        .isNull();
    assertThat(failure(send(conversation, "late")).reason())
        .isEqualTo(DeliveryException.Reason.GONE);
  }

  @Test
  void typingIsShownAndNotMissedWhereItIsNotOffered() {
    String id = handoff();
    String conversation = body(open(id, 0)).get("conversationId").toString();
    call("typing", Map.of("on", true), conversation(conversation));
    assertThat(hub.chat(id).orElseThrow().typing()).isEqualTo(1);
    hub.faults().answer("typing", 501, null, 1);
    assertThat(call("typing", Map.of("on", true), conversation(conversation)).getException())
        .isNull();
  }

  @Test
  void capabilitiesComeFromConfiguration() {
    assertThat(body(call("capabilities", null, Map.of())))
        .containsEntry("maxText", 500)
        .containsEntry("typing", true)
        .doesNotContainKey("maxTranscript");
  }

  @Test
  void noHeaderOfTheHubIsLeftBehind() {
    assertThat(open(handoff(), 0).getMessage().getHeaders()).isEmpty();
  }

  private static String handoff() {
    return "conv" + ++handoffs + ":1";
  }

  private static Exchange open(String handoffId, int lines) {
    List<Map<String, Object>> transcript = new ArrayList<>();
    for (int i = 1; i <= lines; i++) {
      transcript.add(Map.of("id", "t" + i, "role", "user", "text", "line " + i));
    }
    return call(
        "open",
        Map.of("handoffId", handoffId, "callbackUrl", "http://x/", "transcript", transcript),
        Map.of("handoffId", handoffId));
  }

  private static Exchange send(String conversation, String text) {
    return call(
        "send", Map.of("id", "m-" + text, "seq", 1, "text", text), conversation(conversation));
  }

  private static Map<String, Object> conversation(String id) {
    return Map.of("hubConversationId", id);
  }

  private static Exchange call(String operation, Object body, Map<String, Object> variables) {
    return rig.call("acme", operation, body, variables);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> body(Exchange exchange) {
    if (exchange.getException() != null) {
      throw new AssertionError(exchange.getException());
    }
    return exchange.getMessage().getBody(Map.class);
  }

  private static DeliveryException failure(Exchange exchange) {
    assertThat(exchange.getException()).isInstanceOf(DeliveryException.class);
    return (DeliveryException) exchange.getException();
  }

  private static Recorded last() {
    return hub.requests().get(hub.requests().size() - 1);
  }
}
