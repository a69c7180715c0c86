package dev.baton.directline;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/** Lets a bounded number of asynchronous tasks run at the same time. */
final class Gate {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int free;

  Gate(int permits) {
    free = permits;
  }

  /** Runs the task on the calling thread when there is room, else on that of whoever makes room. */
  <T> Future<T> enter(Supplier<Future<T>> task) {
    Promise<T> promise = Promise.promise();
    Runnable run = () -> task.get().onComplete(promise).onComplete(done -> leave());
    synchronized (this) {
      if (free == 0) {
        waiting.add(run);
        return promise.future();
      }
      free--;
    }
    run.run();
    return promise.future();
  }

  private void leave() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        free++;
        return;
      }
    }
    next.run();
  }
}
