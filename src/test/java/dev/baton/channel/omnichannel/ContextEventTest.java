package dev.baton.channel.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ContextEventTest {
  private static JsonNode activity(String json) throws Exception {
    return Trees.JSON.readTree(json.replace('\'', '"'));
  }

  @Test
  void thePayloadIsReadFromTheValueAndLinkedRecordsAreMadePlain() throws Exception {
    ObjectNode context =
        ContextEvent.of(
                activity(
                    "{'type':'event','name':'startConversation','from':{'role':1},'value':{"
                        + "'msdyn_liveworkitemid':'5ba6',"
                        + "'msdyn_contact_msdyn_ocliveworkitem_Customer':[{'RecordId':'c0ffee',"
                        + "'PrimaryDisplayValue':'Ada Byron'}],'nested':{'a':1}}}"))
            .orElseThrow();
    assertThat(context.path("msdyn_liveworkitemid").asText()).isEqualTo("5ba6");
    assertThat(context.path("msdyn_contact_msdyn_ocliveworkitem_Customer_RecordId").asText())
        .isEqualTo("c0ffee");
    assertThat(context.path("nested").asText()).isEqualTo("{\"a\":1}");
    assertThat(context.has("msdyn_contact_msdyn_ocliveworkitem_Customer")).isFalse();
    assertThat(ContextEvent.customerName(context)).isEqualTo("Ada Byron");
  }

  @Test
  void thePayloadIsReadFromTheTextWhereThereIsNoValue() throws Exception {
    ObjectNode event =
        (ObjectNode)
            activity(
                "{'type':'event','name':'x','channeldata':{'tags':'OmnichannelContextMessage'}}");
    event.put("text", "{\"a\":\"1\"}");
    assertThat(ContextEvent.of(event).orElseThrow().path("a").asText()).isEqualTo("1");
  }

  @Test
  void voiceSendsItWithAConversationUpdate() throws Exception {
    assertThat(
            ContextEvent.of(
                    activity(
                        "{'type':'conversationUpdate',"
                            + "'channelData':{'vnd.microsoft.msdyn.oc.data':{'CallId':'7'}}}"))
                .orElseThrow()
                .path("CallId")
                .asText())
        .isEqualTo("7");
  }

  @Test
  void anythingElseIsNoContext() throws Exception {
    assertThat(ContextEvent.of(activity("{'type':'message','text':'hi'}"))).isEmpty();
    assertThat(ContextEvent.of(activity("{'type':'conversationUpdate'}"))).isEmpty();
    assertThat(ContextEvent.of(activity("{'type':'event','name':'other'}"))).isEmpty();
  }

  @Test
  void aPayloadThatCannotBeReadIsAnEmptyOne() throws Exception {
    assertThat(
            ContextEvent.of(
                    activity("{'type':'event','name':'startConversation','text':'{broken'}"))
                .orElseThrow())
        .isEmpty();
  }
}
