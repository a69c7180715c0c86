package dev.baton.directline;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one conversation's session on a worker, one write at a time; what changes meanwhile is
 * written together. Used on the conversation's context only.
 */
final class SessionSaver {
  private static final Logger LOG = LoggerFactory.getLogger(SessionSaver.class);

  /** One write; may block. */
  interface Write {
    void run() throws Exception;
  }

  private final Executor workers;
  private final Context context;
  private Write next;
  private Promise<Void> nextDone;
  private boolean writing;

  SessionSaver(Executor workers, Context context) {
    this.workers = workers;
    this.context = context;
  }

  /** Replaces whatever waits to be written. Completes when this or something later is written. */
  Future<Void> write(Write write) {
    next = write;
    if (nextDone == null) {
      nextDone = Promise.promise();
    }
    Future<Void> done = nextDone.future();
    go();
    return done;
  }

  private void go() {
    if (writing || next == null) {
      return;
    }
    Write write = next;
    Promise<Void> done = nextDone;
    next = null;
    nextDone = null;
    writing = true;
    try {
      workers.execute(
          () -> {
            Throwable failure = attempt(write);
            context.runOnContext(v -> finished(done, failure));
          });
    } catch (RejectedExecutionException e) {
      finished(done, e);
    }
  }

  private static Throwable attempt(Write write) {
    try {
      write.run();
      return null;
    } catch (Exception e) {
      LOG.warn("A Direct Line session cannot be stored: {}", e.toString());
      return e;
    }
  }

  private void finished(Promise<Void> done, Throwable failure) {
    writing = false;
    if (failure == null) {
      done.complete();
    } else {
      done.fail(failure);
    }
    go();
  }
}
