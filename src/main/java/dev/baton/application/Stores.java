package dev.baton.application;

import dev.baton.configuration.Settings;
import dev.baton.journal.SqlJournal;
import dev.baton.operations.Administration;
import dev.baton.operations.AdministrationException;
import dev.baton.operations.JournalAdministration;
import java.nio.file.Files;
import java.nio.file.Path;

/** The store of a Baton that does not run, for its administration. */
public final class Stores {
  private Stores() {}

  /**
   * Opens the store; nothing is delivered. To be closed by the caller.
   *
   * @throws AdministrationException when there is none yet: a mistyped folder must not become one
   * @throws RuntimeException when it cannot be opened, or another process has it
   */
  public static Administration open(Settings settings) {
    Path file = settings.store().data().resolve("baton.db");
    if (settings.store().url() == null && !Files.exists(file)) {
      throw new AdministrationException(
          "BTN-4025", "There is no store " + file + "; name its folder with --data");
    }
    SqlJournal journal = Journals.of(settings).atRest();
    journal.start();
    return new JournalAdministration(
        journal,
        () -> {
          throw new IllegalStateException("Nothing runs that could be drained");
        },
        journal::stop);
  }
}
