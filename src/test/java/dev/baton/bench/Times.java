package dev.baton.bench;

import java.util.Arrays;
import java.util.Locale;

/** Measured durations. */
record Times(long[] sortedNanos) {

  static Times of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Times(sorted);
  }

  /** In milliseconds. */
  double percentile(double percent) {
    int index = (int) Math.ceil(percent / 100 * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, index)] / 1e6;
  }

  double median() {
    return percentile(50);
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p99 %.2f ms, max %.2f ms (%d)",
        median(),
        percentile(99),
        percentile(100),
        sortedNanos.length);
  }
}
