package dev.baton.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How lanes deliver, on every database. */
abstract class LanesContract extends JournalFixture {
  static final LaneOptions QUICK =
      new LaneOptions(Duration.ofMillis(5), 2, Duration.ofMillis(20), Duration.ofSeconds(20));

  final ExecutorService workers = Executors.newFixedThreadPool(4);
  final Queue<StoredEntry> delivered = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stopWorkers() {
    workers.shutdownNow();
  }

  void deliver(Lane lane, LaneHandler handler) {
    journal.attach(lane, handler, workers);
  }

  CompletionStage<String> take(StoredEntry entry) {
    delivered.add(entry);
    return CompletableFuture.completedFuture("r" + entry.seq());
  }

  static CompletionStage<String> fail(String message) {
    return CompletableFuture.failedFuture(new IllegalStateException(message));
  }

  List<String> deliveredTexts() {
    return texts(List.copyOf(delivered));
  }

  StoredEntry entry(String conversation, long seq) {
    return journal.entries(conversation).stream()
        .filter(entry -> entry.seq() == seq)
        .findFirst()
        .orElseThrow();
  }

  List<StoredEntry> entriesOfHub(String conversation) {
    return journal.entries(conversation).stream()
        .filter(entry -> entry.lane() == Lane.HUB)
        .toList();
  }

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
  void aDeadLetterForAnAgentIsReplayedOnlyWhileItsHandoffIsOpen() {
    begin("c1");
    deliver(
        Lane.HUB,
        entry ->
            entry.operation().equals("send") && entry.attempts() == 0
                ? CompletableFuture.failedFuture(DeliveryException.permanent("400", null))
                : take(entry));
    requestHandoff("c1");
    say("c1", "m1", "one");
    say("c1", "m2", "two");
    await().until(() -> journal.deadLetters("c1", 10).size() == 2);
    List<StoredEntry> letters = journal.deadLetters("c1", 10);

    assertThat(journal.replay("c1", letters.get(0).seq())).isTrue();
    await().until(() -> delivered.size() == 2);
    journal.append("c1", "e1", new Event.HubEnded("c1:1", "AGENT", null, null)).join();

    assertThatThrownBy(() -> journal.replay("c1", letters.get(1).seq()))
        .isInstanceOf(NotReplayableException.class)
        .hasMessageContaining(letters.get(1).deliveryId())
        .hasMessageContaining("is over");
    assertThat(journal.deadLetters("c1", 10)).hasSize(1);
    assertThat(journal.drop("c1", letters.get(1).seq())).isTrue();
  }

  @Test
  void whatTheHubNeverGotGoesToTheBotInOrder() {
    begin("c1");
    CompletableFuture<String> opening = new CompletableFuture<>();
    List<StoredEntry> hub = new ArrayList<>();
    deliver(
        Lane.HUB,
        entry -> {
          hub.add(entry);
          return opening;
        });
    deliver(Lane.BOT, this::take);
    requestHandoff("c1");
    say("c1", "m1", "one");
    say("c1", "m2", "two");
    await().until(() -> hub.size() == 1);

    journal.append("c1", "e1", new Event.HubEnded("c1:1", "AGENT", null, null)).join();
    say("c1", "m3", "three");

    await().until(() -> delivered.size() == 3);
    assertThat(deliveredTexts()).containsExactly("one", "two", "three");
    opening.complete("h-1");
    await().until(() -> journal.pending(Lane.HUB) == 0);
    assertThat(hub).extracting(StoredEntry::operation).containsExactly("open");
    assertThat(entriesOfHub("c1"))
        .extracting(StoredEntry::status)
        .containsExactly(
            StoredEntry.Status.DONE, StoredEntry.Status.DROPPED, StoredEntry.Status.DROPPED);
  }

  @Test
  void whatFollowsADeliveryUnderWayGoesToTheBotAfterItAtTheHandoffsEnd() {
    CompletableFuture<String> sending = endsWhileTheFirstIsUnderWay();
    assertThat(entriesOfHub("c1"))
        .extracting(StoredEntry::status)
        .doesNotContain(StoredEntry.Status.DROPPED);

    sending.completeExceptionally(DeliveryException.gone("410", null));

    await().until(() -> delivered.size() == 3);
    assertThat(deliveredTexts()).containsExactly("one", "two", "three");
    assertThat(entriesOfHub("c1"))
        .extracting(StoredEntry::status)
        .containsExactly(
            StoredEntry.Status.DONE,
            StoredEntry.Status.DEAD,
            StoredEntry.Status.DROPPED,
            StoredEntry.Status.DROPPED);
  }

  @Test
  void whatTheHubGotAtTheHandoffsEndStaysThereAndTheRestGoesToTheBot() {
    endsWhileTheFirstIsUnderWay().complete("h-1");

    await().until(() -> delivered.size() == 2);
    assertThat(deliveredTexts()).containsExactly("two", "three");
    assertThat(journal.deadLetters("c1", 10)).isEmpty();
  }

