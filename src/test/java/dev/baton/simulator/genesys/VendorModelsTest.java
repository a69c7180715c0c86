package dev.baton.simulator.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.mypurecloud.sdk.v2.model.BotConnectorBot;
import com.mypurecloud.sdk.v2.model.BotConnectorBotVersion;
import com.mypurecloud.sdk.v2.model.BotIntent;
import com.mypurecloud.sdk.v2.model.BotList;
import com.mypurecloud.sdk.v2.model.BotSlot;
import com.mypurecloud.sdk.v2.model.Channel;
import com.mypurecloud.sdk.v2.model.ChannelTopic;
import com.mypurecloud.sdk.v2.model.Conversation;
import com.mypurecloud.sdk.v2.model.MediaParticipantRequest;
import com.mypurecloud.sdk.v2.model.OpenContentAttachment;
import com.mypurecloud.sdk.v2.model.OpenEvent;
import com.mypurecloud.sdk.v2.model.OpenInboundMessageContent;
import com.mypurecloud.sdk.v2.model.OpenInboundMessageMessagingChannel;
import com.mypurecloud.sdk.v2.model.OpenInboundMessagingChannel;
import com.mypurecloud.sdk.v2.model.OpenInboundMessagingReceiptChannel;
import com.mypurecloud.sdk.v2.model.OpenInboundNormalizedEvent;
import com.mypurecloud.sdk.v2.model.OpenInboundNormalizedMessage;
import com.mypurecloud.sdk.v2.model.OpenInboundNormalizedReceipt;
import com.mypurecloud.sdk.v2.model.OpenMessagingFromRecipient;
import com.mypurecloud.sdk.v2.model.OpenMessagingToRecipient;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a program of the vendor's SDK sends is taken, and what it gets back it can read. */
class VendorModelsTest {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .setSerializationInclusion(JsonInclude.Include.NON_NULL);
  private static final Date NOW = Date.from(Instant.now());
  private static GenesysSimulator genesys;
  private static Webhook webhook;
  private static Api api;

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

  @Test
  void aWholeConversationOfTheSdksModels() throws Exception {
    OpenMessagingFromRecipient from =
        new OpenMessagingFromRecipient()
            .id("sdk-1")
            .idType(OpenMessagingFromRecipient.IdTypeEnum.OPAQUE)
            .nickname("Dana");
    OpenContentAttachment file =
        new OpenContentAttachment()
            .mediaType(OpenContentAttachment.MediaTypeEnum.IMAGE)
            .url("https://files.example/a.png")
            .mime("image/png");
    post(
        "message?prefetchConversationId=true",
        new OpenInboundNormalizedMessage()
            .channel(
                new OpenInboundMessageMessagingChannel()
                    .from(from)
                    .time(NOW)
                    .messageId("sdk-m-1")
                    .metadata(Map.of("customAttributes", Map.of("OrderNumber", "A-1"))))
            .text("Hello")
            .content(List.of(new OpenInboundMessageContent().attachment(file)))
            .metadata(Map.of("a", "b")));
    GenesysConversation conversation = genesys.conversationOf("sdk-1").orElseThrow();
    assertThat(conversation.attributes()).containsEntry("OrderNumber", "A-1");
    post(
        "event",
        new OpenInboundNormalizedEvent()
            .channel(new OpenInboundMessagingChannel().from(from).time(NOW))
            .events(List.of(new OpenEvent().eventType(OpenEvent.EventTypeEnum.TYPING))));
    genesys.agents().accept(conversation);
    genesys.agents().say(conversation, "Hello Dana");
    String sent = conversation.messages().get(conversation.messages().size() - 1).id();
    post(
        "receipt",
        new OpenInboundNormalizedReceipt()
            .id(sent)
            .channel(
                new OpenInboundMessagingReceiptChannel()
                    .to(new OpenMessagingToRecipient().id("sdk-1"))
                    .time(NOW))
            .status(OpenInboundNormalizedReceipt.StatusEnum.DELIVERED)
            .isFinalReceipt(true));
    assertThat(conversation.statusOf(sent)).contains("Delivered");

    String path = "/api/v2/conversations/" + conversation.id();
    Conversation read = JSON.readValue(api.get(path).body(), Conversation.class);
    assertThat(read.getParticipants())
        .filteredOn(p -> "agent".equals(p.getPurpose()))
        .extracting(p -> p.getMessages().get(0).getState().toString())
        .containsExactly("connected");
    String customer = read.getParticipants().get(0).getId();
    MediaParticipantRequest leave =
        new MediaParticipantRequest().state(MediaParticipantRequest.StateEnum.DISCONNECTED);
    HttpResponse<String> answer =
        api.call(
            "PATCH",
            "/api/v2/conversations/messages/" + conversation.id() + "/participants/" + customer,
            write(leave));
    assertThat(answer.statusCode()).isEqualTo(202);
    Conversation after = JSON.readValue(api.get(path).body(), Conversation.class);
    assertThat(after.getEndTime()).isNotNull();
    assertThat(after.getParticipants().get(0).getMessages().get(0).getDisconnectType().toString())
        .isEqualTo("endpoint");
  }

  @Test
  void subscriptionsAndTheBotListOfTheSdksModels() throws Exception {
    Channel channel =
        JSON.readValue(
            api.call("POST", "/api/v2/notifications/channels", "{}").body(), Channel.class);
    assertThat(channel.getExpires()).isAfter(NOW);
    HttpResponse<String> subscribed =
        api.call(
            "POST",
            "/api/v2/notifications/channels/" + channel.getId() + "/subscriptions",
            write(List.of(new ChannelTopic().id("v2.users.x"))));
    assertThat(subscribed.statusCode()).isEqualTo(200);
    BotIntent escalate =
        new BotIntent()
            .name("Escalate")
            .slots(Map.of("va_AgentMessage", new BotSlot().name("va_AgentMessage").type("String")));
    BotConnectorBotVersion version =
        new BotConnectorBotVersion()
            .version("1")
            .supportedLanguages(List.of("en-us"))
            .intents(List.of(escalate));
    BotList list =
        new BotList().chatBots(List.of(new BotConnectorBot().id("b").versions(List.of(version))));
    String bots = "/api/v2/integrations/botconnector/" + genesys.connectorIntegrationId() + "/bots";
    assertThat(api.call("PUT", bots, write(list)).statusCode()).isEqualTo(204);
  }

  private static void post(String what, Object model) throws JsonProcessingException {
    HttpResponse<String> answer = api.inbound(what, new JsonObject(write(model)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String write(Object model) throws JsonProcessingException {
    return JSON.writeValueAsString(model);
  }
}
