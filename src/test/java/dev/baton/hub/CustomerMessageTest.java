package dev.baton.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomerMessageTest {

  @Test
  void aTextOverTheLimitIsSplitInOrderAtWhiteSpace() {
    List<Map<String, Object>> parts =
        parts(Map.of("id", "c|1", "text", "one two three four"), Map.of("maxText", 9));
    assertThat(parts).extracting(p -> p.get("text")).containsExactly("one two", "three", "four");
    assertThat(parts).extracting(p -> p.get("id")).containsExactly("c|1", "c|1#2", "c|1#3");
  }

  @Test
  void aSplitNeverTearsACharacterApart() {
    List<Map<String, Object>> parts =
        parts(Map.of("id", "c|1", "text", "😀😀😀"), Map.of("maxText", "3"));
    assertThat(parts).extracting(p -> p.get("text")).containsExactly("😀", "😀", "😀");
  }

  @Test
  void attachmentsAndValueTravelWithTheFirstPart() {
    List<Map<String, Object>> parts =
        parts(
            Map.of(
                "id",
                "c|1",
                "text",
                "see this picture",
                "attachments",
                List.of(Map.of("contentUrl", "https://x.example/a.png")),
                "value",
                Map.of("a", 1)),
            Map.of("maxText", 10));
    assertThat(parts.get(0)).containsEntry("value", Map.of("a", 1));
    assertThat((List<?>) parts.get(0).get("attachments")).hasSize(1);
    assertThat((List<?>) parts.get(1).get("attachments")).isEmpty();
  }

  @Test
  void aSubmittedCardIsToldByItsValue() {
    assertThat(parts(Map.of("id", "c|1", "value", Map.of("choice", "red")), null).get(0))
        .containsEntry("text", "{\"choice\":\"red\"}");
  }

  private static List<Map<String, Object>> parts(
      Map<String, Object> activity, Map<String, Object> capabilities) {
    return new CustomerMessage().parts(Map.of("activity", activity), 7, capabilities);
  }
}
