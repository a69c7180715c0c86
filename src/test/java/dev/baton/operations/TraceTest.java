package dev.baton.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {
  private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void aChildStaysInItsTraceUnderASpanOfItsOwn() {
    Trace trace = Trace.parse("00-" + ID + "-00f067aa0ba902b7-01").orElseThrow();

    assertThat(trace.child())
        .matches("00-" + ID + "-[0-9a-f]{16}-01")
        .doesNotContain("00f067aa0ba902b7");
    assertThat(Trace.parse(trace.child())).isPresent();
  }

  @Test
  void laterVersionsMayHaveMoreFields() {
    assertThat(Trace.parse("cc-" + ID + "-00f067aa0ba902b7-01-what-is-this")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "00-" + ID + "-00f067aa0ba902b7",
        "00-" + ID + "-00f067aa0ba902b7-01-more",
        "ff-" + ID + "-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-" + ID + "-0000000000000000-01"
      })
  void malformedOnesAreIgnored(String header) {
    assertThat(Trace.parse(header)).isEmpty();
  }

  @Test
  void theOldestTracesAreForgotten() {
    Traces traces = new Traces();
    for (int i = 0; i < 20_001; i++) {
      traces.note("c" + i, "00-" + ID + "-00f067aa0ba902b7-01");
    }

    assertThat(traces.header("c0")).isEmpty();
    assertThat(traces.header("c1")).isPresent();
  }
}
