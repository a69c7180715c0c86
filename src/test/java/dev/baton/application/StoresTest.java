package dev.baton.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.configuration.Settings;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.journal.SqlJournal;
import dev.baton.operations.Administration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresTest {
  @TempDir Path folder;

  @Test
  void theStoreOfABatonThatDoesNotRunIsAdministered() throws Exception {
    Settings settings = settings(folder);
    SqlJournal journal = Journals.of(settings);
    journal.start();
    journal
        .append(
            "c1",
            null,
            new Event.CustomerStarted("shop", "directline", new Customer("ada", "Ada"), "en", null))
        .get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> Stores.open(settings)).hasMessageContaining("in use");
    journal.stop();

    try (Administration store = Stores.open(settings)) {
      assertThat(store.conversations("bot", 10)).hasSize(1);
      assertThat(store.conversation("c1").orElseThrow().path("entries")).isNotEmpty();
      assertThat(store.export("ada")).isNotEmpty();
      assertThat(store.erase("ada")).isEqualTo(1);
      assertThat(store.export("ada")).isEmpty();
    }
  }

  @Test
  void aMistypedFolderDoesNotBecomeAStore() {
    Path mistyped = folder.resolve("dtaa");

    assertThatThrownBy(() -> Stores.open(settings(mistyped))).hasMessageContaining("--data");

    assertThat(Files.exists(mistyped)).isFalse();
  }

  private static Settings settings(Path data) {
    return Settings.of(Map.of("baton.data", data.toString()));
  }
}
