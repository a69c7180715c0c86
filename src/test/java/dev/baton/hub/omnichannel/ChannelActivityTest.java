package dev.baton.hub.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelActivityTest {
  private static final int LIMIT = 28 * 1024;
  private static final Map<String, Object> FROM = Map.of("id", "u-1", "name", "Ada Byron");

  private final ChannelActivity activities =
      new ChannelActivity(
          DirectLineWay.of("service", Map.of("bot-handle", "b", "context-priority", "e90")));
  private final Map<String, Object> open = new LinkedHashMap<>();

  ChannelActivityTest() {
    open.put("customer", Map.of("email", "ada@example.com", "phone", "+15550100", "locale", "en"));
    open.put("summary", "Refund");
    open.put(
        "context",
        Map.of(
            "va_LastTopic",
            Map.of("value", "Refund", "display", true),
            "va_Topics",
            Map.of("value", List.of("a", "b")),
            "Amount",
            Map.of("value", 12)));
  }

  @Test
  void theFirstMessageCarriesContextAndContactAsTexts() {
    Map<String, Object> first = activities.first(open, FROM, activities.data(open).data());
    assertThat(first.get("channelData"))
        .isEqualTo(
            Map.of(
                "channeltype",
                "Baton",
                "conversationcontext",
                Map.of("va_LastTopic", "Refund", "va_Topics", "a, b", "Amount", "12"),
                "customercontext",
                Map.of("email", "ada@example.com", "phonenumber", "+15550100")));
    assertThat(first)
        .containsEntry("type", "message")
        .containsEntry("from", FROM)
        .containsEntry("locale", "en")
        .containsEntry("text", "Summary: Refund");
  }

  @Test
  void withoutAnythingToTellTheFirstMessageStillHasAText() {
    open.remove("summary");
    assertThat(activities.first(open, FROM, activities.data(open).data()).get("text"))
        .asString()
        .isNotBlank();
  }

  @Test
  void theFirstMessageStaysWithin28KilobytesWhateverIsTold() {
    Map<String, Object> context = new LinkedHashMap<>();
    for (int i = 1; i <= 90; i++) {
      context.put("e" + i, Map.of("value", "\"é\n".repeat(200)));
    }
    open.put("context", context);
    open.put("summary", "\"quoted\"\n".repeat(2_000));
    List<Map<String, Object>> transcript = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      transcript.add(Map.of("role", "user", "text", "line " + i + " \"😀\"\t".repeat(10)));
    }
    open.put("transcript", transcript);
    ChannelActivity.Data data = activities.data(open);
    Map<String, Object> first = activities.first(open, FROM, data.data());
    assertThat(ChannelActivity.size(first)).isBetween(LIMIT - 2_000, LIMIT - 256);
    assertThat(first.get("text")).asString().contains("line 500").doesNotContain("line 1 ");
    Map<?, ?> kept = (Map<?, ?>) data.data().get("conversationcontext");
    assertThat(kept.keySet().iterator().next()).isEqualTo("e90");
    assertThat(data.leftOut()).isNotEmpty().doesNotContain("e90");
    assertThat(kept.size() + data.leftOut().size()).isEqualTo(90);
  }

  @Test
  void furtherMessagesRepeatTheContextWhereItFits() {
    Map<String, Object> data = activities.data(open).data();
    assertThat(message(Map.of("text", "hello"), data).get("channelData")).isEqualTo(data);
    Map<String, Object> large = message(Map.of("text", "é".repeat(14_100)), data);
    assertThat(large.get("channelData")).isEqualTo(Map.of("channeltype", "Baton"));
    assertThat(message(Map.of("text", "x".repeat(LIMIT)), data)).isNull();
  }

  @Test
  void filesAreSentByTheirAddress() {
    Map<String, Object> sent =
        message(
            Map.of(
                "attachments",
                List.of(Map.of("contentType", "image/png", "contentUrl", "https://x.example/1"))),
            activities.data(open).data());
    assertThat(sent.get("attachments"))
        .isEqualTo(
            List.of(
                Map.of(
                    "contentType",
                    "image/png",
                    "contentUrl",
                    "https://x.example/1",
                    "name",
                    "file")));
  }

  private Map<String, Object> message(Map<String, Object> sent, Map<String, Object> data) {
    return activities.message(Fields.of(sent), FROM, data);
  }
}
