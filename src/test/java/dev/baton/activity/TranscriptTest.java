package dev.baton.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"activities\":[{\"type\":\"message\",\"from\":{\"role\":\"user\"},\"text\":\"hi\"}]}",
        "{\"transcript\":[{\"type\":\"message\",\"from\":{\"role\":\"user\"},\"text\":\"hi\"}]}",
        "[{\"type\":\"message\",\"from\":{\"role\":\"user\"},\"text\":\"hi\"}]",
        "\"[{\\\"type\\\":\\\"message\\\",\\\"from\\\":{\\\"role\\\":\\\"user\\\"},\\\"text\\\":\\\"hi\\\"}]\""
      })
  void readsEveryFormOfATranscript(String content) throws Exception {
    assertThat(TranscriptReader.lines(JSON.readTree(content), json("{}")))
        .extracting(TranscriptLine::role, TranscriptLine::text)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("user", "hi"));
  }

  @Test
  void findsTheAttachmentByContentWhenItHasNoName() throws Exception {
    JsonNode handoff =
        json(
            """
            {"attachments":[{"contentType":"image/png","contentUrl":"https://x.example/a.png"},
              {"contentType":"application/json","content":{"activities":[{"type":"message","text":"a"}]}}]}
            """);
    assertThat(TranscriptReader.attachment(handoff)).contains(handoff.at("/attachments/1"));
  }

  @Test
  void leavesOutWhatIsNotAMessage() throws Exception {
    JsonNode content =
        json(
            """
            [{"type":"conversationUpdate"},{"type":"typing"},{"type":"trace","text":"x"},
             {"type":"event","name":"e"},{"type":"message","text":"said","from":{"role":"bot"}},{"type":"message"}]
            """);
    assertThat(TranscriptReader.lines(content, json("{}")))
        .extracting(TranscriptLine::text)
        .containsExactly("said");
  }

  @Test
  void tellsWhoSpokeByRoleByNumberByRelationAndByRecipient() throws Exception {
    JsonNode handoff = json("{\"relatesTo\":{\"bot\":{\"id\":\"b\"},\"user\":{\"id\":\"u\"}}}");
    assertThat(
            List.of(
                role("{\"from\":{\"role\":\"agent\"}}", handoff),
                role("{\"from\":{\"role\":1}}", handoff),
                role("{\"from\":{\"role\":0}}", handoff),
                role("{\"from\":{\"id\":\"b\"}}", handoff),
                role("{\"from\":{\"id\":\"u\"}}", handoff),
                role("{\"recipient\":{\"role\":\"user\"}}", handoff)))
        .containsExactly("bot", "user", "bot", "bot", "user", "bot");
  }

  @Test
  void aLineOfBothStandsOnceAndEachSideFillsTheOthersGaps() {
    List<TranscriptLine> bots =
        List.of(
            line("d1", null, "user", "before Baton"),
            line("d2", null, "user", "hello"),
            line("d3", "d3", "bot", "Hi!"),
            line("d4", "d4", "bot", "only the bot knows"));
    List<TranscriptLine> own =
        List.of(
            line("s0", null, "user", "hello"),
            line("s1", "d3", "bot", "Hi!"),
            line("s2", "d9", "bot", "I am getting a colleague"));
    assertThat(TranscriptMerge.merge(bots, own))
        .extracting(TranscriptLine::text)
        .containsExactly(
            "before Baton", "hello", "Hi!", "only the bot knows", "I am getting a colleague");
  }

  @Test
  void theSameWordsSaidTwiceStandTwice() {
    List<TranscriptLine> bots =
        List.of(line("a", null, "user", "yes"), line("b", null, "user", "yes"));
    List<TranscriptLine> own =
        List.of(line("s0", null, "user", "yes"), line("s1", null, "user", "yes"));
    assertThat(TranscriptMerge.merge(bots, own)).hasSize(2);
  }

  @Test
  void whenItIsTooLongTheNewestStaysAndTheCutIsAnnounced() {
    List<TranscriptLine> lines =
        List.of(
            line("1", null, "user", "aaaaa"),
            line("2", null, "bot", "bbbbb"),
            line("3", null, "user", "ccccc"));
    assertThat(TranscriptLimit.newest(lines, 10))
        .extracting(TranscriptLine::text)
        .containsExactly("[1 earlier message left out]", "bbbbb", "ccccc");
    assertThat(TranscriptLimit.newest(lines, 15)).isEqualTo(lines);
    assertThat(TranscriptLimit.newest(lines, 0)).isEqualTo(lines);
  }

  @Test
  void cardsAreToldByTheirWords() throws Exception {
    JsonNode activity =
        json(
            """
            {"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive",
              "content":{"type":"AdaptiveCard","body":[{"type":"TextBlock","text":"Order A-1"},
                {"type":"ColumnSet","columns":[{"items":[{"type":"TextBlock","text":"paid"}]}]}]}}],
             "suggestedActions":{"actions":[{"title":"Yes"},{"title":"No"}]}}
            """);
    assertThat(Wording.of(activity)).isEqualTo("Order A-1\npaid\n[Yes | No]");
  }

  private static String role(String activity, JsonNode handoff) throws Exception {
    return TranscriptReader.role(json(activity), handoff);
  }

  private static TranscriptLine line(String id, String source, String role, String text) {
    return new TranscriptLine(id, null, role, null, text, source);
  }

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text);
  }
}
