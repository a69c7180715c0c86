package dev.baton.hub.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import com.mypurecloud.sdk.v2.model.OpenContentAttachment;
import com.mypurecloud.sdk.v2.model.OpenInboundNormalizedEvent;
import com.mypurecloud.sdk.v2.model.OpenInboundNormalizedMessage;
import com.mypurecloud.sdk.v2.model.OpenInboundNormalizedReceipt;
import com.mypurecloud.sdk.v2.model.OpenMessagingFromRecipient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent, read with the vendor's own models. */
class InboundMessagesTest {
  private static final Instant AT = Instant.parse("2026-03-04T10:15:30.123Z");
  private static final String FROM = "conv-7f3a:1";

  private final InboundMessages messages = new InboundMessages(url -> !url.contains("inner"));

  private static Map<String, Object> open() {
    return Map.of(
        "handoffId", FROM,
        "customer",
            Map.of("id", "web-1", "name", "Dana", "email", "dana@example.com", "locale", "en-US"),
        "routing", Map.of("queue", "refunds", "skill", "billing"),
        "context",
            Map.of(
                "va_LastTopic", Map.of("value", "Escalate", "display", true),
                "secretScore", Map.of("value", 7, "display", false)),
        "summary", "The customer cannot return order A-17.",
        "transcript",
            List.of(
                Map.of("id", "t1", "role", "user", "text", "refund please"),
                Map.of("id", "t2", "role", "bot", "name", "Robbie", "text", "one moment")));
  }

  @Test
  void theOpeningIsAMessageOfTheVendorsModel() {
    List<Map<String, Object>> parts = messages.opening(open(), FROM, AT, 2000);
    OpenInboundNormalizedMessage message =
        VendorModels.read(parts.get(0), OpenInboundNormalizedMessage.class);
    assertThat(parts).hasSize(1);
    assertThat(message.getChannel().getFrom().getId()).isEqualTo(FROM);
    assertThat(message.getChannel().getFrom().getIdType())
        .isEqualTo(OpenMessagingFromRecipient.IdTypeEnum.OPAQUE);
    assertThat(message.getChannel().getFrom().getNickname()).isEqualTo("Dana");
    assertThat(message.getChannel().getTime().toInstant()).isEqualTo(AT);
    assertThat(message.getChannel().getMessageId()).isEqualTo(FROM);
  }

  @Test
  void theAgentReadsSummaryContextAndTranscript() {
    assertThat(messages.opening(open(), FROM, AT, 2000).get(0).get("text").toString())
        .isEqualTo(
            """
            The customer cannot return order A-17.

            Context
            va_LastTopic: Escalate

            Transcript
            user: refund please
            Robbie: one moment\
            """);
  }

  @Test
  @SuppressWarnings("unchecked")
  void theFlowGetsVariablesAsStrings() {
    Map<String, Object> channel =
        (Map<String, Object>) messages.opening(open(), FROM, AT, 2000).get(0).get("channel");
    Map<String, Object> metadata = (Map<String, Object>) channel.get("metadata");
    assertThat((Map<String, Object>) metadata.get("customAttributes"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "va_LastTopic", "Escalate",
                "secretScore", "7",
                "batonQueue", "refunds",
                "batonSkill", "billing",
                "batonLocale", "en-US",
                "batonHandoffId", FROM));
  }

  @Test
  void aRepeatOfTheOpeningHasTheSameIdsAndTimes() {
    List<Map<String, Object>> first = messages.opening(open(), FROM, AT, 40);
    assertThat(messages.opening(open(), FROM, AT, 40)).isEqualTo(first);
    assertThat(first).hasSizeGreaterThan(2);
    List<OpenInboundNormalizedMessage> read =
        first.stream().map(m -> VendorModels.read(m, OpenInboundNormalizedMessage.class)).toList();
    assertThat(read).extracting(m -> m.getChannel().getMessageId()).doesNotHaveDuplicates();
    assertThat(read).extracting(m -> m.getChannel().getTime()).isSorted().doesNotHaveDuplicates();
    assertThat(read).allMatch(m -> m.getText().length() <= 40);
  }

  @Test
  void aBotThatTellsNothingOpensWithAText() {
    assertThat(messages.opening(Map.of(), FROM, AT, 2000).get(0).get("text").toString())
        .isNotBlank();
  }

  @Test
  void aMessageKeepsItsIdAndTime() {
    Map<String, Object> send = Map.of("id", "act-12", "seq", 7, "text", "hello");
    OpenInboundNormalizedMessage message =
        VendorModels.read(messages.text(send, FROM, AT), OpenInboundNormalizedMessage.class);
    assertThat(message.getChannel().getMessageId()).isEqualTo("act-12");
    assertThat(message.getChannel().getTime().toInstant()).isEqualTo(AT);
    assertThat(message.getText()).isEqualTo("hello");
    assertThat(message.getContent()).isNullOrEmpty();
  }

