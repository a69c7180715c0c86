package dev.baton.channel.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActivitySetTest {

  private static ObjectNode json(String text) {
    return RelayJson.object(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  @Test
  void oneReadIsAnsweredAsItIs() {
    String upstream =
        "{\"activities\":[{\"type\":\"message\",\"id\":\"a\",\"value\":1.10,\"big\":12345678901234567890,"
            + "\"text\":\"<é>\"}],\"watermark\":\"0000a-42\",\"extra\":{\"x\":null}}";
    ActivitySet set = new ActivitySet("1", List.of(), null);

    set.add(json(upstream));

    assertThat(set.toJson(Set.of())).hasToString(upstream);
    assertThat(set.watermark()).isEqualTo("0000a-42");
  }

  @Test
  void severalReadsArePutTogetherWithoutRepeats() {
    ActivitySet set = new ActivitySet(null, List.of(), null);
    set.add(json("{\"activities\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"watermark\":\"2\"}"));

    assertThat(set.add(json("{\"activities\":[{\"id\":\"b\"},{\"id\":\"c\"},{}],\"watermark\":3}")))
        .hasSize(2);
    assertThat(set.toJson(Set.of()))
        .hasToString(
            "{\"activities\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},{}],\"watermark\":3}");
    assertThat(set.watermark()).isEqualTo("3");
  }

  @Test
  void aSetWithoutWatermarkKeepsTheOneBefore() {
    for (String none : new String[] {"", ",\"watermark\":null", ",\"watermark\":\"\""}) {
      ActivitySet set = new ActivitySet("7", List.of(), null);
      set.add(json("{\"activities\":[]" + none + "}"));

      assertThat(set.toJson(Set.of())).hasToString("{\"activities\":[],\"watermark\":\"7\"}");
      assertThat(set.watermark()).isEqualTo("7");
    }
  }

  @Test
  void whatTheCallerHasAlreadyIsLeftOut() {
    ActivitySet set = new ActivitySet("0", List.of("a", "b"), null);

    assertThat(set.add(json("{\"activities\":[{\"id\":\"a\"},{\"id\":\"c\"}]}"))).hasSize(1);
    assertThat(set.delivered()).containsExactly("a", "b", "c");
  }

  @Test
  void ownActivitiesAndTracesAreLeftOutWhenAsked() {
    ActivitySet set = new ActivitySet(null, List.of(), null);
    set.add(
        json(
            "{\"activities\":[{\"id\":\"a\",\"from\":{\"role\":\"user\"}},"
                + "{\"id\":\"b\",\"type\":\"trace\",\"from\":{\"role\":\"bot\"}},"
                + "{\"id\":\"c\",\"from\":{\"role\":\"bot\"}}]}"));

    assertThat(set.toJson(Set.of("own")).path("activities").findValuesAsText("id"))
        .containsExactly("b", "c");
    assertThat(set.toJson(Set.of("own", "trace")).path("activities").findValuesAsText("id"))
        .containsExactly("c");
  }
}
