package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageTokenLimitTest {
  private Instant now = Instant.parse("2026-01-01T00:00:15Z");
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }
      };

  @Test
  void anAddressWaitsForTheNextMinuteWhenItHasHadItsTokens() {
    PageTokenLimit limit = new PageTokenLimit(2, clock);
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isZero();
    assertThat(limit.take("a")).isEqualTo(45);
    assertThat(limit.take("b")).isZero();
    now = now.plusSeconds(45);
    assertThat(limit.take("a")).isZero();
  }

  @Test
  void zeroSetsNoLimit() {
    PageTokenLimit limit = new PageTokenLimit(0, clock);
    assertThat(IntStream.range(0, 1000).mapToLong(i -> limit.take("a"))).containsOnly(0L);
  }
}