  @ParameterizedTest
  @CsvSource({"image/png, IMAGE", "video/mp4, VIDEO", "audio/ogg, AUDIO", "application/pdf, FILE"})
  void anAttachmentHasMediaTypeUrlAndMime(String mime, OpenContentAttachment.MediaTypeEnum type) {
    Map<String, Object> file =
        Map.of("contentType", mime, "contentUrl", "https://files.example.com/1", "name", "a.bin");
    Map<String, Object> send = Map.of("id", "a", "text", "", "attachments", List.of(file));
    OpenInboundNormalizedMessage message =
        VendorModels.read(messages.text(send, FROM, AT), OpenInboundNormalizedMessage.class);
    OpenContentAttachment attachment = message.getContent().get(0).getAttachment();
    assertThat(attachment.getMediaType()).isEqualTo(type);
    assertThat(attachment.getMime()).isEqualTo(mime);
    assertThat(attachment.getUrl()).isEqualTo("https://files.example.com/1");
    assertThat(attachment.getFilename()).isEqualTo("a.bin");
  }

  @Test
  void anAttachmentInsideOurNetworkIsLeftOutAndSaysSo() {
    Map<String, Object> file =
        Map.of("contentType", "image/png", "contentUrl", "http://inner/1", "name", "a.png");
    Map<String, Object> send = Map.of("id", "a", "text", "see", "attachments", List.of(file));
    Map<String, Object> message = messages.text(send, FROM, AT);
    assertThat(message).doesNotContainKey("content");
    assertThat(message.get("text")).isEqualTo("see\n[attachment left out: a.png]");
  }

  @Test
  void noMessageIsEmpty() {
    Map<String, Object> card = Map.of("contentType", "application/x-card", "content", Map.of());
    Map<String, Object> send = Map.of("id", "a", "text", "", "attachments", List.of(card));
    assertThat(messages.text(send, FROM, AT).get("text").toString()).isNotBlank();
  }

  @Test
  void typingIsAnEventWithoutText() {
    OpenInboundNormalizedEvent event =
        VendorModels.read(messages.typing(FROM, AT), OpenInboundNormalizedEvent.class);
    assertThat(event.getChannel().getFrom().getId()).isEqualTo(FROM);
    assertThat(event.getChannel().getTime().toInstant()).isEqualTo(AT);
    assertThat(event.getEvents()).hasSize(1);
    assertThat(event.getEvents().get(0).getEventType().toString()).isEqualTo("Typing");
  }

  @Test
  void aReceiptNamesTheMessageAndTheCustomer() {
    OpenInboundNormalizedReceipt receipt =
        VendorModels.read(
            messages.receipt("m-1", FROM, AT, "Delivered", null, null),
            OpenInboundNormalizedReceipt.class);
    assertThat(receipt.getId()).isEqualTo("m-1");
    assertThat(receipt.getChannel().getTo().getId()).isEqualTo(FROM);
    assertThat(receipt.getStatus()).isEqualTo(OpenInboundNormalizedReceipt.StatusEnum.DELIVERED);
    assertThat(receipt.getIsFinalReceipt()).isTrue();
    assertThat(receipt.getReasons()).isNullOrEmpty();
  }

  @Test
  void aFailedReceiptHasACodeOfThePlatform() {
    OpenInboundNormalizedReceipt receipt =
        VendorModels.read(
            messages.receipt("m-1", FROM, AT, "Failed", "UnsupportedMessage", "why"),
            OpenInboundNormalizedReceipt.class);
    assertThat(receipt.getStatus()).isEqualTo(OpenInboundNormalizedReceipt.StatusEnum.FAILED);
    assertThat(receipt.getReasons().get(0).getCode().toString()).isEqualTo("UnsupportedMessage");
  }

  @Test
  void aClickOnAButtonNamesThePayloadAndTheMessageItStoodIn() {
    Map<String, Object> mark =
        Map.of("type", "QuickReply", "text", "Yes", "payload", "yes_1", "message", "m-1");
    Map<String, Object> send =
        Map.of("id", "a", "text", "Yes", "value", Map.of(InboundMessages.BUTTON, mark));
    Map<String, Object> body = messages.structured(send, FROM, AT);
    assertThat(body)
        .containsEntry("originatingMessageId", "m-1")
        .containsEntry(
            "buttonResponse", Map.of("type", "QuickReply", "text", "Yes", "payload", "yes_1"));
    assertThat(messages.structured(Map.of("id", "b", "text", "Yes"), FROM, AT)).isNull();
  }
}
