package dev.baton.channel.genesys;

import static dev.baton.channel.genesys.ReplyMessagesTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Requests of Genesys are read leniently. */
class UtteranceTest {

  @Test
  void onlySessionAndMessageAreRequired() {
    Utterance said = read("{'botSessionId':'s','inputMessage':{'type':'Text','text':'hi'}}");

    assertThat(said.session()).isEqualTo("s");
    assertThat(said.message().path("text").asText()).isEqualTo("hi");
    assertThat(said.sessionTimeout()).isNull();
    assertThat(said.parameters()).isEmpty();
    assertThatThrownBy(() -> read("{'inputMessage':{'text':'hi'}}"))
        .isInstanceOf(GenesysProblem.class)
        .hasMessageContaining("botSessionId");
    assertThatThrownBy(() -> read("{'botSessionId':'s','inputMessage':'hi'}"))
        .isInstanceOf(GenesysProblem.class)
        .hasMessageContaining("inputMessage");
  }

  @Test
  void letterCaseNumbersAsStringsAndUnknownFieldsDoNotMatter() {
    Utterance said =
        read(
            "{'BOTSESSIONID':7,'inputmessage':{'Text':'hi','extra':[]},'botSessionTimeout':'720',"
                + "'LanguageCode':'en_us','more':{},'parameters':{'a':1,'b':true,'c':null,'d':{'e':2}}}");

    assertThat(said.session()).isEqualTo("7");
    assertThat(said.sessionTimeout()).isEqualTo(Duration.ofHours(12));
    assertThat(said.locale()).isEqualTo("en-US");
    assertThat(said.message().path("locale").asText()).isEqualTo("en-US");
    assertThat(said.parameters())
        .containsEntry("a", "1")
        .containsEntry("b", "true")
        .containsEntry("d", "{\"e\":2}")
        .doesNotContainKey("c");
  }

  @Test
  void aPressedButtonIsToldByItsPayloadElseByItsText() {
    assertThat(button("'text':'Yes','payload':'confirm_yes'").message().path("text").asText())
        .isEqualTo("confirm_yes");
    assertThat(button("'text':'Yes'").message().path("text").asText()).isEqualTo("Yes");
  }

  @Test
  void aPayloadThatIsDataIsSubmittedAsData() {
    Utterance said = button("'text':'Change','payload':'{\\\"action\\\":\\\"change\\\"}'");

    assertThat(said.message().at("/value/action").asText()).isEqualTo("change");
    assertThat(said.message().has("text")).isFalse();
  }

  @Test
  void filesArePassedOnUnlessTheyPointIntoAPrivateNetwork() {
    Utterance said =
        read(
            "{'botSessionId':'s','inputMessage':{'type':'Text','content':["
                + "{'contentType':'Attachment','attachment':{'mediaType':'Image','url':'https://x.example/a.png','mime':'image/png','filename':'a.png'}},"
                + "{'contentType':'Attachment','attachment':{'mediaType':'Video','url':'https://x.example/v'}},"
                + "{'contentType':'Attachment','attachment':{'mediaType':'File','url':'http://10.0.0.1/'}}]}}");

    assertThat(said.message().path("attachments")).hasSize(2);
    assertThat(said.message().at("/attachments/0/contentType").asText()).isEqualTo("image/png");
    assertThat(said.message().at("/attachments/0/name").asText()).isEqualTo("a.png");
    assertThat(said.message().at("/attachments/1/contentType").asText()).isEqualTo("video/*");
  }

  @Test
  void nothingSaidIsNoMessage() {
    assertThat(read("{'botSessionId':'s','inputMessage':{'type':'Text','text':' '}}").message())
        .isNull();
  }

  @Test
  void theNamesOfBothInterfacesAreKnown() {
    Utterance said =
        Utterance.of(
            json("{'conversationId':'c','messageId':'m','inputMessage':{'text':'hi'}}"),
            false,
            url -> true);

    assertThat(said.session()).isEqualTo("c");
    assertThat(said.conversation()).isEqualTo("c");
    assertThat(said.messageId()).isEqualTo("m");
  }

  private static Utterance button(String fields) {
    String text =
        "{'botSessionId':'s','inputMessage':{'type':'Structured','text':'ignored','content':["
            + "{'contentType':'ButtonResponse','buttonResponse':{'type':'Button',"
            + fields
            + "}}]}}";
    return read(text);
  }

  private static Utterance read(String json) {
    return Utterance.of(json(json), true, url -> !url.contains("10.0.0.1"));
  }
}
