package dev.baton.channel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Serialises the calls of one session, while those of different sessions run at the same time. No
 * thread waits.
 */
public final class CallQueue {
  private final Map<String, Line> lines = new HashMap<>();
  private final Executor executor;
  private final int longest;

  /**
   * @param executor where calls start
   * @param longest most calls of a session that wait or run at the same time
   */
  public CallQueue(Executor executor, int longest) {
    this.executor = executor;
    this.longest = longest;
  }

  /**
   * Runs the call when those before it in its session are over.
   *
   * @return empty when too many wait already
   */
  public <T> Optional<CompletableFuture<T>> run(String session, Supplier<CompletionStage<T>> call) {
    CompletableFuture<?> before;
    CompletableFuture<T> result = new CompletableFuture<>();
    synchronized (this) {
      Line line = lines.computeIfAbsent(session, name -> new Line());
      if (line.length == longest) {
        return Optional.empty();
      }
      line.length++;
      before = line.last;
      line.last = result;
    }
    result.whenComplete((done, failure) -> leave(session));
    before.whenCompleteAsync((done, failure) -> start(call, result), executor);
    return Optional.of(result);
  }

  private static <T> void start(Supplier<CompletionStage<T>> call, CompletableFuture<T> result) {
    try {
      call.get()
          .whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  result.complete(value);
                } else {
                  result.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private synchronized void leave(String session) {
    Line line = lines.get(session);
    if (--line.length == 0) {
      lines.remove(session);
    }
  }

  private static final class Line {
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private int length;
  }
}
