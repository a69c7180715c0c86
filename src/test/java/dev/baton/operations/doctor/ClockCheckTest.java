package dev.baton.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockCheckTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T12:00:59Z, OK",
    "2026-01-01T11:59:01Z, OK",
    "2026-01-01T12:01:01Z, WARN",
    "2026-01-01T11:50:00Z, WARN"
  })
  void aMinuteOfDifferenceIsTolerated(Instant now, Level level) {
    Finding finding =
        ClockCheck.look("bot shop", "Thu, 01 Jan 2026 12:00:00 GMT", now).orElseThrow();

    assertThat(finding.level()).isEqualTo(level);
    assertThat(finding.code()).isEqualTo("BTN-4503");
  }

  @Test
  void whatIsNoDateSaysNothing() {
    assertThat(ClockCheck.look("bot shop", "yesterday", Instant.EPOCH)).isEmpty();
  }
}
