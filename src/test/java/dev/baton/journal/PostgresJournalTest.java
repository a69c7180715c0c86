package dev.baton.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.baton.conversation.Event;
import dev.baton.conversation.Lane;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PostgresJournalTest extends JournalContract {
  private final String url = PostgresServer.newDatabase();

  @Override
  JournalOptions options() {
    return JournalOptions.url(url);
  }

  @Test
  void aSecondNodeStandsByAndTakesOverInOrder() {
    begin("c1");
    say("c1", "m1", "one");
    say("c1", "m2", "two");
    ExecutorService workers = Executors.newCachedThreadPool();
    Queue<StoredEntry> delivered = new ConcurrentLinkedQueue<>();
    journal.attach(Lane.BOT, entry -> new CompletableFuture<>(), workers);
    try (SqlJournal second = new SqlJournal(options(), new TestDecider(), Clock.systemUTC())) {
      second.attach(
          Lane.BOT,
          entry -> {
            delivered.add(entry);
            return CompletableFuture.completedFuture(null);
          },
          workers);
      second.start();
      assertThat(second.state()).isEqualTo(JournalState.STANDBY);
      assertThat(journal.state()).isEqualTo(JournalState.ACTIVE);
      assertThat(second.find("c1")).isPresent();
      assertThatThrownBy(
              () -> second.append("c1", "m3", new Event.CustomerSaid(TestDecider.text("x"))).join())
          .hasMessageContaining("BTN-6004");

      journal.close();

      await().until(() -> second.state() == JournalState.ACTIVE);
      assertThat(
              second
                  .append("c1", "m2", new Event.CustomerSaid(TestDecider.text("two")))
                  .join()
                  .duplicate())
          .isTrue();
      second.append("c1", "m3", new Event.CustomerSaid(TestDecider.text("three"))).join();
      await().until(() -> delivered.size() == 3);
      assertThat(delivered)
          .extracting(entry -> entry.body().path("text").asText())
          .containsExactly("one", "two", "three");
      assertThat(delivered.peek().attempts()).isEqualTo(1);
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void aLostConnectionFailsAppendsUntilItIsBackAndLosesNothing() {
    begin("c1");
    ExecutorService workers = Executors.newCachedThreadPool();
    Queue<String> delivered = new ConcurrentLinkedQueue<>();
    CompletableFuture<String> underWay = new CompletableFuture<>();
    journal.attach(
        Lane.BOT,
        entry -> {
          delivered.add(entry.body().path("text").asText());
          return delivered.size() == 1 ? underWay : CompletableFuture.completedFuture(null);
        },
        workers);
    say("c1", "m1", "one");
    await().until(() -> delivered.size() == 1);

    PostgresServer.disconnectAll(url);
    assertThatThrownBy(() -> say("c1", "m2", "two"))
        .hasCauseInstanceOf(JournalException.class)
        .hasMessageContaining("BTN-6003");
    underWay.complete(null);

    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> say("c1", "m2", "two").result() != null);
    await().until(() -> journal.pending(Lane.BOT) == 0);
    assertThat(delivered).containsExactly("one", "two");
    assertThat(texts(journal.customerStream("c1", -1, 9))).containsExactly("one", "two");
    workers.shutdownNow();
  }

  @Test
  void aNodeThatHasNothingToWriteNoticesThatAnotherIsActive() throws SQLException {
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      PostgresServer.disconnectActive(url);
      statement.execute(
          "select pg_advisory_lock("
              + Store.LOCK_CLASS
              + ", hashtext(coalesce(current_schema(), '')))");

      await().until(() -> journal.state() == JournalState.STANDBY);
    }
    await().until(() -> journal.state() == JournalState.ACTIVE);
    assertThat(begin("c1").conversation()).isNotNull();
  }

  @Test
  void repeatsAreKnownAlsoWhenTheDriverDoesNotCountWhatABatchInserts() {
    journal.close();
    String rewriting = url + (url.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true";
    journal = new SqlJournal(JournalOptions.url(rewriting), new TestDecider(), Clock.systemUTC());
    journal.start();
    begin("c1");

    List<CompletableFuture<Appended>> appends = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Event said = new Event.CustomerSaid(TestDecider.text("t" + i / 2));
      appends.add(journal.append("c1", "m" + i / 2, said));
    }

    assertThat(appends.stream().map(CompletableFuture::join).filter(Appended::duplicate))
        .hasSize(100);
    assertThat(journal.customerStream("c1", -1, 300)).hasSize(100);
  }

  @Test
  void aServerThatIsNotThereFailsTheStartWithItsReason() {
    SqlJournal wrong =
        new SqlJournal(
            JournalOptions.url("jdbc:postgresql://127.0.0.1:1/none"),
            new TestDecider(),
            Clock.systemUTC());

    assertThatThrownBy(wrong::start)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("BTN-6002");
  }
}
