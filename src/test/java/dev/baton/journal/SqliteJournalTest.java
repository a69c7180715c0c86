package dev.baton.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
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
}
