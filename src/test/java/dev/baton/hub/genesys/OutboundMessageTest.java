package dev.baton.hub.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mypurecloud.sdk.v2.model.ConversationMessageContent;
import com.mypurecloud.sdk.v2.model.OpenEventNormalizedMessage;
import com.mypurecloud.sdk.v2.model.OpenMessageNormalizedMessage;
import com.mypurecloud.sdk.v2.model.OpenReceiptNormalizedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the webhook brings; every body is first read with the vendor's own model. */
class OutboundMessageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHANNEL =
      """
      "id": "8b1d", "channel": {"id": "11111111-2222-4333-8444-555555555555", "platform": "Open",
        "type": "Private", "to": {"id": "conv:1"},
        "from": {"id": "11111111-2222-4333-8444-555555555555", "idType": "Opaque",
          "nickname": "Support"},
        "time": "2026-03-04T10:15:45.201Z", "messageId": "8b1d"}\
      """;

  private final StructuredContent content = new StructuredContent(url -> !url.contains("inner"));

  private OutboundMessage read(String fields, Class<?> model) {
    try {
      JsonNode body = JSON.readTree("{" + CHANNEL + "," + fields + "}");
      if (model == ConversationMessageContent.class) {
        body.path("content").forEach(element -> VendorModels.read(element, model));
      } else if (model != null) {
        VendorModels.read(body, model);
      }
      return OutboundMessage.read(body, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<?, ?> message(OutboundMessage outbound) {
    return (Map<?, ?>) outbound.event().get("message");
  }

  @Test
  void aTextIsCorrelatedByTheCustomersIdAndKnownByItsOwn() {
    OutboundMessage outbound =
        read("\"type\": \"Text\", \"text\": \"Hello\"", OpenMessageNormalizedMessage.class);
    assertThat(outbound.kind()).isEqualTo(OutboundMessage.Kind.MESSAGE);
    assertThat(outbound.to()).isEqualTo("conv:1");
    assertThat(outbound.event())
        .containsEntry("type", "message")
        .containsEntry("eventId", "8b1d")
        .containsEntry("conversationId", "conv:1")
        .containsEntry("occurredAt", "2026-03-04T10:15:45.201Z");
    assertThat(message(outbound).get("text")).isEqualTo("Hello");
    assertThat(outbound.event()).as("the nickname is the integration's").doesNotContainKey("agent");
  }

  @Test
  void aMediaOnlyMessageIsNotTyping() {
    OutboundMessage outbound =
        read(
            """
            "type": "Text", "text": "", "content": [{"contentType": "Attachment", "attachment":
              {"mediaType": "Image", "url": "https://m.example.com/1.png", "mime": "image/png",
               "filename": "1.png", "sha256": "x", "id": "a-1"}}]\
            """,
            OpenMessageNormalizedMessage.class);
    assertThat(outbound.kind()).isEqualTo(OutboundMessage.Kind.MESSAGE);
    assertThat(outbound.isEmpty()).isFalse();
    assertThat(message(outbound).get("attachments"))
        .isEqualTo(
            List.of(
                Map.of(
                    "contentType", "image/png",
                    "contentUrl", "https://m.example.com/1.png",
                    "name", "1.png")));
  }

  @Test
  void onlyATypingEventIsTyping() {
    OutboundMessage outbound =
        read(
            """
            "type": "Event", "events": [{"eventType": "Typing",
              "typing": {"type": "On", "duration": 5000}}]\
            """,
            OpenEventNormalizedMessage.class);
    assertThat(outbound.kind()).isEqualTo(OutboundMessage.Kind.TYPING);
    assertThat(outbound.event()).containsEntry("type", "typing").containsEntry("on", true);
    assertThat(read("\"type\": \"Text\", \"text\": \"\"", null).kind())
        .isEqualTo(OutboundMessage.Kind.MESSAGE);
    assertThat(read("\"type\": \"Text\", \"text\": \"\"", null).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"Delivered, delivered", "Published, delivered", "Failed, error"})
  void aReceiptTellsWhatBecameOfTheCustomersMessage(String status, String type) {
    OutboundMessage outbound =
        read(
            "\"type\": \"Receipt\", \"status\": \"" + status + "\", \"isFinalReceipt\": true",
            OpenReceiptNormalizedMessage.class);
    assertThat(outbound.kind()).isEqualTo(OutboundMessage.Kind.RECEIPT);
    assertThat(outbound.event()).containsEntry("type", type).containsEntry("upTo", "8b1d");
  }

  @Test
  void aFailedReceiptDoesNotEndTheConversation() {
    OutboundMessage outbound =
        read(
            """
            "type": "Receipt", "status": "Failed",
            "reasons": [{"code": "MessageExpired", "message": "too old"}]\
            """,
            OpenReceiptNormalizedMessage.class);
    assertThat(outbound.event())
        .containsEntry("retryable", true)
        .containsEntry("code", "MessageExpired");
  }

  @Test
  void sentReceiptsAndUnknownTypesTellNothing() {
    assertThat(read("\"type\": \"Receipt\", \"status\": \"Sent\"", null).event()).isNull();
    assertThat(read("\"type\": \"Dance\"", null).event()).isNull();
    assertThat(read("\"type\": \"Event\", \"events\": [{\"eventType\": \"X\"}]", null).event())
        .isNull();
  }

  @Test
  void quickRepliesBecomeButtonsThatSayWhichMessageTheyAnswer() {
    OutboundMessage outbound =
        read(
            """
            "type": "Structured", "text": "Sure?", "content": [
              {"contentType": "QuickReply", "quickReply": {"text": "Yes", "payload": "y"}},
              {"contentType": "QuickReply", "quickReply": {"text": "No", "payload": "n"}}]\
            """,
            ConversationMessageContent.class);
    Map<?, ?> card = (Map<?, ?>) ((List<?>) message(outbound).get("attachments")).get(0);
    List<?> buttons = (List<?>) ((Map<?, ?>) card.get("content")).get("buttons");
    assertThat(buttons).hasSize(2);
    assertThat((Map<?, ?>) buttons.get(0))
        .isEqualTo(
            Map.of(
                "type", "messageBack",
                "title", "Yes",
                "text", "Yes",
                "displayText", "Yes",
                "value",
                    Map.of(
                        InboundMessages.BUTTON,
                        Map.of(
                            "type",
                            "QuickReply",
                            "text",
                            "Yes",
                            "payload",
                            "y",
                            "message",
                            "8b1d"))));
  }

  @Test
  void aCarouselBecomesCardsWithoutWhatMustNotBeShown() {
    OutboundMessage outbound =
        read(
            """
            "type": "Structured", "content": [{"contentType": "Carousel", "carousel": {"cards": [
              {"title": "One", "description": "first", "image": "https://m.example.com/1.png",
               "actions": [{"type": "Link", "text": "Open", "url": "https://m.example.com"},
                           {"type": "Postback", "text": "Take", "payload": "one"}]},
              {"title": "Two", "image": "http://inner/2.png",
               "actions": [{"type": "Link", "text": "Open", "url": "http://inner/x"}]}]}}]\
            """,
            ConversationMessageContent.class);
    List<?> cards = (List<?>) message(outbound).get("attachments");
    assertThat(cards).hasSize(2);
    Map<?, ?> first = (Map<?, ?>) ((Map<?, ?>) cards.get(0)).get("content");
    Map<?, ?> second = (Map<?, ?>) ((Map<?, ?>) cards.get(1)).get("content");
    assertThat((List<?>) first.get("buttons")).hasSize(2);
    assertThat(first.get("title")).isEqualTo("One");
    assertThat(second.toString()).doesNotContain("inner");
    assertThat(second.get("title")).isEqualTo("Two");
  }

  @Test
  void lettersCaseMissingTypeAndUnreadableTimesAreForgiven() {
    assertThat(read("\"type\": \"TEXT\", \"text\": \"x\"", null).kind())
        .isEqualTo(OutboundMessage.Kind.MESSAGE);
    assertThat(read("\"text\": \"x\"", null).kind()).isEqualTo(OutboundMessage.Kind.MESSAGE);
    OutboundMessage bare = OutboundMessage.read(JSON.createObjectNode(), content);
    assertThat(bare.to()).isNull();
    assertThat(bare.time()).isNull();
  }
}
