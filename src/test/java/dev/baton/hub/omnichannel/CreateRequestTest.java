package dev.baton.hub.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreateRequestTest {
  private final Map<String, Object> context = new LinkedHashMap<>();
  private final List<Map<String, Object>> transcript = new ArrayList<>();
  private final Map<String, Object> customer = new LinkedHashMap<>();
  private String summary;

  private CreateRequest.Result create(List<String> first, List<String> hidden, int most) {
    Map<String, Object> open = new LinkedHashMap<>();
    open.put("handoffId", "c1:1");
    open.put("customer", customer);
    open.put("context", context);
    open.put("summary", summary);
    open.put("transcript", transcript);
    return new CreateRequest(first, hidden, "Robbie").of(open, "c1", most);
  }

  private Map<String, Object> body() {
    return create(List.of(), List.of(), CreateRequest.MOST_ENTRIES).body();
  }

  private void entry(String name, Object value) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("value", value);
    context.put(name, entry);
  }

  private String startMessage() {
    return String.valueOf(((Map<?, ?>) body().get("startmessage")).get("message"));
  }

  @Test
  void omnichannelsOwnBotIsSkipped() {
    assertThat(body()).containsEntry("skipdeflectionbot", true);
  }

  @Test
  void theHandoffIsNamedAsTheRequest() {
    assertThat(body()).containsEntry("conversationrequestid", "c1:1");
  }

  @Test
  void valuesAreTextsWhateverTheyWere() {
    entry("number", 12.5);
    entry("flag", true);
    entry("list", List.of("a", "b"));
    assertThat(body().get("conversationcontext"))
        .isEqualTo(
            Map.of(
                "number", Map.of("isDisplayable", true, "value", "12.5"),
                "flag", Map.of("isDisplayable", true, "value", "true"),
                "list", Map.of("isDisplayable", true, "value", "a, b")));
  }

  @Test
  void emptyValuesAreLeftOutWithoutAReport() {
    entry("nothing", null);
    entry("blank", " ");
    CreateRequest.Result result = create(List.of(), List.of(), 100);
    assertThat(result.body().get("conversationcontext")).isEqualTo(Map.of());
    assertThat(result.leftOut()).isEmpty();
  }

  @Test
  void aHundredEntriesByPriorityAndTheRestIsReported() {
    for (int i = 1; i <= 120; i++) {
      entry("e" + i, "v" + i);
    }
    CreateRequest.Result result = create(List.of("E120", "e119"), List.of(), 100);
    Map<?, ?> sent = (Map<?, ?>) result.body().get("conversationcontext");
    assertThat(sent).hasSize(100);
    assertThat(sent.keySet().stream().map(String::valueOf).toList())
        .startsWith("e120", "e119", "e1", "e2");
    assertThat(result.leftOut()).hasSize(20).contains("e99", "e118").doesNotContain("e98");
  }

  @Test
  void afterARefusalFewerAreSent() {
    for (int i = 1; i <= 60; i++) {
      entry("e" + i, "v" + i);
    }
    CreateRequest.Result result = create(List.of(), List.of(), 50);
    assertThat((Map<?, ?>) result.body().get("conversationcontext")).hasSize(50);
    assertThat(result.leftOut()).hasSize(10);
  }

  @Test
  void namesOverAHundredCharactersAreLeftOutAndReported() {
    String name = "n".repeat(101);
    entry(name, "v");
    assertThat(create(List.of(), List.of(), 100).leftOut()).containsExactly(name);
  }

  @Test
  void aValueIsCutAtFourThousandCharactersNotWithinOne() {
    entry("long", "x".repeat(3_998) + "😀😀");
    Map<?, ?> sent = (Map<?, ?>) ((Map<?, ?>) body().get("conversationcontext")).get("long");
    String value = String.valueOf(sent.get("value"));
    assertThat(value).hasSizeLessThanOrEqualTo(4_000).endsWith("x…");
  }

  @Test
  void hiddenEntriesRouteButAreNotDisplayed() {
    entry("plain", "1");
    entry("secretive", "2");
    context.put("own", Map.of("value", "3", "display", false));
    Map<?, ?> sent =
        (Map<?, ?>) create(List.of(), List.of("Secretive"), 100).body().get("conversationcontext");
    assertThat(((Map<?, ?>) sent.get("plain")).get("isDisplayable")).isEqualTo(true);
    assertThat(((Map<?, ?>) sent.get("secretive")).get("isDisplayable")).isEqualTo(false);
    assertThat(((Map<?, ?>) sent.get("own")).get("isDisplayable")).isEqualTo(false);
  }

  @Test
  void customerFieldsEndAtTwoHundredCharacters() {
    customer.put("name", "Ada " + "B".repeat(300));
    customer.put("email", "a".repeat(300) + "@example.com");
    Map<?, ?> sent = (Map<?, ?>) body().get("customercontext");
    assertThat(sent.values()).allMatch(value -> value.toString().length() <= 200);
    assertThat(sent.get("customerid")).isEqualTo("c1");
  }

  @Test
  void aNameIsShownWholeAndSplitForTheContact() {
    customer.put("name", "Ada Byron King");
    Map<?, ?> sent = (Map<?, ?>) body().get("customercontext");
    assertThat(sent.get("preferredname")).isEqualTo("Ada Byron King");
    assertThat(sent.get("firstname")).isEqualTo("Ada Byron");
    assertThat(sent.get("lastname")).isEqualTo("King");
  }

  @Test
  void withoutSummaryAndTranscriptThereIsNoStartMessage() {
    assertThat(body()).doesNotContainKey("startmessage");
  }

  @Test
  void theStartMessageNamesWhoSpoke() {
    summary = "Refund";
    transcript.add(Map.of("role", "user", "text", "refund please"));
    transcript.add(Map.of("role", "bot", "name", "Robbie", "text", "which order?"));
    transcript.add(Map.of("role", "system", "text", "[a picture]"));
    assertThat(startMessage())
        .isEqualTo("Summary: Refund\n\nCustomer: refund please\nRobbie: which order?\n[a picture]");
    assertThat(((Map<?, ?>) body().get("startmessage")).get("displayname")).isEqualTo("Robbie");
  }

  @Test
  void theStartMessageStaysWithin27KilobytesAndKeepsTheNewest() {
    summary = "s".repeat(20_000);
    for (int i = 1; i <= 400; i++) {
      transcript.add(Map.of("role", "user", "text", "line " + i + " " + "é".repeat(60)));
    }
    String message = startMessage();
    int bytes = message.getBytes(StandardCharsets.UTF_8).length;
    assertThat(bytes).isBetween(26 * 1024, 27 * 1024);
    assertThat(message).contains("line 400 ").doesNotContain("line 1 ");
    long lines = message.lines().filter(line -> line.startsWith("Customer: ")).count();
    assertThat(message).contains("[" + (400 - lines) + " earlier messages left out]");
  }

  @Test
  void ofANewestLineThatIsTooLongTheBeginningStays() {
    transcript.add(Map.of("role", "user", "text", "old"));
    transcript.add(Map.of("role", "user", "text", "start " + "😀".repeat(10_000)));
    String message = startMessage();
    assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(27 * 1024);
    assertThat(message)
        .startsWith("[1 earlier messages left out]\nCustomer: start 😀")
        .endsWith("😀…");
  }
}
