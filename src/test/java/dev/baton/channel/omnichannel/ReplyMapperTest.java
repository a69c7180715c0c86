package dev.baton.channel.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.privacy.PrivacyRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplyMapperTest {
  private final ReplyMapper mapper =
      new ReplyMapper(
          new EscalationContext(List.of(), List.of(), List.of()),
          new PrivacyRules(
                  Map.of("baton.handoff.deny-keys", "secret", "baton.privacy.mask", "email"))
              .of(Map.of()));

  private static ObjectNode activity(String json) throws Exception {
    return (ObjectNode) Trees.JSON.readTree(json.replace('\'', '"'));
  }

  @Test
  void wordsForTheCustomerAreBridged() throws Exception {
    JsonNode reply =
        mapper
            .map(
                activity(
                    "{'type':'message','id':'c|1','text':'Which order?','textFormat':'markdown',"
                        + "'from':{'id':'bot','role':'bot'},"
                        + "'channelData':{'baton':{'speaker':'bot'},'x':1},"
                        + "'suggestedActions':{'actions':[{'type':'imBack','title':'A','value':'A'}]}}"))
            .orElseThrow();
    assertThat(reply.at("/channelData")).isEqualTo(activity("{'deliveryMode':'bridged'}"));
    assertThat(reply.path("text").asText()).isEqualTo("Which order?");
    assertThat(reply.at("/suggestedActions/actions/0/value").asText()).isEqualTo("A");
    assertThat(reply.has("id") || reply.has("from")).isFalse();
  }

  @Test
  void whatTheCustomerSaidIsNotSaidBack() throws Exception {
    assertThat(
            mapper.map(
                activity(
                    "{'type':'message','text':'hi',"
                        + "'channelData':{'baton':{'speaker':'customer'}}}")))
        .isEmpty();
  }

  @Test
  void aHandoffBecomesTheCommandEscalateWhichTheCustomerDoesNotSee() throws Exception {
    JsonNode reply =
        mapper
            .map(
                activity(
                    "{'type':'event','name':'handoff.initiate','value':{'va_AgentMessage':"
                        + "'Refund for ada@example.org','va_LastTopic':'Refund','Secret':'s'},"
                        + "'channelData':{'baton':{'speaker':'bot','handoff':'c:1'}}}"))
            .orElseThrow();
    assertThat(reply.path("type").asText()).isEqualTo("message");
    assertThat(reply.path("text").asText()).isEqualTo("Refund for [email]");
    assertThat(reply.path("channelData").has("deliveryMode")).isFalse();
    assertThat(reply.at("/channelData/tags").isTextual()).isTrue();
    assertThat(Trees.JSON.readTree(reply.at("/channelData/tags").asText()))
        .isEqualTo(
            activity(
                "{'type':'Escalate','context':{'va_AgentMessage':'Refund for [email]',"
                    + "'va_LastTopic':'Refund'}}"));
  }

  @Test
  void aHandoffWithJustATextHandsThatOver() throws Exception {
    JsonNode reply =
        mapper
            .map(
                activity(
                    "{'type':'event','value':'needs a human',"
                        + "'channelData':{'baton':{'handoff':'c:1'}}}"))
            .orElseThrow();
    assertThat(reply.path("text").asText()).isEqualTo("needs a human");
    assertThat(reply.at("/channelData/tags").asText())
        .isEqualTo("{\"type\":\"Escalate\",\"context\":{}}");
  }

  @Test
  void theBotsEndEndsTheConversation() throws Exception {
    JsonNode reply = mapper.map(activity("{'type':'endOfConversation'}")).orElseThrow();
    assertThat(reply.at("/channelData/tags").asText())
        .isEqualTo("{\"type\":\"EndConversation\",\"context\":{}}");
  }

  @Test
  void otherEventsAndEmptyMessagesStayAway() throws Exception {
    assertThat(mapper.map(activity("{'type':'event','name':'x'}"))).isEmpty();
    assertThat(mapper.map(activity("{'type':'message'}"))).isEmpty();
  }
}