  @Test
  void whatCouldNotBeSentAtTheHandoffsEndGoesToTheBotWithoutAnotherAttempt() {
    CompletableFuture<String> sending = endsWhileTheFirstIsUnderWay();

    sending.completeExceptionally(DeliveryException.retryAfter("503", Duration.ofSeconds(15)));

    await().until(() -> delivered.size() == 3);
    assertThat(deliveredTexts()).containsExactly("one", "two", "three");
    assertThat(journal.deadLetters("c1", 10)).isEmpty();
  }

  /** Three messages to an agent; returns the delivery of the first. */
  private CompletableFuture<String> endsWhileTheFirstIsUnderWay() {
    begin("c1");
    CompletableFuture<String> sending = new CompletableFuture<>();
    List<StoredEntry> hub = new CopyOnWriteArrayList<>();
    deliver(
        Lane.HUB,
        entry -> {
          hub.add(entry);
          return entry.operation().equals("send")
              ? sending
              : CompletableFuture.completedFuture("h-1");
        });
    deliver(Lane.BOT, this::take);
    requestHandoff("c1");
    say("c1", "m1", "one");
    say("c1", "m2", "two");
    say("c1", "m3", "three");
    await().until(() -> hub.size() == 2);
    journal.append("c1", "e1", new Event.HubEnded("c1:1", "AGENT", null, null)).join();
    return sending;
  }

  @Test
  void whatIsSaidAndTakenBackWithinOneCommitGoesToTheBotAlone() throws Exception {
    begin("c1");
    journal.attach(Lane.HUB, this::take, Runnable::run); // a worker that is always in time
    deliver(Lane.BOT, this::take);
    requestHandoff("c1");
    await().until(() -> journal.pending(Lane.HUB) == 0);
    delivered.clear();
    CountDownLatch gathered = new CountDownLatch(1);
    journal.submit(
        new Write<Void>() {
          @Override
          Void apply(Transaction transaction) {
            try {
              assertThat(gathered.await(10, TimeUnit.SECONDS)).isTrue();
              return null;
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        });
    journal.append("c1", "m1", new Event.CustomerSaid(TestDecider.text("one")));
    CompletableFuture<Appended> ended =
        journal.append("c1", "e1", new Event.HubEnded("c1:1", "AGENT", null, null));
    gathered.countDown();
    ended.join();
    say("c1", "m2", "two");

    await().until(() -> delivered.stream().filter(entry -> entry.lane() == Lane.BOT).count() == 2);
    assertThat(deliveredTexts()).containsExactly("one", "two");
    assertThat(delivered).extracting(StoredEntry::lane).containsOnly(Lane.BOT);
  }

  @Test
  void whatTheHubNeverGotCanBeDropped() {
    begin("c1");
    requestHandoff("c1");
    say("c1", "m1", "one");

    journal.append("c1", "e1", new Event.HubEnded("c1:1", "AGENT", "drop", null)).join();
    deliver(Lane.HUB, this::take);
    deliver(Lane.BOT, this::take);
    say("c1", "m2", "two");

    await().until(() -> delivered.size() == 1);
    assertThat(deliveredTexts()).containsExactly("two");
    assertThat(journal.pending(Lane.HUB)).isZero();
  }

  @Test
  void anOpeningThatMayHaveWorkedIsTriedAgainAlsoAfterTheHandoffsEnd() {
    begin("c1");
    CompletableFuture<Void> ended = new CompletableFuture<>();
    deliver(
        Lane.HUB, entry -> ended.isDone() ? take(entry) : fail("the hub's answer did not come"));
    requestHandoff("c1");
    say("c1", "m1", "one");
    await().until(() -> entriesOfHub("c1").get(0).attempts() > 0);

    journal.append("c1", "e1", new Event.HubEnded("c1:1", "AGENT", null, null)).join();
    ended.complete(null);

    await().until(() -> journal.pending(Lane.HUB) == 0);
    assertThat(delivered).extracting(StoredEntry::operation).containsExactly("open");
    assertThat(entriesOfHub("c1"))
        .extracting(StoredEntry::status)
        .containsExactly(StoredEntry.Status.DONE, StoredEntry.Status.DROPPED);
  }

  @Test
  void anOpeningThatWasNeverTriedEndsWithItsHandoff() {
    begin("c1");
    requestHandoff("c1");

    journal.append("c1", "e1", new Event.HubEnded("c1:1", "AGENT", null, null)).join();

    assertThat(entriesOfHub("c1"))
        .extracting(StoredEntry::status)
        .containsExactly(StoredEntry.Status.DROPPED);
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
    journal.append("c1", null, new Event.HubQueued("h", null, 50, null)).join();
    say("c1", "m1", "one");
    journal.close();
    journal = new SqlJournal(options(), new TestDecider(), Clock.systemUTC()).atRest();
    journal.start();
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
