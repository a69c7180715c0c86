package dev.baton.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Decider;
import dev.baton.conversation.Decision;
import dev.baton.conversation.Entry;
import dev.baton.conversation.Event;
import dev.baton.conversation.Lane;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moments that are hard to hit: what happens between two steps of a lane. */
class LaneRacesTest extends JournalFixture {
  private static final Logger LOG = LoggerFactory.getLogger(LaneRacesTest.class);
  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final CountDownLatch toHub = new CountDownLatch(1);
  @TempDir Path folder;
  private Runnable whileMoving = () -> {};

  @Override
  JournalOptions options() {
    return JournalOptions.folder(folder);
  }

  @Override
  SqlJournal open() {
    Decider rules = new TestDecider();
    Decider watched =
        new Decider() {
          @Override
          public Decision decide(Conversation current, String id, Event event, Instant now) {
            return rules.decide(current, id, event, now);
          }

          @Override
          public Entry unheard(Conversation conversation, Entry send) {
            whileMoving.run();
            return rules.unheard(conversation, send);
          }
        };
    SqlJournal opened = new SqlJournal(options(), watched, Clock.systemUTC());
    opened.start();
    return opened;
  }

  @AfterEach
  void stopWorkers() {
    workers.shutdownNow();
  }

  @Test
  void aLaneThatStartsWhileWordsMoveToTheBotDoesNotBringThemToTheHubToo() {
    begin("c1");
    requestHandoff("c1");
    say("c1", "m1", "anybody there?");
    whileMoving =
        () -> {
          journal.attach(
              Lane.HUB,
              entry -> {
                toHub.countDown();
                return CompletableFuture.completedFuture(null);
              },
              workers);
          giveTheLaneTime();
        };

    journal.append("c1", "e1", new Event.HubEnded("c1:1", "AGENT", null, null)).join();

    await().until(() -> journal.pending(Lane.HUB) == 0);
    assertThat(toHub.getCount()).isEqualTo(1);
    assertThat(journal.pending(Lane.BOT)).isEqualTo(1);
  }

  /** Waits long enough for a lane to find its entries, were it not held. */
  private void giveTheLaneTime() {
    try {
      boolean reached = toHub.await(300, TimeUnit.MILLISECONDS);
      LOG.debug("The hub was reached meanwhile: {}", reached);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aReceiverThatAsksToWaitForEverEndsInADeadLetter() {
    begin("c1");
    journal.attach(
        Lane.BOT,
        entry ->
            CompletableFuture.supplyAsync(
                () -> {
                  throw DeliveryException.retryAfter(
                      "come back", Duration.ofSeconds(Long.MAX_VALUE));
                },
                workers),
        workers);
    say("c1", "m1", "hello");

    await().until(() -> journal.dead(Lane.BOT) == 1);
    assertThat(journal.pending(Lane.BOT)).isZero();
  }
}
