package dev.baton.hub.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RequestPacerTest {
  private final ManualClock clock = new ManualClock();

  @Test
  void inAnyMinuteFewerThan300RequestsGoHoweverManyAreWanted() {
    RequestPacer pacer = new RequestPacer(300, clock);
    List<Instant> gone = new ArrayList<>();
    Instant end = clock.instant().plusSeconds(180);
    while (clock.instant().isBefore(end)) {
      for (int conversation = 0; conversation < 200; conversation++) {
        if (pacer.ask("c" + conversation).isZero()) {
          gone.add(clock.instant());
        }
      }
      clock.forward(Duration.ofMillis(50));
    }
    int most = 0;
    int first = 0;
    for (int last = 0; last < gone.size(); last++) {
      while (Duration.between(gone.get(first), gone.get(last)).toMillis() >= 60_000) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    assertThat(most).isBetween(230, 299);
    assertThat(gone).hasSizeGreaterThan(3 * 230);
  }

  @Test
  void aConversationWithMuchToSayGetsNoMoreThanItsTurn() {
    RequestPacer pacer = new RequestPacer(300, clock);
    drain(pacer);
    Map<String, Integer> served = new HashMap<>();
    Map<String, Instant> due = new TreeMap<>();
    for (String who : List.of("loud", "quiet-1", "quiet-2", "quiet-3")) {
      due.put(who, clock.instant());
    }
    // "loud" has always a next message; the quiet ones have ten each.
    for (int step = 0; step < 2_000; step++) {
      for (String who : List.copyOf(due.keySet())) {
        boolean asks = !due.get(who).isAfter(clock.instant());
        boolean done = !who.equals("loud") && served.getOrDefault(who, 0) == 10;
        if (asks && !done) {
          Duration wait = pacer.ask(who);
          if (wait.isZero()) {
            served.merge(who, 1, Integer::sum);
          }
          due.put(who, clock.instant().plus(wait));
        }
      }
      if (served.getOrDefault("quiet-3", 0) == 10) {
        break;
      }
      clock.forward(Duration.ofMillis(10));
    }
    assertThat(served).containsEntry("quiet-1", 10).containsEntry("quiet-3", 10);
    assertThat(served.get("loud")).isBetween(9, 11);
  }

  @Test
  void whoWaitedHasItsPlaceAndIsNotOvertaken() {
    RequestPacer pacer = new RequestPacer(300, clock);
    drain(pacer);
    Duration first = pacer.ask("first");
    Duration second = pacer.ask("second");
    assertThat(first).isPositive().isLessThan(second);
    assertThat(pacer.ask("first")).isEqualTo(first);
    clock.forward(first);
    assertThat(pacer.ask("third")).isPositive();
    assertThat(pacer.ask("first")).isZero();
    assertThat(pacer.ask("second")).isPositive();
  }

  @Test
  void typingAndReceiptsGoOnlyWhileThereIsPlenty() {
    RequestPacer pacer = new RequestPacer(300, clock);
    int spare = 0;
    while (pacer.spare()) {
      spare++;
    }
    assertThat(spare).isBetween(20, 30);
    assertThat(pacer.ask("message")).isZero();
  }

  @Test
  void aTooManyRequestsAnswerHoldsEverybodyAsLongAsItSays() {
    RequestPacer pacer = new RequestPacer(300, clock);
    pacer.close(Duration.ofSeconds(7));
    assertThat(pacer.ask("a")).isEqualTo(Duration.ofSeconds(7));
    assertThat(pacer.spare()).isFalse();
    clock.forward(Duration.ofSeconds(7));
    assertThat(pacer.ask("a")).isZero();
  }

  @Test
  void placesOfThoseWhoNeverComeAreForgotten() {
    RequestPacer pacer = new RequestPacer(300, clock);
    drain(pacer);
    pacer.ask("gone");
    assertThat(pacer.waiting()).isEqualTo(1);
    clock.forward(Duration.ofMinutes(1));
    assertThat(pacer.ask("here")).isZero();
    assertThat(pacer.waiting()).isZero();
  }

  @Test
  void withoutALimitEverythingGoes() {
    RequestPacer pacer = new RequestPacer(0, clock);
    for (int i = 0; i < 1_000; i++) {
      assertThat(pacer.ask("a")).isZero();
      assertThat(pacer.spare()).isTrue();
    }
  }

  private static void drain(RequestPacer pacer) {
    int i = 0;
    while (pacer.ask("d" + i).isZero()) {
      i++;
    }
    pacer.ask("d" + i);
  }
}
