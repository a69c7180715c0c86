package dev.baton.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.privacy.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandoffContextTest {
  private final HandoffContext limits = new HandoffContext();
  private final Report report = new Report();

  @Test
  void tenThousandKeysAreCutToTheLimitAndTheImportantOnesStay() {
    Map<String, Object> context = new LinkedHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      context.put("key" + i, Map.of("value", i));
    }
    Map<String, Object> kept =
        limits.limit(context, Map.of("maxContextEntries", 3), "", "KEY9999, key5000", report);
    assertThat(kept.keySet()).containsExactly("key9999", "key5000", "key0");
    assertThat(report.counts()).containsEntry("left-out", 9_997);
  }

  @Test
  void deniedNamesNeverLeaveWhateverTheirCase() {
    Map<String, Object> context =
        Map.of("Password", Map.of("value", "x"), "Order", Map.of("value", "1"));
    assertThat(limits.limit(context, null, "password", "", report)).containsOnlyKeys("Order");
  }

  @Test
  void longValuesAreShortened() {
    Map<String, Object> kept =
        limits.limit(
            Map.of("note", Map.of("value", "abcdef", "display", true)),
            Map.of("maxContextValue", "4"),
            null,
            null,
            report);
    assertThat(kept.get("note")).isEqualTo(Map.of("value", "abc…", "display", true));
    assertThat(report.asMap()).containsEntry("shortened", java.util.List.of("note"));
  }
}
