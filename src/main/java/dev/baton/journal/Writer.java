package dev.baton.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Whatever waits when it comes round shares one transaction and so one
 * fsync; futures complete after it.
 */
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int BATCH = 512;
  private static final long QUIET_MILLIS = 2_000;

  /** What happens when the right to write comes and goes. Called on the writer's thread. */
  interface Role {
    void prepare(Connection connection) throws SQLException;

    void activated();

    void deactivated();

    /** Another node is the active one. */
    void standsBy();
  }

  private final Store store;
  private final StateCache cache;
  private final Role role;
  private final LinkedBlockingDeque<Write<?>> queue;
  private final ExecutorService completions =
      Executors.newSingleThreadExecutor(task -> daemon(task, "journal-completions"));
  private final Thread thread = daemon(this::run, "journal-writer");
  private final Reconnect reconnect = new Reconnect();
  private Transaction transaction;
  private Write<?> carried;
  private volatile JournalState state = JournalState.STARTING;
  private volatile boolean closing;

  Writer(Store store, StateCache cache, Role role, int maximumQueue) {
    this.store = store;
    this.cache = cache;
    this.role = role;
    this.queue = new LinkedBlockingDeque<>(maximumQueue);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Connects once on the caller's thread, so that a wrong URL or password fails the start. */
  void start() {
    try {
      connect();
    } catch (SQLException e) {
      throw new JournalException(
          JournalException.CANNOT_OPEN,
          "The store cannot be opened: " + e.getMessage() + ". Check its URL and credentials",
          e);
    }
    thread.start();
  }

  JournalState state() {
    return state;
  }

  int waiting() {
    return queue.size();
  }

  <T> CompletableFuture<T> submit(Write<T> write) {
    RuntimeException refusal = refusal();
    if (refusal == null && !queue.offer(write)) {
      refusal =
          new JournalException(
              JournalException.OVERLOADED,
              "The journal is overloaded: " + queue.size() + " writes wait. Try again later",
              null);
    }
    if (refusal != null) {
      write.fail(refusal);
    } else if (state != JournalState.ACTIVE && queue.remove(write)) {
      write.fail(refusal()); // went down in between, and nobody may look at the queue again
    }
    return write.future();
  }

  private RuntimeException refusal() {
    return switch (state) {
      case ACTIVE -> null;
      case STANDBY ->
          new JournalException(
              JournalException.STANDBY, "Another node is active; this one stands by", null);
      case DISCONNECTED ->
          new JournalException(
              JournalException.UNAVAILABLE,
              "The connection to the store is lost and being restored. Try again later",
              null);
      default ->
          new JournalException(
              JournalException.UNAVAILABLE, "The journal is not running (" + state + ")", null);
    };
  }

  private void run() {
    List<Write<?>> batch = new ArrayList<>(BATCH);
    while (!closing || (state == JournalState.ACTIVE && (carried != null || !queue.isEmpty()))) {
      try {
        if (state == JournalState.ACTIVE) {
          take(batch);
          if (!batch.isEmpty()) {
            process(batch);
          } else if (!closing && !store.stillMayWrite(transaction.connection())) {
            LOG.error("The connection to the store is lost");
            startOver(batch);
          }
          batch.clear();
        } else {
          reconnect.await();
          if (!closing) {
            connect();
          }
        }
      } catch (SQLException e) {
        LOG.warn("The store cannot be reached: {}", e.getMessage());
        reconnect.failed();
      } catch (InterruptedException e) {
        // close() interrupts a wait; the loop's condition decides
      } catch (RuntimeException | Error e) {
        LOG.error("The journal's writer failed", e);
        startOver(batch);
      }
    }
    state = JournalState.STOPPED;
    disconnect();
    failWaiting();
  }

  /** After a fault of its own: what was under way fails, and the connection is made anew. */
  private void startOver(List<Write<?>> batch) {
    state = JournalState.DISCONNECTED;
    batch.forEach(Write::rolledBack);
    fail(batch, refusal());
    batch.clear();
    failWaiting();
    disconnect();
    role.deactivated();
    reconnect.failed();
  }

  /** Leaves the batch empty when nothing came for a while: time to look at the connection. */
  private void take(List<Write<?>> batch) throws InterruptedException {
    Write<?> next =
        carried != null
            ? carried
            : closing ? queue.poll() : queue.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
    carried = null;
    while (next != null) {
      if (next.isExclusive() && !batch.isEmpty()) {
        carried = next;
        return;
      }
      batch.add(next);
      if (next.isExclusive() || batch.size() == BATCH) {
        return;
      }
      next = queue.poll();
    }
  }

  private void connect() throws SQLException {
    Connection connection = store.openWriter();
    try {
      if (!store.takeRightToWrite(connection)) {
        connection.close();
        reconnect.standby();
        if (state != JournalState.STANDBY) {
          LOG.info("Another node is active: standing by");
          state = JournalState.STANDBY;
          role.standsBy();
        }
        return;
      }
      cache.clear();
      role.prepare(connection);
      transaction = new Transaction(connection, cache);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
    reconnect.succeeded();
    state = JournalState.ACTIVE;
    role.activated();
  }

  private void process(List<Write<?>> batch) {
    try {
      for (Write<?> write : batch) {
        write.prepare(transaction);
      }
      transaction.insertIdentified();
      for (Write<?> write : batch) {
        write.run(transaction);
      }
      transaction.commit();
    } catch (Exception | Error e) {
      // Also errors: drivers assert, and without this thread nothing would ever be answered again.
      undo(batch, e);
      return;
    }
    for (Write<?> write : batch) {
      write.afterCommit();
    }
    List<Write<?>> done = List.copyOf(batch);
    completions.execute(() -> done.forEach(Write::complete));
  }

  private void undo(List<Write<?>> batch, Throwable cause) {
    boolean connected = rollback();
    batch.forEach(Write::rolledBack);
    if (!connected) {
      LOG.error("The connection to the store is lost: {}", cause.getMessage());
      state = JournalState.DISCONNECTED;
      fail(batch, refusal());
      failWaiting();
      disconnect();
      role.deactivated();
    } else if (batch.size() == 1) {
      LOG.warn("A write failed: {}", cause.toString());
      fail(batch, cause instanceof SQLException ? storeFailed(cause) : cause);
    } else {
      for (Write<?> write : batch) {
        if (state == JournalState.ACTIVE) {
          process(List.of(write));
        } else {
          fail(List.of(write), refusal());
        }
      }
    }
  }

  private boolean rollback() {
    try {
      transaction.rollback();
      return transaction.connection().isValid(2);
    } catch (SQLException | RuntimeException | Error e) {
      return false;
    }
  }

  static JournalException storeFailed(Throwable cause) {
    return new JournalException(
        JournalException.STORE_FAILED,
        "The store failed: " + cause.getMessage() + ". Check its disk and its log",
        cause);
  }

  private void fail(List<Write<?>> writes, Throwable cause) {
    List<Write<?>> failed = List.copyOf(writes);
    completions.execute(() -> failed.forEach(write -> write.fail(cause)));
  }

  private void failWaiting() {
    List<Write<?>> waiting = new ArrayList<>();
    if (carried != null) {
      waiting.add(carried);
      carried = null;
    }
    queue.drainTo(waiting);
    fail(waiting, refusal());
  }

  private void disconnect() {
    if (state == JournalState.ACTIVE) {
      state = JournalState.DISCONNECTED;
    }
    if (transaction != null) {
      try {
        transaction.connection().close();
      } catch (SQLException e) {
        LOG.debug("Closing a connection failed", e);
      }
      transaction = null;
    }
  }

  /** Writes what waits, then stops. Idempotent. */
  @Override
  public void close() {
    closing = true;
    if (thread.isAlive()) {
      queue.offer(new Wake());
      reconnect.wake();
      try {
        thread.join(TimeUnit.SECONDS.toMillis(30));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else {
      state = JournalState.STOPPED;
      disconnect();
    }
    completions.shutdown();
  }

  private static final class Wake extends Write<Void> {
    @Override
    Void apply(Transaction unused) {
      return null;
    }
  }
}
