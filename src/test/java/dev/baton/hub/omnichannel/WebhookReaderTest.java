package dev.baton.hub.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OmnichannelRig.Moving clock = new OmnichannelRig.Moving();
  private final WebhookReader reader = new WebhookReader(new LifecycleRepeats(clock));

  private List<Map<String, Object>> read(String json) {
    try {
      return reader.events("h-1", JSON.readValue(json, Map.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> one(String json) {
    List<Map<String, Object>> events = read(json);
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'message','text':'EventName: **_AgentAccepted_**','name':'AgentAccepted'}",
        "{'type':'event','name':'AgentAccepted'}",
        "{'type':'message','text':'EventName: **_AgentAccepted_**'}",
        "{'Type':'event','Id':'1767225600730','Name':'agentaccepted','Conversation':{'Id':'h-1'}}"
      })
  void anEventIsReadInEveryFormThatIsDocumented(String json) {
    Map<String, Object> event = one(json.replace('\'', '"'));
    assertThat(event).containsEntry("type", "accepted").containsEntry("conversationId", "h-1");
    assertThat(event.get("eventId")).asString().isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "AgentAccepted, accepted",
    "TransferAgentAcceptSession, accepted",
    "TransferToAgentInitiated, transferring",
    "TransferToQueueInitiated, transferring",
    "AgentEndSession, agentLeft",
    "AgentClosed, agentLeft",
    "ConversationClose, ended",
    "ConversationClosed, ended",
    "CustomerDisconnected, ended",
    "OutOfOperatingHoursDueToHoliday, rejected"
  })
  void acceptedTransferredLeftClosedAndRejectedAreToldApart(String name, String type) {
    assertThat(one("{\"type\":\"event\",\"name\":\"" + name + "\"}")).containsEntry("type", type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AgentAssigned",
        "TransferToAgentFailed",
        "ConsultAgentEndSession",
        "ConsultAgentLeftPublicConversation",
        "SomethingNew"
      })
  void whatCustomersNeedNotKnowIsNoEvent(String name) {
    assertThat(read("{\"type\":\"event\",\"name\":\"" + name + "\"}")).isEmpty();
    assertThat(read("{\"type\":\"message\",\"text\":\"EventName: **_" + name + "_**\"}")).isEmpty();
  }

  @Test
  void whoeverEndedIsNamed() {
    assertThat(one("{\"name\":\"PrimaryAgentEndConversation\"}")).containsEntry("by", "AGENT");
    assertThat(one("{\"name\":\"CustomerDisconnected\"}")).containsEntry("by", "CUSTOMER");
    assertThat(one("{\"type\":\"endOfConversation\",\"id\":\"7\"}"))
        .containsEntry("type", "ended")
        .containsEntry("by", "SYSTEM");
    assertThat(one("{\"name\":\"OutOfOperatingHoursDueToNonWorkingHours\"}"))
        .containsEntry("reason", "CLOSED");
  }

  @Test
  void aMessageHasItsTextItsAgentAndAnIdForRepeats() {
    Map<String, Object> event =
        one(
            "{\"type\":\"message\",\"id\":\"1767225600123\",\"from\":{\"id\":\"8e1d\","
                + "\"name\":\"Grace H.\"},\"textFormat\":\"markdown\",\"text\":\"Hello **Ada**\"}");
    assertThat(event)
        .containsEntry("type", "message")
        .containsEntry("eventId", "h-1:1767225600123")
        .containsEntry("agent", Map.of("id", "8e1d", "name", "Grace H."));
    assertThat((Map<?, ?>) event.get("message"))
        .extracting("id", "text", "format")
        .containsExactly("1767225600123", "Hello **Ada**", "markdown");
  }

  @Test
  void keysThatBeginWithCapitalsAreRead() {
    Map<String, Object> event =
        one(
            "{\"Type\":\"Message\",\"MessageId\":\"9\",\"From\":{\"Id\":\"a\",\"Name\":\"Grace\"},"
                + "\"TextFormat\":\"Plain\",\"Text\":\"Hello\",\"Attachments\":[{\"ContentType\":"
                + "\"image/png\",\"ContentUrl\":\"https://files.example.com/1.png\"}]}");
    assertThat(event).containsEntry("eventId", "h-1:9");
    Map<?, ?> message = (Map<?, ?>) event.get("message");
    assertThat(message.get("format")).isEqualTo("plain");
    assertThat(message.get("attachments"))
        .isEqualTo(
            List.of(
                Map.of(
                    "contentType", "image/png", "contentUrl", "https://files.example.com/1.png")));
  }

  @Test
  void nullsInAttachmentsAreLeftOutAndATextMayBeMissing() {
    Map<String, Object> event =
        one(
            "{\"type\":\"message\",\"from\":{\"id\":\"a\",\"name\":null},\"text\":null,"
                + "\"attachments\":[{\"contentType\":\"image/jpeg\",\"contentUrl\":"
                + "\"https://files.example.com/2.jpg\",\"content\":null,\"name\":\"2.jpg\","
                + "\"thumbnailUrl\":null}]}");
    assertThat(event).containsEntry("agent", Map.of("id", "a")).doesNotContainKey("eventId");
    assertThat(((Map<?, ?>) event.get("message")).get("attachments"))
        .isEqualTo(
            List.of(
                Map.of(
                    "contentType",
                    "image/jpeg",
                    "contentUrl",
                    "https://files.example.com/2.jpg",
                    "name",
                    "2.jpg")));
  }

  @Test
  void anAutomatedMessageHasNoAgent() {
    assertThat(
            one(
                "{\"type\":\"message\",\"from\":{\"id\":\"x\"},\"text\":\"You are next\","
                    + "\"channelData\":{\"messagingapi-oc\":{\"type\":\"AutomatedMessage\"}}}"))
        .doesNotContainKey("agent");
  }

  @Test
  void typingIsTyping() {
    assertThat(one("{\"type\":\"typing\",\"channelId\":\"MessagingApi\"}"))
        .containsEntry("type", "typing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\":null,\"text\":null,\"name\":null,\"from\":null}",
        "{\"type\":\"message\"}",
        "{\"type\":\"event\",\"name\":\"CartReady\",\"channelData\":{\"customEvent\":true}}",
        "{\"type\":\"somethingNew\",\"text\":\"x\"}"
      })
  void whatMeansNothingIsHarmless(String json) {
    assertThat(read(json)).isEmpty();
  }

  @Test
  void anAgentMayQuoteAnEventInAText() {
    assertThat(one("{\"type\":\"message\",\"text\":\"It said EventName: **_AgentAccepted_**\"}"))
        .containsEntry("type", "message");
  }

  @Test
  void aRepeatedEventWithoutAnIdHasTheIdOfTheFirst() {
    String accepted = "{\"type\":\"event\",\"name\":\"AgentAccepted\"}";
    Object first = one(accepted).get("eventId");
    clock.passes(Duration.ofSeconds(25));
    assertThat(one(accepted).get("eventId")).isEqualTo(first);
    clock.passes(Duration.ofSeconds(61));
    assertThat(one(accepted).get("eventId")).isNotEqualTo(first);
  }

  @Test
  void theNextAgentWhoAcceptsIsNoRepeat() {
    String accepted = "{\"type\":\"event\",\"name\":\"AgentAccepted\"}";
    Object first = one(accepted).get("eventId");
    one("{\"type\":\"event\",\"name\":\"AgentEndSession\"}");
    assertThat(one(accepted).get("eventId")).isNotEqualTo(first);
  }
}
