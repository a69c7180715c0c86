package dev.baton.simulator.genesys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mypurecloud.sdk.v2.model.ConversationContentAttachment;
import com.mypurecloud.sdk.v2.model.ErrorBody;
import com.mypurecloud.sdk.v2.model.MessageConversation;
import com.mypurecloud.sdk.v2.model.OpenEventNormalizedMessage;
import com.mypurecloud.sdk.v2.model.OpenMessageNormalizedMessage;
import com.mypurecloud.sdk.v2.model.OpenNormalizedMessage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenMessagingTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static GenesysSimulator genesys;
  private static Webhook webhook;
  private static Api api;
  private final String customer = "customer-" + NUMBER.incrementAndGet();

  @BeforeAll
  static void start() {
    webhook = new Webhook();
    genesys = GenesysSimulator.start(GenesysSimulatorOptions.quick().webhookUrl(webhook.url()));
    api = new Api(genesys).login();
  }

  @AfterAll
  static void stop() {
    genesys.close();
    webhook.close();
  }

  @AfterEach
  void disarm() {
    genesys.faults().clear();
    webhook.posts.clear();
  }

  @Test
  void aMessageIsAnsweredInTheVendorsShapeWithTheConversationIdOnlyWhenPrefetched()
      throws Exception {
    JsonObject message = Api.text(customer, "m-1", "2026-03-04T10:15:30.123Z", "Hello");
    JsonObject plain = new JsonObject(api.inbound("message", message).body());
    assertThat(plain.containsKey("conversationId")).isFalse();
    message.getJsonObject("channel").put("messageId", "m-2");
    JsonObject prefetched =
        new JsonObject(api.inbound("message?prefetchConversationId=true", message).body());
    assertThat(prefetched.remove("conversationId"))
        .isEqualTo(genesys.conversationOf(customer).orElseThrow().id());
    OpenMessageNormalizedMessage model =
        Models.read(prefetched, OpenMessageNormalizedMessage.class);
    assertThat(model.getText()).isEqualTo("Hello");
    assertThat(model.getChannel().getFrom().getId()).isEqualTo(customer);
    assertThat(model.getChannel().getMessageId()).isEqualTo("m-2");
  }

  @Test
  void aRepeatedMessageIsKnownByItsIdAndTimeTogether() {
    String time = Instant.now().toString();
    HttpResponse<String> first = api.message(customer, "m-1", time, "once");
    HttpResponse<String> second = api.message(customer, "m-1", time, "once");
    assertThat(second.body()).isEqualTo(first.body());
    api.message(customer, "m-1", Instant.now().plusMillis(5).toString(), "again");
    api.message(customer, "m-2", time, "more");
    assertThat(genesys.conversationOf(customer).orElseThrow().inboundTexts())
        .containsExactly("once", "again", "more");
  }

  @Test
  void whatTheModelsDemandIsRefusedByNameWhenItIsMissing() throws Exception {
    JsonObject message = Api.text(customer, "m-1", "yesterday", "x".repeat(2001));
    message.getJsonObject("channel").getJsonObject("from").put("idType", "Other");
    message.put("content", new JsonArray().add(new JsonObject()));
    HttpResponse<String> answer = api.inbound("message", message);
    assertThat(answer.statusCode()).isEqualTo(400);
    ErrorBody error = Models.read(new JsonObject(answer.body()), ErrorBody.class);
    assertThat(error.getStatus()).isEqualTo(400);
    assertThat(error.getMessage())
        .contains("idType", "channel.time", "2001 characters", "url is required", "mime");
    assertThat(api.inbound("message", new JsonObject()).statusCode()).isEqualTo(400);
    assertThat(api.call("POST", "/api/v2/conversations/messages/other/inbound/open/message", "{}"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(404);
  }

  @Test
  void customAttributesBecomeDataOfTheCustomersParticipant() throws Exception {
    GenesysConversation conversation = api.open(customer);
    JsonObject read =
        new JsonObject(api.get("/api/v2/conversations/messages/" + conversation.id()).body());
    MessageConversation model = Models.read(read, MessageConversation.class);
    assertThat(model.getParticipants())
        .extracting(p -> p.getPurpose() + " " + p.getState())
        .containsExactly("customer connected", "workflow disconnected", "acd connected");
    assertThat(model.getParticipants().get(0).getAttributes()).containsEntry("k", "v");
  }

  @Test
  void typingOfTheCustomerReachesTheConversation() throws Exception {
    GenesysConversation conversation = api.open(customer);
    JsonObject event = Api.text(customer, "x", Instant.now().toString(), "");
    event.remove("text");
    event.put("events", new JsonArray().add(new JsonObject().put("eventType", "Typing")));
    HttpResponse<String> answer = api.inbound("event", event);
    assertThat(Models.read(new JsonObject(answer.body()), OpenEventNormalizedMessage.class))
        .isNotNull();
    assertThat(conversation.messages()).last().extracting(GenesysMessage::type).isEqualTo("Event");
    event.put("events", new JsonArray().add(new JsonObject().put("eventType", "Presence")));
    assertThat(api.inbound("event", event).statusCode()).isEqualTo(400);
  }

  @Test
  void anAgentsMessagesTypingAndFilesReachTheWebhookSignedInBase64() throws Exception {
    GenesysConversation conversation = api.open(customer);
    genesys.agents().accept(conversation);
    genesys.agents().typing(conversation);
    genesys.agents().say(conversation, "Hello");
    genesys
        .agents()
        .sendMedia(conversation, "Image", "https://files.example/a.png", "image/png", "a.png", "");
    await().atMost(Duration.ofSeconds(30)).until(() -> webhook.posts.size() == 3);
    for (Webhook.Post post : webhook.posts) {
      assertThat(post.signature()).isEqualTo(genesys.webhook().sign(post.raw().getBytes()));
    }
    assertThat(webhook.posts.get(0).body().getString("type")).isEqualTo("Event");
    OpenNormalizedMessage text =
        Models.read(webhook.posts.get(1).body(), OpenNormalizedMessage.class);
    assertThat(text.getText()).isEqualTo("Hello");
    assertThat(text.getChannel().getTo().getId()).isEqualTo(customer);
    assertThat(text.getChannel().getFrom().getId()).isEqualTo(genesys.integrationId());
    OpenNormalizedMessage media =
        Models.read(webhook.posts.get(2).body(), OpenNormalizedMessage.class);
    ConversationContentAttachment attachment = media.getContent().get(0).getAttachment();
    assertThat(attachment.getUrl()).isEqualTo("https://files.example/a.png");
    assertThat(media.getText()).isEmpty();
  }

  @Test
  void aFailedWebhookCallIsRepeatedFiveTimesAndOvertakenMeanwhile() {
    GenesysConversation conversation = api.open(customer);
    genesys.agents().accept(conversation);
    webhook.statuses.put("stubborn", new ArrayList<>(List.of(503, 429, 500, 502, 504, 503, 503)));
    genesys.agents().say(conversation, "stubborn");
    genesys.agents().say(conversation, "next");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> statusOf(conversation, "stubborn").equals("Failed"));
    assertThat(webhook.texts()).filteredOn("stubborn"::equals).hasSize(6);
    assertThat(webhook.texts().indexOf("next")).isLessThan(3);
    assertThat(webhook.posts)
        .filteredOn(post -> "stubborn".equals(post.body().getString("text")))
        .extracting(post -> post.body().getString("id"))
        .containsOnly(webhook.posts.get(0).body().getString("id"));
  }

  @Test
  void aTimeOutOfTheWebhookIsRepeatedAndAnotherStatusIsFinal() {
    GenesysConversation conversation = api.open(customer);
    genesys.agents().accept(conversation);
    webhook.statuses.put("slow", new ArrayList<>(List.of(-1)));
    webhook.statuses.put("wrong", new ArrayList<>(List.of(400)));
    genesys.agents().say(conversation, "slow");
    genesys.agents().say(conversation, "wrong");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                webhook.texts().stream().filter("slow"::equals).count() == 2
                    && statusOf(conversation, "wrong").equals("Failed"));
    assertThat(webhook.texts()).filteredOn("wrong"::equals).hasSize(1);
  }

  @Test
  void aReceiptChangesTheStatusOfTheMessageThatItNames() {
    GenesysConversation conversation = api.open(customer);
    genesys.agents().accept(conversation);
    genesys.agents().say(conversation, "Hello");
    String id = conversation.messages().get(1).id();
    JsonObject receipt =
        new JsonObject()
            .put("id", id)
            .put(
                "channel",
                new JsonObject()
                    .put("to", new JsonObject().put("id", customer))
                    .put("time", Instant.now().toString()))
            .put("status", "Delivered");
    assertThat(api.inbound("receipt", receipt).statusCode()).isEqualTo(200);
    assertThat(conversation.statusOf(id)).contains("Delivered");
    assertThat(api.inbound("receipt", receipt.copy().put("status", "Seen")).statusCode())
        .isEqualTo(400);
    assertThat(api.inbound("receipt", receipt.copy().put("id", "none")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void aButtonPressNamesTheMessageThatHadTheButton() {
    GenesysConversation conversation = api.open(customer);
    genesys.agents().accept(conversation);
    genesys.agents().sendStructured(conversation, "Which?", new JsonArray());
    JsonObject pressed = Api.text(customer, "b-1", Instant.now().toString(), "");
    pressed.put(
        "buttonResponse",
        new JsonObject().put("type", "QuickReply").put("text", "Yes").put("payload", "yes"));
    assertThat(api.inbound("structured/response", pressed).statusCode()).isEqualTo(400);
    pressed.put("originatingMessageId", "none");
    assertThat(api.inbound("structured/response", pressed).statusCode()).isEqualTo(400);
    pressed.put("originatingMessageId", conversation.messages().get(1).id());
    assertThat(api.inbound("structured/response", pressed).statusCode()).isEqualTo(200);
    assertThat(conversation.inboundTexts()).last().isEqualTo("Yes");
  }

  @Test
  void transfersAndLeavingShowInTheParticipants() throws Exception {
    GenesysConversation conversation = api.open(customer);
    GenesysAgents agents = genesys.agents();
    agents.accept(conversation);
    agents.transfer(conversation, GenesysAgent.SAM, DisconnectType.CONSULT_TRANSFER);
    agents.transferToQueue(conversation, "Second line");
    assertThat(conversation.state()).isEqualTo("queue");
    agents.accept(conversation);
    agents.leave(conversation);
    assertThat(conversation.ended()).isTrue();
    String path = "/api/v2/conversations/messages/" + conversation.id();
    MessageConversation model =
        Models.read(new JsonObject(api.get(path).body()), MessageConversation.class);
    assertThat(model.getParticipants())
        .filteredOn(p -> p.getPurpose().equals("agent"))
        .extracting(p -> p.getName() + " " + p.getDisconnectType())
        .containsExactly(
            "Robin Field transfer.consult", "Sam Rivers transfer", "Robin Field client");
    String id = conversation.id();
    api.message(customer, "later", Instant.now().toString(), "I am back");
    assertThat(genesys.conversationOf(customer).orElseThrow().id()).isNotEqualTo(id);
  }

  @Test
  void theCustomersLeavingDisconnectsEverybody() {
    GenesysConversation conversation = api.open(customer);
    genesys.agents().accept(conversation);
    String path = "/api/v2/conversations/messages/" + conversation.id() + "/participants/";
    assertThat(api.call("PATCH", path + "none", "{\"state\":\"disconnected\"}").statusCode())
        .isEqualTo(404);
    String participant = path + conversation.participants().get(0).id();
    assertThat(api.call("PATCH", participant, "{}").statusCode()).isEqualTo(400);
    assertThat(api.call("PATCH", participant, "{\"state\":\"disconnected\"}").statusCode())
        .isEqualTo(202);
    assertThat(conversation.ended()).isTrue();
    assertThat(conversation.participants())
        .allMatch(p -> !p.isOpen())
        .last()
        .extracting(GenesysParticipant::disconnect)
        .isEqualTo(DisconnectType.PEER);
  }

  @Test
  void faultsOfTheWebhookChangeItsSignatureItsOrderAndItsNumber() {
    GenesysConversation conversation = api.open(customer);
    genesys.agents().accept(conversation);
    genesys
        .faults()
        .arm(GenesysFaultKind.WEBHOOK_UNSIGNED)
        .arm(GenesysFaultKind.WEBHOOK_LATE)
        .arm(GenesysFaultKind.WEBHOOK_TWICE);
    genesys.agents().say(conversation, "one");
    genesys.agents().say(conversation, "two");
    await().atMost(Duration.ofSeconds(30)).until(() -> webhook.posts.size() == 3);
    assertThat(webhook.texts()).containsExactly("two", "two", "one");
    assertThat(webhook.posts.get(0).signature()).isNull();
    genesys.faults().arm(GenesysFaultKind.WEBHOOK_HEX).arm(GenesysFaultKind.WEBHOOK_LOST);
    genesys.agents().say(conversation, "lost");
    genesys.agents().say(conversation, "hex");
    await().atMost(Duration.ofSeconds(30)).until(() -> webhook.texts().contains("hex"));
    assertThat(webhook.texts()).doesNotContain("lost");
    assertThat(webhook.posts.get(3).signature()).matches("sha256=[0-9a-f]{64}");
  }

  private static String statusOf(GenesysConversation conversation, String text) {
    return conversation.messages().stream()
        .filter(message -> message.text().equals(text))
        .map(GenesysMessage::status)
        .findFirst()
        .orElseThrow();
  }

  /** Reading with the vendor's models: a field that they do not know is a mistake of ours. */
  static final class Models {
    private static final ObjectMapper JSON = new ObjectMapper();

    static <T> T read(JsonObject json, Class<T> model) throws Exception {
      return JSON.readValue(json.encode(), model);
    }
  }
}
