package dev.baton.hub.genesys;

import static dev.baton.hub.genesys.GenesysRig.get;
import static dev.baton.hub.genesys.GenesysRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.simulator.genesys.GenesysCall;
import dev.baton.simulator.genesys.GenesysConversation;
import dev.baton.simulator.genesys.GenesysFaultKind;
import dev.baton.simulator.genesys.GenesysFaults.Fault;
import dev.baton.simulator.genesys.GenesysMessage;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the platform's webhook brings, and what agents are told of it. */
class GenesysWebhookTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static GenesysRig rig;

  @BeforeAll
  static void start() {
    rig =
        new GenesysRig(
            GenesysSimulatorOptions.quick()
                .webhookTimeout(Duration.ofSeconds(10))
                .rate(100_000, Duration.ofMinutes(1)),
            Map.of("notifications", "trigger", "check-interval", "60s", "reorder-window", "200ms"));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @AfterEach
  void heal() {
    rig.genesys.faults().clear();
    rig.rig.journalFailure = null;
  }

  private static GenesysConversation accepted() {
    GenesysConversation conversation = rig.opened();
    rig.genesys.agents().accept(conversation);
    return conversation;
  }

  private static byte[] message(GenesysConversation to, String id, String text, Instant time) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("type", "Text")
        .put("text", text)
        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
            "channel",
            JSON.createObjectNode()
                .put("time", time.toString())
                .set("to", JSON.createObjectNode().put("id", to.customerId())))
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Future<Integer> post(byte[] body) {
    return rig.genesys
        .webhook()
        .post(body, GenesysSignature.sign(rig.genesys.webhookSecret(), body));
  }

  private static List<JsonNode> receipts(GenesysConversation of) {
    return rig.calls("receipt").stream()
        .map(GenesysCall::body)
        .map(
            body -> {
              try {
                return JSON.readTree(body);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            })
        .filter(body -> body.at("/channel/to/id").asText().equals(of.customerId()))
        .toList();
  }

  @Test
  void anAgentsMessageIsTheAgentsAndComesAfterTheAcceptance() {
    GenesysConversation conversation = accepted();
    assertThat(get(rig.genesys.agents().say(conversation, "Hello"))).isEqualTo(200);
    assertThat(rig.events(conversation)).containsExactly("hub.accepted", "hub.message");
    assertThat(rig.appended(conversation).get(rig.appended(conversation).size() - 1).body())
        .extracting("agent")
        .hasToString("{id=a0000000-0000-4000-8000-000000000001, name=Robin Field}");
  }

  @Test
  void aFlowsMessageIsNobodysAndAcceptsNothing() {
    GenesysConversation conversation = rig.opened();
    assertThat(get(rig.genesys.agents().flowSays(conversation, "One moment"))).isEqualTo(200);
    assertThat(rig.events(conversation)).containsExactly("hub.message");
    assertThat(
            rig.appended(conversation)
                .get(rig.appended(conversation).size() - 1)
                .body()
                .get("agent"))
        .isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = GenesysFaultKind.class,
      names = {"WEBHOOK_WRONG_KEY", "WEBHOOK_HEX", "WEBHOOK_UNSIGNED"})
  void aSignatureThatDoesNotFitIsRefusedAndNothingIsKept(GenesysFaultKind kind) {
    GenesysConversation conversation = accepted();
    rig.genesys.faults().arm(kind);
    assertThat(get(rig.genesys.agents().say(conversation, "forged"))).isEqualTo(401);
    assertThat(rig.texts(conversation)).isEmpty();
  }

  @Test
  void anyOfTheConfiguredKeysIsAccepted() {
    GenesysConversation conversation = accepted();
    byte[] body = message(conversation, "k1", "by the key of before", Instant.now());
    String signature = GenesysSignature.sign("the-secret-of-before", body);
    assertThat(get(rig.genesys.webhook().post(body, signature))).isEqualTo(200);
    assertThat(rig.texts(conversation)).containsExactly("by the key of before");
  }

  @Test
  void theSignatureHoldsForTheRawBytesHoweverTheyAreSpaced() {
    GenesysConversation conversation = accepted();
    String json =
        new String(message(conversation, "k2", "spaced", Instant.now()), StandardCharsets.UTF_8);
    byte[] body = json.replace("{", " {\n ").getBytes(StandardCharsets.UTF_8);
    assertThat(get(post(body))).isEqualTo(200);
    assertThat(rig.texts(conversation)).containsExactly("spaced");
  }

  @Test
  void theSameIdIsTheSameSourceSoThatTheJournalDropsTheRepeat() {
    GenesysConversation conversation = accepted();
    rig.genesys.faults().arm(GenesysFaultKind.WEBHOOK_TWICE);
    get(rig.genesys.agents().say(conversation, "once"));
    soon().until(() -> rig.texts(conversation).size() == 2); // this journal drops nothing
    assertThat(
            rig.appended(conversation).stream()
                .filter(append -> append.event().equals("hub.message"))
                .map(append -> append.sourceId())
                .distinct())
        .hasSize(1);
  }

  @Test
  void messagesThatOvertakeEachOtherAreToldByTheirTime() {
    GenesysConversation conversation = accepted();
    Instant now = Instant.now();
    Future<Integer> second = post(message(conversation, "o2", "second", now));
    Future<Integer> first = post(message(conversation, "o1", "first", now.minusMillis(80)));
    assertThat(get(first)).isEqualTo(200);
    assertThat(get(second)).isEqualTo(200);
    assertThat(rig.texts(conversation)).containsExactly("first", "second");
  }

  @Test
  void aMessageThatIsOlderThanTheWindowIsNotHeld() {
    GenesysConversation conversation = accepted();
    get(rig.genesys.agents().say(conversation, "warm"));
    Instant before = Instant.now();
    get(post(message(conversation, "h1", "old", Instant.now().minusSeconds(5))));
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(190));
  }

  @Test
  void aMessageThatComesTooLateComesLateButComes() {
    GenesysConversation conversation = accepted();
    Instant now = Instant.now();
    get(post(message(conversation, "l2", "second", now)));
    get(post(message(conversation, "l1", "first", now.minusSeconds(6))));
    assertThat(rig.texts(conversation)).containsExactly("second", "first");
  }

  @Test
  void aClockThatIsAheadHoldsNothingLongerThanTheWindow() {
    GenesysConversation conversation = accepted();
    Instant before = Instant.now();
    assertThat(get(post(message(conversation, "f1", "from the future", before.plusSeconds(3600)))))
        .isEqualTo(200);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void manyMessagesAtOnceKeepTheirOrder() {
    GenesysConversation conversation = accepted();
    Instant now = Instant.now();
    List<Future<Integer>> all =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(i -> 19 - i)
            .map(i -> post(message(conversation, "m" + i, "t" + i, now.plusMillis(i))))
            .toList();
    all.forEach(one -> assertThat(get(one)).isEqualTo(200));
    assertThat(rig.texts(conversation))
        .containsExactlyElementsOf(
            java.util.stream.IntStream.range(0, 20).mapToObj(i -> "t" + i).toList());
  }

  @Test
  void whatIsNotDurableIsNotAcknowledgedAndComesAgain() {
    GenesysConversation conversation = accepted();
    get(rig.genesys.agents().say(conversation, "before"));
    rig.rig.journalFailure = new IllegalStateException("the store is down");
    Future<Integer> said = rig.genesys.agents().say(conversation, "kept");
    soon()
        .until(
            () -> rig.genesys.webhook().attempts().stream().anyMatch(one -> one.status() == 503));
    rig.rig.journalFailure = null;
    assertThat(get(said)).isEqualTo(200);
    assertThat(rig.texts(conversation)).containsExactly("before", "kept");
  }

  @Test
  void aPlatformThatCannotSayWhoSpeaksDoesNotHoldUpTheAnswer() {
    GenesysConversation conversation = accepted();
    rig.genesys
        .faults()
        .arm(
            Fault.once(GenesysFaultKind.SLOW)
                .at("conversation")
                .times(-1)
                .delay(Duration.ofSeconds(3)));
    Instant before = Instant.now();
    assertThat(get(rig.genesys.agents().say(conversation, "quick"))).isEqualTo(200);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(2500));
    assertThat(rig.texts(conversation)).containsExactly("quick");
  }

  @Test
  void typingIsShownAndNotKept() {
    GenesysConversation conversation = accepted();
    assertThat(get(rig.genesys.agents().typing(conversation))).isEqualTo(200);
    soon().until(() -> !rig.rig.signalled.isEmpty());
    assertThat(rig.events(conversation)).doesNotContain("hub.message");
  }

  @Test
  void aMediaOnlyMessageArrivesAsAnAttachment() {
    GenesysConversation conversation = accepted();
    get(
        rig.genesys
            .agents()
            .sendMedia(
                conversation,
                "Image",
                "https://media.example.com/1.png",
                "image/png",
                "1.png",
                ""));
    assertThat(rig.events(conversation)).contains("hub.message");
    assertThat(rig.rig.signalled)
        .noneMatch(s -> s.conversation().equals(GenesysRig.conversation(conversation)));
    assertThat(rig.appended(conversation).toString()).contains("https://media.example.com/1.png");
  }

  @Test
  void theCustomersMessageIsReportedAsDelivered() {
    GenesysConversation conversation = accepted();
    rig.call("send", GenesysRig.conversation(conversation), Map.of("id", "c-1", "text", "hi"));
    GenesysMessage sent = conversation.messages().get(conversation.messages().size() - 1);
    get(rig.genesys.agents().receipt(conversation, sent, "Delivered"));
    assertThat(rig.events(conversation)).contains("hub.receipt");
  }

  @Test
  void theAgentIsToldWhatTheCustomerWasShown() {
    GenesysConversation conversation = accepted();
    get(rig.genesys.agents().say(conversation, "Hello"));
    GenesysMessage said = conversation.messages().get(conversation.messages().size() - 1);
    assertThat(receipts(conversation)).isEmpty();
    String id = GenesysRig.conversation(conversation);
    var shown = List.of(GenesysRig.shown("agent-robin", "agent", said.id()));
    rig.parts.shown(id, shown);
    rig.parts.shown(id, shown);
    soon().until(() -> "Delivered".equals(conversation.statusOf(said.id()).orElse("")));
    assertThat(receipts(conversation)).hasSize(1);
  }

  @Test
  void whatOthersSaidIsNotReported() {
    GenesysConversation conversation = accepted();
    String id = GenesysRig.conversation(conversation);
    rig.parts.shown(id, List.of(GenesysRig.shown("bot", "bot", "b-1")));
    rig.parts.shown(id, List.of(GenesysRig.shown("baton", "system", "agent-joined")));
    rig.parts.shown(id, List.of(GenesysRig.shown("agent-x", "agent", "m-1")));
    soon().until(() -> !receipts(conversation).isEmpty());
    assertThat(receipts(conversation))
        .extracting(r -> r.path("id").asText())
        .containsExactly("m-1");
  }

  @Test
  void anEmptyMessageIsAcknowledgedAndReportedAsFailed() {
    GenesysConversation conversation = accepted();
    byte[] body = message(conversation, "e-1", "", Instant.now());
    assertThat(get(post(body))).isEqualTo(200);
    soon().until(() -> !receipts(conversation).isEmpty());
    JsonNode receipt = receipts(conversation).get(0);
    assertThat(receipt.path("status").asText()).isEqualTo("Failed");
    assertThat(receipt.at("/reasons/0/code").asText()).isEqualTo("UnsupportedMessage");
  }

  @Test
  void aMessageToSomebodyWhoIsNotThereIsReportedAsFailed() {
    GenesysConversation conversation = accepted();
    String body =
        new String(message(conversation, "x-1", "hello?", Instant.now()), StandardCharsets.UTF_8);
    String before = body.replace(":1\"", ":0\""); // an earlier handoff of the same customer
    assertThat(get(post(before.getBytes(StandardCharsets.UTF_8)))).isEqualTo(200);
    soon().until(() -> rig.calls("receipt").stream().anyMatch(call -> call.body().contains("x-1")));
    assertThat(rig.calls("receipt"))
        .anyMatch(
            call -> call.body().contains("x-1") && call.body().contains("InvalidDestination"));
  }

  @Test
  void unknownTypesAndFieldsAreAcknowledged() {
    for (String body :
        List.of(
            "{\"type\":\"Dance\",\"channel\":{\"to\":{\"id\":\"x\"}}}",
            "{\"type\":\"Text\",\"text\":\"to nobody\"}",
            "{}")) {
      assertThat(get(post(body.getBytes(StandardCharsets.UTF_8)))).isEqualTo(200);
    }
    assertThat(get(post("no json".getBytes(StandardCharsets.UTF_8)))).isEqualTo(400);
  }

  private static int trigger(String key, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(rig.rig.url() + "/hubs/sales/trigger"))
            .header("Authorization", key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTriggerTellsOfAcceptanceAndEnd() {
    GenesysConversation conversation = accepted();
    String body = "{\"conversationId\":\"" + conversation.id() + "\"}";
    assertThat(trigger("a-trigger-key", body)).isEqualTo(200);
    assertThat(rig.events(conversation)).containsExactly("hub.accepted");
    rig.genesys.agents().leave(conversation);
    assertThat(
            trigger(
                "a-trigger-key",
                "{\"detail\":{\"eventBody\":{\"conversationId\":\"" + conversation.id() + "\"}}}"))
        .isEqualTo(200);
    soon().until(() -> rig.events(conversation).contains("hub.ended"));
  }

  @Test
  void aTriggerForATransferEndsNothing() {
    GenesysConversation conversation = accepted();
    rig.genesys.agents().transferToQueue(conversation, "Billing");
    trigger("a-trigger-key", "{\"eventBody\":{\"conversationId\":\"" + conversation.id() + "\"}}");
    assertThat(rig.events(conversation))
        .containsExactly("hub.accepted", "hub.transferring", "hub.agentLeft");
  }

  @Test
  void aTriggerOfAnotherConversationIsIgnoredAndOneWithoutKeyRefused() {
    assertThat(trigger("a-trigger-key", "{\"conversationId\":\"not-ours\"}")).isEqualTo(200);
    assertThat(trigger("guessed", "{\"conversationId\":\"not-ours\"}")).isEqualTo(401);
    assertThat(trigger("a-trigger-key", "{}")).isEqualTo(400);
  }

  @Test
  void aTriggerWhoseReadingFailsIsToBeSentAgain() {
    GenesysConversation conversation = accepted();
    rig.genesys
        .faults()
        .arm(Fault.once(GenesysFaultKind.SERVER_ERROR).at("conversation").times(-1));
    String body = "{\"conversationId\":\"" + conversation.id() + "\"}";
    assertThat(trigger("a-trigger-key", body)).isEqualTo(503);
  }

  @Test
  void messagesBeforeTheAnswerToTheOpeningAreParkedInOrder() {
    rig.genesys
        .faults()
        .arm(Fault.once(GenesysFaultKind.SLOW).at("message").delay(Duration.ofMillis(300)));
    String id = rig.requested();
    CompletableFuture<?> opening =
        CompletableFuture.runAsync(() -> rig.call("open", id, GenesysRig.request()));
    soon().until(() -> rig.genesys.conversationOf(id + ":1").isPresent());
    GenesysConversation conversation = rig.at(id);
    rig.genesys.agents().accept(conversation);
    assertThat(get(rig.genesys.agents().say(conversation, "I was quick"))).isEqualTo(200);
    opening.join();
    rig.rig.journal.handedOff(id, GenesysRig.HUB, id + ":1");
    soon().until(() -> rig.texts(conversation).size() == 1);
    assertThat(rig.events(conversation)).containsExactly("hub.accepted", "hub.message");
  }
}
