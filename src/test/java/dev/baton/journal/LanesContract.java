package dev.baton.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How lanes deliver, on every database. */
abstract class LanesContract extends LanesFixture {
  @Test
  void entriesArriveInOrderAndAreMarkedDone() {
    deliver(Lane.BOT, this::take);
    begin("c1");
    for (int i = 0; i < 50; i++) {
      journal.append("c1", "m" + i, new Event.CustomerSaid(TestDecider.text("t" + i)));
    }

    await().until(() -> delivered.size() == 50);
    assertThat(deliveredTexts())
        .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(i -> "t" + i).toList());
    await().until(() -> journal.pending(Lane.BOT) == 0);
    assertThat(entry("c1", 2).status()).isEqualTo(StoredEntry.Status.DONE);
    assertThat(entry("c1", 2).remoteId()).isEqualTo("r2");
  }

  @Test
  void whatWaitedWhileNobodyDeliveredComesFirst() {
    begin("c1");
    for (int i = 0; i < 40; i++) {
      say("c1", "m" + i, "t" + i);
    }

    deliver(Lane.BOT, this::take);
    say("c1", "last", "t40");

    await().until(() -> delivered.size() == 41);
    assertThat(deliveredTexts())
        .containsExactlyElementsOf(IntStream.range(0, 41).mapToObj(i -> "t" + i).toList());
  }

  @Test
  void oneConversationInTroubleDoesNotHoldUpAnother() {
    CompletableFuture<String> stuck = new CompletableFuture<>();
    deliver(Lane.BOT, entry -> entry.conversation().equals("c1") ? stuck : take(entry));
    begin("c1");
    begin("c2");
    say("c1", "m1", "stuck");
    say("c2", "m1", "free");

    await().until(() -> deliveredTexts().equals(List.of("free")));
    stuck.complete(null);
    await().until(() -> journal.pending(Lane.BOT) == 0);
  }

  @Test
  void orderHoldsUnderRandomFailuresAndAtMostOneIsUnderWay() {
    Random random = new Random(7);
    Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    Queue<String> violations = new ConcurrentLinkedQueue<>();
    deliver(
        Lane.BOT,
        entry -> {
          AtomicInteger count =
              underWay.computeIfAbsent(entry.conversation(), id -> new AtomicInteger());
          if (count.incrementAndGet() != 1) {
            violations.add(entry.deliveryId());
          }
          boolean fails;
          synchronized (random) {
            fails = random.nextInt(5) == 0;
          }
          return CompletableFuture.supplyAsync(
              () -> {
                count.decrementAndGet();
                if (fails) {
                  throw new IllegalStateException("at random");
                }
                delivered.add(entry);
                return null;
              },
              workers);
        });
    for (int c = 0; c < 8; c++) {
      begin("c" + c);
    }
    for (int i = 0; i < 60; i++) {
      for (int c = 0; c < 8; c++) {
        journal.append("c" + c, null, new Event.CustomerSaid(TestDecider.text("t" + i)));
      }
    }

    await().atMost(Duration.ofSeconds(30)).until(() -> delivered.size() == 480);
    await().until(() -> journal.pending(Lane.BOT) == 0);
    assertThat(violations).isEmpty();
    for (int c = 0; c < 8; c++) {
      String id = "c" + c;
      assertThat(delivered.stream().filter(e -> e.conversation().equals(id)))
          .extracting(e -> e.body().path("text").asText())
          .containsExactlyElementsOf(IntStream.range(0, 60).mapToObj(i -> "t" + i).toList());
    }
  }

  @Test
  void aFailedDeliveryIsTriedAgainAndCounts() {
    Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
    deliver(
        Lane.BOT,
        entry -> {
          attempts.add(entry.attempts());
          return entry.attempts() < 3 ? fail("not yet") : take(entry);
        });
    begin("c1");
    say("c1", "m1", "hello");

    await().until(() -> journal.pending(Lane.BOT) == 0);
    assertThat(attempts).containsExactly(0, 1, 2, 3);
    assertThat(entry("c1", 2).attempts()).isEqualTo(4);
  }

  @Test
  void aReceiverThatAsksToWaitIsGivenTheTime() {
    Queue<Long> times = new ConcurrentLinkedQueue<>();
    deliver(
        Lane.BOT,
        entry -> {
          times.add(System.nanoTime());
          return entry.attempts() == 0
              ? CompletableFuture.failedFuture(
                  DeliveryException.retryAfter("429", Duration.ofMillis(300)))
              : take(entry);
        });
    begin("c1");
    say("c1", "m1", "hello");

    await().until(() -> times.size() == 2);
    List<Long> at = List.copyOf(times);
    assertThat(Duration.ofNanos(at.get(1) - at.get(0)))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void whoseTurnHasNotComeWaitsWithoutAnAttemptBeingCounted() {
    Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
    deliver(
        Lane.BOT,
        entry -> {
          attempts.add(entry.attempts());
          return attempts.size() < 4
              ? CompletableFuture.failedFuture(DeliveryException.notYet(Duration.ofMillis(5)))
              : take(entry);
        });
    begin("c1");
    say("c1", "m1", "hello");

    await().until(() -> deliveredTexts().equals(List.of("hello")));
    assertThat(List.copyOf(attempts).subList(0, 4)).containsOnly(0);
  }

  @Test
  void aHopelessEntryBecomesADeadLetterTheCoreDecidesAndTheLaneGoesOn() {
    deliver(
        Lane.BOT,
        entry ->
            entry.body().path("text").asText().equals("bad")
                ? CompletableFuture.failedFuture(DeliveryException.permanent("400 no", null))
                : take(entry));
    begin("c1");
    say("c1", "m1", "bad");
    say("c1", "m2", "good");

    await().until(() -> deliveredTexts().equals(List.of("good")));
    assertThat(journal.deadLetters(null, 10))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.cause()).isEqualTo("400 no");
              assertThat(letter.attempts()).isEqualTo(1);
              assertThat(letter.body().path("text").asText()).isEqualTo("bad");
            });
    assertThat(texts(journal.customerStream("c1", -1, 10))).contains("failed 2 400 no");
    assertThat(journal.dead(Lane.BOT)).isEqualTo(1);
    assertThat(journal.deadLetters("c2", 10)).isEmpty();
  }

  @Test
  void deadLettersAreReplayedOrDropped() {
    CompletableFuture<Void> repaired = new CompletableFuture<>();
    deliver(
        Lane.BOT,
        entry ->
            repaired.isDone()
                ? take(entry)
                : CompletableFuture.failedFuture(DeliveryException.permanent("400", null)));
    begin("c1");
    say("c1", "m1", "one");
    say("c1", "m2", "two");
    await().until(() -> journal.deadLetters("c1", 10).size() == 2);
    List<StoredEntry> letters = journal.deadLetters("c1", 10);
    repaired.complete(null);

    assertThat(journal.replay("c1", letters.get(0).seq())).isTrue();
    assertThat(journal.drop("c1", letters.get(1).seq())).isTrue();
    assertThat(journal.replay("c1", letters.get(1).seq())).isFalse();

    await().until(() -> deliveredTexts().equals(List.of("one")));
    assertThat(delivered.peek().attempts()).isEqualTo(1);
    assertThat(journal.deadLetters(null, 10)).isEmpty();
  }

  @Test
  void afterARestartDeliveryGoesOnInOrderAndTheFirstCountsAsTried() {
    begin("c1");
    deliver(Lane.BOT, entry -> new CompletableFuture<>());
    for (int i = 0; i < 3; i++) {
      say("c1", "m" + i, "t" + i);
    }

    restart();
    deliver(Lane.BOT, this::take);

    await().until(() -> delivered.size() == 3);
    assertThat(deliveredTexts()).containsExactly("t0", "t1", "t2");
    assertThat(delivered).extracting(StoredEntry::attempts).containsExactly(1, 0, 0);
  }

  @Test
  void aLaneThatIsDetachedGoesOnWithItsNextHandler() {
    begin("c1");
    CompletableFuture<String> slow = new CompletableFuture<>();
    CompletableFuture<Void> underWay = new CompletableFuture<>();
    deliver(
        Lane.BOT,
        entry -> {
          underWay.complete(null);
          return slow;
        });
    say("c1", "m1", "one");
    say("c1", "m2", "two");
    underWay.orTimeout(10, TimeUnit.SECONDS).join();
    journal.detach(Lane.BOT);
    deliver(Lane.BOT, this::take);

    assertThat(delivered).isEmpty();
    slow.complete(null);

    await().until(() -> deliveredTexts().equals(List.of("two")));
  }

  @Test
  void timersFireWhenTheyAreDueAlsoAfterARestart() {
    begin("c1");
    journal.append("c1", null, new Event.HubQueued("h", null, 150, null)).join();
    await()
        .until(
            () -> texts(journal.customerStream("c1", -1, 9)).equals(List.of("timer ASSIGNMENT")));

    journal.append("c1", null, new Event.HubQueued("h", null, 200, null)).join();
    restart();

    await().until(() -> journal.customerStream("c1", -1, 9).size() == 2);
    assertThat(journal.find("c1").orElseThrow().owner()).isEqualTo(Owner.BOT);
    assertThat(journal.find("c1").orElseThrow().timers()).isEmpty();
  }

  @Test
  void aTimerThatWasMovedDoesNotFireAtItsOldTime() {
    begin("c1");
    journal.append("c1", null, new Event.HubQueued("h", null, 100, null)).join();
    journal.append("c1", null, new Event.HubQueued("h", null, 60_000, null)).join();
    begin("c2");
    journal.append("c2", null, new Event.HubQueued("h", null, 300, null)).join();

    await().until(() -> journal.customerStream("c2", -1, 9).size() == 1);
    assertThat(journal.customerStream("c1", -1, 9)).isEmpty();
  }

  @Test
  void channelsThatBatonCallsHaveALaneOfTheirOwn() {
    deliver(Lane.CUSTOMER, this::take);
    begin("c1");
    say("c1", "m1", "fetched");
    journal
        .append(
            "p1",
            null,
            new Event.CustomerStarted("demo", "push", new Customer("u", null), null, null))
        .join();
    say("p1", "m1", "pushed");

    await().until(() -> deliveredTexts().equals(List.of("pushed")));
    await().until(() -> journal.pending(Lane.CUSTOMER) == 0);
    assertThat(texts(journal.customerStream("p1", -1, 9))).containsExactly("pushed");
  }

  @Test
  void aJournalAtRestChangesNothingByItself() {
    begin("c1");
    // Late enough not to be due before the journal is closed, also on a busy machine.
    journal.append("c1", null, new Event.HubQueued("h", null, 2_000, null)).join();
    say("c1", "m1", "one");
    journal.close();
    journal = new SqlJournal(options(), new TestDecider(), Clock.systemUTC()).atRest();
    journal.start();
    await().until(() -> journal.find("c1").orElseThrow().nextDue().isBefore(Instant.now()));
    begin("c2");

    assertThat(journal.find("c1").orElseThrow().timers()).hasSize(1);
    assertThat(journal.entries("c1").get(1).attempts()).isZero();
    restart();
    await().until(() -> journal.find("c1").orElseThrow().timers().isEmpty());
    assertThat(journal.entries("c1").get(1).attempts()).isEqualTo(1);
  }

  @Test
  void erasingAConversationStopsItsDeliveries() {
    begin("c1");
    AtomicInteger attempts = new AtomicInteger();
    deliver(
        Lane.BOT,
        entry -> {
          attempts.incrementAndGet();
          return fail("down");
        });
    say("c1", "m1", "one");
    await().until(() -> attempts.get() > 0);

    journal.erase("web-1");

    begin("c2", "bob");
    say("c2", "m1", "two");
    await().until(() -> journal.pending(Lane.BOT) == 1);
    assertThat(journal.entries("c1")).isEmpty();
  }
}
