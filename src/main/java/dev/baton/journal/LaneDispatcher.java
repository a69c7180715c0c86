package dev.baton.journal;

import dev.baton.conversation.Lane;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the entries of one lane: in order within a conversation, conversations in parallel. Only
 * conversations with something to deliver take memory, and few entries of each: the rest stays in
 * the store until its turn.
 */
final class LaneDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(LaneDispatcher.class);
  private static final int PAGE = 16;
  private static final Duration AFTER_STORE_FAILURE = Duration.ofSeconds(1);

  private final Lane lane;
  private final Reads reads;
  private final Clock clock;
  private final ScheduledExecutorService scheduler;
  private final DeliveryOutcomes outcomes;
  private final Map<String, LaneQueue> queues = new HashMap<>();

  private boolean active;
  private LaneHandler handler;
  private Executor workers;
  private int epoch;
  private boolean scanning;

  LaneDispatcher(
      Lane lane,
      Reads reads,
      Clock clock,
      ScheduledExecutorService scheduler,
      DeliveryOutcomes outcomes) {
    this.lane = lane;
    this.reads = reads;
    this.clock = clock;
    this.scheduler = scheduler;
    this.outcomes = outcomes;
  }

  /** From now on this handler delivers, beginning with what waits in the store. */
  synchronized void attach(LaneHandler newHandler, Executor newWorkers) {
    if (handler != null) {
      throw new IllegalStateException("Lane " + lane.id() + " has a consumer already");
    }
    handler = newHandler;
    workers = newWorkers;
    resume();
  }

  /** Starts nothing more; what is under way ends. */
  synchronized void detach() {
    handler = null;
    pause();
  }

  synchronized void activate() {
    active = true;
    resume();
  }

  synchronized void deactivate() {
    active = false;
    pause();
  }

  private boolean isRunning() {
    return active && handler != null;
  }

  private void resume() {
    if (!isRunning()) {
      return;
    }
    epoch++;
    scanning = true;
    queues.values().forEach(LaneQueue::forget);
    int scan = epoch;
    execute(() -> scan(scan));
  }

  private void pause() {
    epoch++;
    queues
        .values()
        .removeIf(
            queue -> {
              queue.cancelWakeUp();
              return queue.step != LaneQueue.Step.DELIVERING && !queue.held;
            });
  }

  /** Finds the conversations with something to deliver. */
  private void scan(int ofEpoch) {
    try {
      List<String> conversations = reads.conversationsWithPending(lane);
      synchronized (this) {
        if (ofEpoch != epoch) {
          return;
        }
        for (String conversation : conversations) {
          LaneQueue queue = queues.computeIfAbsent(conversation, LaneQueue::new);
          queue.more = true;
          queue.arrived = true;
          wake(queue);
        }
        scanning = false;
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("Lane {} cannot be read: {}", lane.id(), e.getMessage());
      scheduler.schedule(
          () -> rescan(ofEpoch), AFTER_STORE_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void rescan(int ofEpoch) {
    if (ofEpoch == epoch && isRunning()) {
      execute(() -> scan(ofEpoch));
    }
  }

  /** A new entry has become durable. On the writer's thread, in order. */
  synchronized void offer(StoredEntry entry) {
    if (!isRunning()) {
      return;
    }
    LaneQueue queue = queues.computeIfAbsent(entry.conversation(), LaneQueue::new);
    if (queue.more || scanning || queue.entries.size() >= PAGE) {
      queue.more = true;
      queue.arrived = true;
    } else if (entry.seq() > queue.lastSeq) {
      queue.entries.add(new EntryRow(entry, null, 0, 0, null, null));
      queue.lastSeq = entry.seq();
    }
    wake(queue);
  }

  /**
   * Lets nothing of the conversation start until {@link #release}. What the transaction appended
   * and withdrew again is offered in between, and must be looked up in the store like the rest; a
   * scan that finds the conversation only now does not see yet what is withdrawn.
   *
   * @return the number of the entry under way, or -1
   */
  synchronized long hold(String conversation) {
    LaneQueue queue = queues.computeIfAbsent(conversation, LaneQueue::new);
    queue.held = true;
    queue.forget();
    return queue.inFlight;
  }

  synchronized void release(String conversation) {
    LaneQueue queue = queues.get(conversation);
    if (queue == null) {
      return;
    }
    queue.held = false;
    if (isRunning()) {
      again(queue);
    } else if (queue.step != LaneQueue.Step.DELIVERING) {
      queues.remove(conversation);
    }
  }

  /**
   * From now on each {@code send} up to this number goes back to the core instead, in order, once
   * what is under way has ended. Kept in memory only: after a restart the hub is asked, and says
   * that its conversation is gone.
   */
  synchronized void takeBack(String conversation, long upTo) {
    LaneQueue queue = queues.get(conversation);
    if (queue != null) {
      queue.takenBackTo = Math.max(queue.takenBackTo, upTo);
    }
  }

  /** Entries changed their status by other means than delivery. */
  synchronized void reset(String conversation) {
    if (isRunning()) {
      again(queues.computeIfAbsent(conversation, LaneQueue::new));
    }
  }

  private void again(LaneQueue queue) {
    queue.forget();
    if (queue.step == LaneQueue.Step.WAITING) {
      queue.cancelWakeUp();
      queue.step = LaneQueue.Step.IDLE;
    }
    wake(queue);
  }

  /** How many deliveries are under way. */
  synchronized int inFlight() {
    return (int) queues.values().stream().filter(queue -> queue.inFlight >= 0).count();
  }

  private void wake(LaneQueue queue) {
    if (queue.step == LaneQueue.Step.IDLE) {
      queue.step = LaneQueue.Step.SCHEDULED;
      execute(() -> next(queue));
    }
  }

  private void execute(Runnable task) {
    try {
      workers.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("Lane {} is being stopped", lane.id());
    }
  }

  /** On a worker: delivers the queue's first entry. */
  private void next(LaneQueue queue) {
    int version;
    synchronized (this) {
      if (!readyToGoOn(queue)) {
        return;
      }
      if (!queue.entries.isEmpty()) {
        version = -1;
      } else {
        version = queue.version;
        queue.arrived = false;
      }
    }
    if (version >= 0 && !load(queue, version)) {
      return;
    }
    EntryRow head;
    LaneHandler deliverer;
    synchronized (this) {
      if (!readyToGoOn(queue)) {
        return;
      }
      head = queue.entries.peek();
      if (head == null) { // withdrawn since it was read
        queue.step = LaneQueue.Step.IDLE;
        wake(queue);
        return;
      }
      boolean takenBack = queue.isTakenBack(head.entry());
      if (!takenBack && head.dueAt() != null && head.dueAt().isAfter(clock.instant())) {
        waitUntil(queue, head.dueAt());
        return;
      }
      queue.step = LaneQueue.Step.DELIVERING;
      queue.inFlight = head.entry().seq();
      deliverer = takenBack ? null : handler;
    }
    if (deliverer == null) {
      outcomes.takeBack(head, due -> recorded(queue, due));
    } else {
      deliver(queue, head, deliverer);
    }
  }

  private boolean readyToGoOn(LaneQueue queue) {
    if (queue.held) {
      queue.step = LaneQueue.Step.IDLE; // release() wakes it
      return false;
    }
    if (!isRunning() || queues.get(queue.conversation) != queue) {
      queues.remove(queue.conversation, queue);
      return false;
    }
    if (queue.entries.isEmpty() && !queue.more) {
      queues.remove(queue.conversation, queue);
      return false;
    }
    return true;
  }

  /** Reads the next page. @return false when the worker has nothing more to do here */
  private boolean load(LaneQueue queue, int version) {
    List<EntryRow> page;
    try {
      page = reads.pending(lane, queue.conversation, PAGE);
    } catch (SQLException | RuntimeException e) {
      LOG.warn("Lane {} cannot be read: {}", lane.id(), e.getMessage());
      synchronized (this) {
        waitUntil(queue, clock.instant().plus(AFTER_STORE_FAILURE));
      }
      return false;
    }
    synchronized (this) {
      if (queue.version != version) {
        return true; // outdated; the caller sees that nothing is there and comes again
      }
      queue.more = queue.arrived || page.size() == PAGE;
      for (EntryRow row : page) {
        queue.entries.add(row);
        queue.lastSeq = Math.max(queue.lastSeq, row.entry().seq());
      }
      return true;
    }
  }

  private void waitUntil(LaneQueue queue, Instant due) {
    queue.forget();
    queue.step = LaneQueue.Step.WAITING;
    long millis = Math.max(1, Duration.between(clock.instant(), due).toMillis() + 1);
    queue.wakeUp = scheduler.schedule(() -> wakeUp(queue), millis, TimeUnit.MILLISECONDS);
  }

  private synchronized void wakeUp(LaneQueue queue) {
    if (queue.step == LaneQueue.Step.WAITING && queues.get(queue.conversation) == queue) {
      queue.wakeUp = null;
      queue.step = LaneQueue.Step.IDLE;
      wake(queue);
    }
  }

  private void deliver(LaneQueue queue, EntryRow head, LaneHandler deliverer) {
    Instant started = clock.instant();
    try {
      deliverer
          .deliver(head.entry())
          .whenComplete(
              (remoteId, failure) ->
                  outcomes.record(head, started, remoteId, failure, due -> recorded(queue, due)));
    } catch (RuntimeException e) {
      outcomes.record(head, started, null, e, due -> recorded(queue, due));
    }
  }

  /** The outcome is durable, or could not be made so. On the writer's thread. */
  private synchronized void recorded(LaneQueue queue, Instant due) {
    EntryRow head = queue.entries.peek();
    if (head != null && head.entry().seq() == queue.inFlight) {
      queue.entries.remove();
    }
    boolean takenBack = queue.inFlight <= queue.takenBackTo;
    queue.inFlight = -1;
    if (!isRunning() || queues.get(queue.conversation) != queue) {
      queues.remove(queue.conversation, queue);
    } else if (due != null) {
      waitUntil(queue, takenBack ? clock.instant() : due);
    } else if (queue.entries.isEmpty() && !queue.more && !queue.held) {
      queues.remove(queue.conversation);
    } else {
      queue.step = LaneQueue.Step.IDLE;
      wake(queue);
    }
  }

  /** Conversations that have something in memory; for tests and metrics. */
  synchronized List<String> conversations() {
    return new ArrayList<>(queues.keySet());
  }
}
