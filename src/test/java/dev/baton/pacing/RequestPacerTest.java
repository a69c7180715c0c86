package dev.baton.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RequestPacerTest {
  private final MovingClock clock = new MovingClock();

  @Test
  void aBurstGoesAtOnceAndTheRestWaits() {
    RequestPacer pacer = new RequestPacer(60, clock);
    for (int i = 0; i < 10; i++) {
      assertThat(pacer.ask("c" + i)).isZero();
    }
    assertThat(pacer.ask("late")).isPositive();
  }

  @Test
  void whoAskedFirstGoesFirst() {
    RequestPacer pacer = new RequestPacer(6, clock);
    assertThat(pacer.ask("a")).isZero();
    Duration b = pacer.ask("b");
    Duration c = pacer.ask("c");
    assertThat(c).isGreaterThan(b);
    clock.advance(b);
    assertThat(pacer.ask("c")).isPositive();
    assertThat(pacer.ask("b")).isZero();
    clock.advance(c.minus(b));
    assertThat(pacer.ask("c")).isZero();
  }

  @Test
  void oneConversationHasOnePlaceAtATime() {
    RequestPacer pacer = new RequestPacer(6, clock);
    pacer.ask("chatty");
    Duration place = pacer.ask("chatty");
    assertThat(pacer.ask("chatty")).isEqualTo(place);
    assertThat(pacer.waiting()).isEqualTo(1);
  }

  @Test
  void noLimitLetsEveryoneGo() {
    RequestPacer pacer = new RequestPacer(0, clock);
    for (int i = 0; i < 1000; i++) {
      assertThat(pacer.ask("c" + i)).isZero();
    }
  }

  @Test
  void aPauseThatTheReceiverAskedForHoldsForAll() {
    RequestPacer pacer = new RequestPacer(600, clock);
    pacer.close(Duration.ofSeconds(7));
    assertThat(pacer.ask("a")).isEqualTo(Duration.ofSeconds(7));
    clock.advance(Duration.ofSeconds(7));
    assertThat(pacer.ask("a")).isZero();
  }

  @Test
  void whatMayBeLeftOutGoesOnlyWhileThereIsPlenty() {
    RequestPacer pacer = new RequestPacer(300, clock);
    int spare = 0;
    while (pacer.spare()) {
      spare++;
    }
    assertThat(spare).isBetween(20, 30);
    assertThat(pacer.ask("message")).isZero();
  }

  @Test
  void placesOfThoseWhoNeverComeAreForgotten() {
    RequestPacer pacer = new RequestPacer(6, clock);
    pacer.ask("a");
    assertThat(pacer.ask("gone")).isPositive();
    assertThat(pacer.waiting()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(2));
    assertThat(pacer.ask("here")).isZero();
    assertThat(pacer.waiting()).isZero();
  }

  /** Greedy conversations that come again as soon as they may. */
  @Property(tries = 40)
  void noMinuteHoldsMoreThanTheLimitAndNobodyStarves(
      @ForAll @IntRange(min = 6, max = 300) int limit,
      @ForAll @IntRange(min = 1, max = 40) int conversations) {
    RequestPacer pacer = new RequestPacer(limit, clock);
    List<Instant> gone = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Instant> next = new LinkedHashMap<>();
    for (int i = 0; i < conversations; i++) {
      next.put("c" + i, clock.instant());
    }
    Instant end = clock.instant().plus(Duration.ofMinutes(3));
    while (clock.instant().isBefore(end)) {
      Instant soonest = end;
      for (Map.Entry<String, Instant> one : next.entrySet()) {
        if (!one.getValue().isAfter(clock.instant())) {
          Duration wait = pacer.ask(one.getKey());
          if (wait.isZero()) {
            gone.add(clock.instant());
            counts.merge(one.getKey(), 1, Integer::sum);
            one.setValue(clock.instant().plusMillis(1));
          } else {
            one.setValue(clock.instant().plus(wait));
          }
        }
        soonest = one.getValue().isBefore(soonest) ? one.getValue() : soonest;
      }
      Duration step = Duration.between(clock.instant(), soonest);
      clock.advance(step.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : step);
    }
    for (int i = 0; i + limit < gone.size(); i++) {
      assertThat(Duration.between(gone.get(i), gone.get(i + limit)))
          .as("more than %d within a minute", limit)
          .isGreaterThanOrEqualTo(Duration.ofMinutes(1).minusMillis(1));
    }
    int most = counts.values().stream().mapToInt(n -> n).max().orElse(0);
    int least = next.keySet().stream().mapToInt(c -> counts.getOrDefault(c, 0)).min().orElse(0);
    // Who was first in the burst may be ahead by it, and by one place.
    assertThat(most - least).isLessThanOrEqualTo(2 + limit / 6);
  }
}
