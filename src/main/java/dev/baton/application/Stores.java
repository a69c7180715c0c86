package dev.baton.application;

import dev.baton.configuration.Settings;
import dev.baton.journal.SqlJournal;
import dev.baton.operations.Administration;
import dev.baton.operations.JournalAdministration;

/** The store of a Baton that does not run, for its administration. */
public final class Stores {
  private Stores() {}

  /**
   * Opens the store; nothing is delivered. To be closed by the caller.
   *
   * @throws RuntimeException when it cannot be opened, or another process has it
   */
  public static Administration open(Settings settings) {
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
