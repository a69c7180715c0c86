package dev.baton.hub.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AvailabilityAnswerTest {
  private final Map<String, Object> answer = new LinkedHashMap<>();

  @Test
  void aFreeRepresentativeIsAvailableWithoutAWait() {
    answer.put("IsQueueAvailable", true);
    answer.put("IsAgentAvailable", true);
    answer.put("AverageWaitTimeInSeconds", 45);
    assertThat(AvailabilityAnswer.of(answer, false)).isEqualTo(Map.of("state", "AVAILABLE"));
  }

  @Test
  void anOpenQueueWithoutAFreeRepresentativeMeansToWait() {
    answer.put("IsQueueAvailable", true);
    answer.put("IsAgentAvailable", false);
    answer.put("PositionInQueue", 3);
    answer.put("AverageWaitTime", null);
    answer.put("AverageWaitTimeInSeconds", 95);
    assertThat(AvailabilityAnswer.of(answer, false))
        .isEqualTo(Map.of("state", "AVAILABLE", "position", 3, "waitSeconds", 95));
  }

  @Test
  void whereARepresentativeIsNeededAnOpenQueueIsNotEnough() {
    answer.put("IsQueueAvailable", true);
    answer.put("IsAgentAvailable", false);
    assertThat(AvailabilityAnswer.of(answer, true))
        .isEqualTo(Map.of("state", "UNAVAILABLE", "reason", "NO_AGENT"));
  }

  @Test
  void aClosedQueueSaysWhenItOpens() {
    answer.put("IsQueueAvailable", false);
    answer.put("StartTimeOfNextOperatingHour", "2026-03-02T09:00:00+01:00");
    assertThat(AvailabilityAnswer.of(answer, false))
        .isEqualTo(
            Map.of("state", "UNAVAILABLE", "reason", "CLOSED", "nextOpen", "2026-03-02T08:00:00Z"));
  }

  @Test
  void theYearsOneAnd9999AreNoTimes() {
    for (String sentinel : new String[] {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "soon"}) {
      answer.put("IsQueueAvailable", false);
      answer.put("StartTimeOfNextOperatingHour", sentinel);
      assertThat(AvailabilityAnswer.of(answer, false))
          .isEqualTo(Map.of("state", "UNAVAILABLE", "reason", "CLOSED"));
    }
  }

  @Test
  void namesInAnyCaseAndValuesAsTextsAreRead() {
    answer.put("isQueueAvailable", "true");
    answer.put("isagentavailable", "False");
    answer.put("averageWaitTime", "2");
    assertThat(AvailabilityAnswer.of(answer, false))
        .isEqualTo(Map.of("state", "AVAILABLE", "waitSeconds", 120));
  }

  @Test
  void anAnswerThatSaysNothingIsUnknown() {
    assertThat(AvailabilityAnswer.of(Map.of("QueueId", "q"), false))
        .isEqualTo(Map.of("state", "UNKNOWN"));
  }

  @Test
  void theCacheForgetsInTimeAndKeepsQuestionsApart() {
    OmnichannelRig.Moving clock = new OmnichannelRig.Moving();
    AvailabilityCache cache = new AvailabilityCache(clock);
    cache.put("one", Map.of("state", "AVAILABLE"), Duration.ofSeconds(30));
    assertThat(cache.get("one")).isEqualTo(Map.of("state", "AVAILABLE"));
    assertThat(cache.get("two")).isNull();
    clock.passes(Duration.ofSeconds(31));
    assertThat(cache.get("one")).isNull();
  }

  @Test
  void theCacheKeepsTwoHundredAnswersAtMost() {
    AvailabilityCache cache = new AvailabilityCache(Clock.systemUTC());
    for (int i = 0; i <= 200; i++) {
      cache.put("q" + i, Map.of("state", "AVAILABLE"), Duration.ofHours(1));
    }
    assertThat(cache.get("q0")).isNull();
    assertThat(cache.get("q200")).isNotNull();
  }
}
