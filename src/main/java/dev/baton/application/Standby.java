package dev.baton.application;

import dev.baton.journal.JournalException;
import dev.baton.journal.JournalState;
import dev.baton.journal.SqlJournal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;

/**
 * The start of a node that stands by: where several start together, the active one may still be
 * making what the others need of the store.
 */
final class Standby {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PACE = Duration.ofMillis(200);

  private Standby() {}

  /**
   * Waits until the store can be read.
   *
   * @throws IllegalStateException when that takes too long
   */
  static void awaitStore(SqlJournal journal) {
    await(
        "the store's schema",
        () -> {
          if (journal.state() == JournalState.STANDBY) {
            journal.documents().get("setting", "any");
          }
          return true;
        });
  }

  /**
   * Looks until there is something.
   *
   * @param what is missed, for the message
   * @param look answers null, or fails for the time being, while it is not there
   * @throws IllegalStateException when that takes too long
   */
  static <T> T await(String what, Supplier<T> look) {
    return Tasks.foregroundTask()
        .withName("standby")
        .withBudget(
            Budgets.iterationTimeBudget().withInterval(PACE).withMaxDuration(PATIENCE).build())
        .build()
        .run(null, () -> unlessForNow(look), Objects::nonNull)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "BTN-6002 Another node is the active one, but "
                        + what
                        + " did not come from it. See its log, or start this one again"));
  }

  private static <T> T unlessForNow(Supplier<T> look) {
    try {
      return look.get();
    } catch (CompletionException | JournalException e) {
      Throwable cause = e instanceof CompletionException ? e.getCause() : e;
      if (cause instanceof JournalException failure && failure.isTemporary()) {
        return null;
      }
      throw e;
    }
  }
}
