package dev.baton.journal;

import dev.baton.conversation.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

/** A running journal with workers for its lanes. */
abstract class LanesFixture extends JournalFixture {
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
}
