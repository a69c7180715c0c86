package dev.baton.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {
  @TempDir Path folder;

  @Override
  JournalOptions options() {
    return JournalOptions.folder(folder);
  }

  @Test
  void aSecondJournalOnTheSameFileIsRefused() {
    SqlJournal second = new SqlJournal(options(), new TestDecider(), Clock.systemUTC());

    assertThatThrownBy(second::start)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("BTN-6001")
        .hasMessageContaining("process " + ProcessHandle.current().pid());
    assertThat(begin("c1").duplicate()).isFalse();
  }

  @Test
  void aFolderThatCannotBeMadeIsRefused() {
    SqlJournal wrong =
        new SqlJournal(
            JournalOptions.folder(Path.of("/dev/null/x")), new TestDecider(), Clock.systemUTC());

    assertThatThrownBy(wrong::start).hasMessageContaining("BTN-6002");
  }

  @Test
  void retentionDeletesOldConversationsByItself() {
    begin("old");
    journal.append("old", "l", new Event.CustomerLeft(null)).join();
    begin("open");
    journal.close();
    journal =
        new SqlJournal(
            options().retention(Duration.ofDays(1)),
            new TestDecider(),
            Clock.offset(Clock.systemUTC(), Duration.ofDays(2)));
    journal.start();

    await().until(() -> journal.find("old").isEmpty() && journal.entries("old").isEmpty());
    assertThat(journal.find("open")).isPresent();
  }

  @Test
  void moreThanTheJournalTakesOnIsRefused() {
    journal.close();
    CountDownLatch disk = new CountDownLatch(1);
    journal =
        new SqlJournal(
            options().maximumQueue(10),
            (current, id, event, now) -> {
              try {
                disk.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return new TestDecider().decide(current, id, event, now);
            },
            Clock.systemUTC());
    journal.start();
    List<CompletableFuture<Appended>> sent = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      sent.add(
          journal.append(
              "c" + i,
              null,
              new Event.CustomerStarted("demo", "directline", new Customer("u", null), "", null)));
    }

    assertThat(sent).filteredOn(CompletableFuture::isCompletedExceptionally).isNotEmpty();
    assertThatThrownBy(() -> sent.get(599).join()).hasMessageContaining("BTN-6005");
    disk.countDown();
    assertThat(sent.get(0).join().duplicate()).isFalse();
  }

  @Test
  void anExportHoldsNoCredentials() {
    begin("c1", "ada");
    journal.documents().put("session", "x", "c1", "{\"token\":\"abc\",\"userId\":\"ada\"}").join();

    assertThat(journal.export("ada"))
        .anySatisfy(line -> assertThat(line).contains("\"kind\":\"document\"", "ada"))
        .noneSatisfy(line -> assertThat(line).contains("abc"));
  }
}
