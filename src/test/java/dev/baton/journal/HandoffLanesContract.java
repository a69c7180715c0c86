package dev.baton.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.baton.conversation.Event;
import dev.baton.conversation.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of what waits in the hub lane when a handoff ends, on every database. */
abstract class HandoffLanesContract extends LanesFixture {
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
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch gathered = new CountDownLatch(1);
    journal.submit(
        new Write<Void>() {
          @Override
          Void apply(Transaction transaction) {
            writing.countDown();
            try {
              assertThat(gathered.await(10, TimeUnit.SECONDS)).isTrue();
              return null;
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        });
    // Only what comes now goes into the next commit, and all of it.
    assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
    journal.append("c1", "m1", new Event.CustomerSaid(TestDecider.text("one")));
    CompletableFuture<Appended> ended =
        journal.append("c1", "e1", new Event.HubEnded("c1:1", "AGENT", null, null));
    gathered.countDown();
    ended.join();
    say("c1", "m2", "two");

    await().untilAsserted(() -> assertThat(deliveredTexts()).containsExactly("one", "two"));
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
}
