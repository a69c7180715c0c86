package dev.baton.journal;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/**
 * One unit of work for the {@link Writer}. Many share a transaction; when that fails, each is
 * repeated in its own, so preparing and applying must bear repetition.
 */
abstract class Write<T> {
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private T result;
  private RuntimeException refusal;

  /** Before any write of the transaction is applied. */
  void prepare(Transaction transaction) throws SQLException {}

  abstract T apply(Transaction transaction) throws SQLException;

  /** On the writer's thread, after the commit. Must be quick. */
  void committed(T outcome) {}

  /** On the writer's thread, when the transaction was undone. */
  void rolledBack() {}

  /** On another thread, after the commit and before the future completes. */
  void announce(T outcome) {}

  /** Whether it needs a transaction of its own. */
  boolean isExclusive() {
    return false;
  }

  /** Lets this write alone fail, without undoing others: it must not have changed anything. */
  final T refuse(RuntimeException cause) {
    refusal = cause;
    return null;
  }

  final void run(Transaction transaction) throws SQLException {
    refusal = null;
    result = apply(transaction);
  }

  final void afterCommit() {
    if (refusal == null) {
      committed(result);
    }
  }

  final void complete() {
    if (refusal != null) {
      future.completeExceptionally(refusal);
    } else {
      announce(result);
      future.complete(result);
    }
  }

  final void fail(Throwable cause) {
    future.completeExceptionally(cause);
  }

  final CompletableFuture<T> future() {
    return future;
  }
}
