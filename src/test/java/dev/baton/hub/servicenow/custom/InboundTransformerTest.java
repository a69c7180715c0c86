package dev.baton.hub.servicenow.custom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundTransformerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PICKER =
      """
      {"uiType":"Picker","group":"DefaultPicker","options":[
        {"label":"VPN","value":"sys1","enabled":false},
        {"label":"E-mail","value":"sys2"},
        {"label":"Other","value":"sys3"}]}\
      """;

  private final Scripts scripts = new Scripts(new Platform());

  @ParameterizedTest
  @CsvSource({"sys2,sys2", "E-mail,sys2", "e-MAIL ,sys2", "3,sys3", "VPN,sys1"})
  void anOptionIsFoundByValueLabelOrNumber(String typed, String value) throws IOException {
    JsonNode result = reply(PICKER, typed, null);
    assertThat(result.path("value").asText()).isEqualTo(value);
    assertThat(result.path("search_text").asText()).isEmpty();
  }

  @Test
  void thePickedValueCountsMoreThanTheWords() throws IOException {
    assertThat(reply(PICKER, "VPN", "sys3").path("value").asText()).isEqualTo("sys3");
  }

  @Test
  void whatIsNoOptionIsGivenToTheLanguageUnderstanding() throws IOException {
    JsonNode result = reply(PICKER, "none of these", null);
    assertThat(result.path("value").asText()).isEmpty();
    assertThat(result.path("search_text").asText()).isEqualTo("none of these");
    assertThat(reply(PICKER, "", null).path("value").asText()).isEmpty();
    assertThat(reply(PICKER, "4", null).path("search_text").asText()).isEqualTo("4");
  }

  @Test
  void severalOptionsArePickedWhereThatIsAllowed() throws IOException {
    String several = PICKER.replace("\"group\"", "\"multiSelect\":true,\"group\"");
    assertThat(reply(several, "VPN, other", null).path("value").asText()).isEqualTo("sys1,sys3");
    assertThat(reply(several, "", "sys1,sys2").path("value").asText()).isEqualTo("sys1,sys2");
    assertThat(reply(several, "VPN, pizza", null).path("search_text").asText())
        .isEqualTo("VPN, pizza");
    assertThat(reply(PICKER, "VPN, Other", null).path("value").asText()).isEmpty();
  }

  @Test
  void aTopicIsPickedLikeAnyOption() throws IOException {
    String topics = PICKER.replace("\"Picker\"", "\"TopicPicker\"");
    assertThat(reply(topics, "E-mail", null).path("value").asText()).isEqualTo("sys2");
  }

  @ParameterizedTest
  @CsvSource({"yes,true", "NO,false", "Ja,true", "nein,false"})
  void yesAndNoAreUnderstood(String typed, String value) throws IOException {
    String bare = "{\"uiType\":\"Boolean\",\"group\":\"DefaultPicker\"}";
    assertThat(reply(bare, typed, null).path("value").asText()).isEqualTo(value);
  }

  @Test
  void theOptionsOfABooleanComeFirstAndMayHaveNoValues() throws IOException {
    String labels =
        "{\"uiType\":\"Boolean\",\"options\":[{\"label\":\"Oh yes\"},{\"label\":\"No"
            + " way\",\"value\":\"f\"}]}";
    assertThat(reply(labels, "oh yes", null).path("value").asText()).isEqualTo("Oh yes");
    assertThat(reply(labels, "no", null).path("value").asText()).isEqualTo("f");
  }

  @ParameterizedTest
  @CsvSource({
    "Date,2026-03-01,2026-03-01",
    "Date,2026-03-01T10:15:00Z,2026-03-01",
    "Time,09:05,09:05:00",
    "Time,2026-03-01T09:05:07,09:05:07",
    "DateTime,2026-03-01 10:15,2026-03-01 10:15:00",
    "DateTime,2026-03-01T10:15:00+02:00,2026-03-01 08:15:00",
    "DateTime,2026-03-01T10:15:00.123Z,2026-03-01 10:15:00",
    "DateTime,1772360100000,2026-03-01 10:15:00",
    "Date,1772360100000,2026-03-01"
  })
  void datesAndTimesGetThePlatformsForm(String type, String typed, String value)
      throws IOException {
    String control = "{\"uiType\":\"" + type + "\",\"group\":\"DefaultDate\"}";
    assertThat(reply(control, typed, null).path("value").asText()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "Date,tomorrow",
    "Date,''",
    "Time,2026-03-01",
    "DateTime,2026-03-01",
    "DateTime,soon"
  })
  void whatIsNoDateIsAskedForAgain(String type, String typed) throws IOException {
    JsonNode result = reply("{\"uiType\":\"" + type + "\"}", typed, null);
    assertThat(result.path("value").asText()).isEmpty();
    assertThat(result.path("validation_message").asText()).contains("Please use the form");
  }

  @Test
  void aFileIsTakenFromTheAttachment() throws IOException {
    String control = "{\"uiType\":\"InputText\",\"itemType\":\"file\"}";
    ObjectNode context = JSON.createObjectNode().put("typed_value", "");
    context
        .putObject("attachment_value")
        .put("url", "https://baton.example/a.png")
        .put("content_type", "image/png")
        .put("name", "a.png");
    JsonNode result = reply(control, context);
    assertThat(result.path("url").asText()).isEqualTo("https://baton.example/a.png");
    assertThat(result.path("content_type").asText()).isEqualTo("image/png");
    assertThat(result.path("name").asText()).isEqualTo("a.png");
  }

  @Test
  void wordsInPlaceOfAFileAreAskedAgainUnlessTheyAreALink() throws IOException {
    String control = "{\"uiType\":\"FileUpload\",\"itemType\":\"image\"}";
    assertThat(reply(control, "I have none", null).path("validation_message").asText())
        .isNotEmpty();
    assertThat(reply(control, "https://x.example/a.png", null).path("url").asText())
        .isEqualTo("https://x.example/a.png");
  }

  @Test
  void theWordsThatThePlatformWaitsForAreSentAfterATableAndAPart() throws IOException {
    assertThat(reply("{\"uiType\":\"OutputTable\"}", "ok", null).path("value").asText())
        .isEqualTo("DONE");
    assertThat(reply("{\"uiType\":\"MultiPartOutput\"}", "Go next", null).path("value").asText())
        .isEqualTo("click_for_more");
  }

  @Test
  void freeTextStaysAsItIs() throws IOException {
    String text = "M\u00fcller \u2013 \ud83d\ude00 \"quoted\"";
    assertThat(reply("{\"uiType\":\"InputText\"}", text, null).path("value").asText())
        .isEqualTo(text);
    assertThat(reply("{}", "hello", null).path("value").asText()).isEqualTo("hello");
  }

  private JsonNode reply(String control, String typed, String value) throws IOException {
    ObjectNode context = JSON.createObjectNode().put("typed_value", typed);
    if (value != null) {
      context.put("baton_value", value);
    }
    return reply(control, context);
  }

  private JsonNode reply(String control, ObjectNode context) throws IOException {
    String outputs =
        scripts.action(
            "actions/inbound-transformer.js",
            Map.of("rich_control", control, "request_context", context.toString()));
    return JSON.readTree(outputs).path("result");
  }
}
