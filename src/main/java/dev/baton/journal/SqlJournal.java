package dev.baton.journal;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Decider;
import dev.baton.conversation.Event;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The journal in an SQL database: a SQLite file, or PostgreSQL. Starting it opens the store and
 * brings its schema up to date; stopping it writes what waits.
 */
public final class SqlJournal extends ServiceSupport
    implements Journal, JournalStatistics, AutoCloseable {
  private final JournalOptions options;
  private final Decider decider;
  private final Clock clock;
  private boolean atRest;
  private final List<JournalListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> roleListeners = new CopyOnWriteArrayList<>();
  private final LongAdder duplicates = new LongAdder();
  private final StateCache cache;
  private final Store store;
  private final Reads reads;
  private final Writer writer;
  private final Lanes lanes;
  private final Timers timers;
  private final Retention retention;
  private final DocumentStore documents = new DocumentStore(this);
  private final ScheduledThreadPoolExecutor scheduler;

  public SqlJournal(JournalOptions options, Decider decider, Clock clock) {
    this.options = options;
    this.decider = decider;
    this.clock = clock;
    this.cache = new StateCache(options.cachedConversations());
    this.store = new Store(options);
    this.reads = new Reads(store);
    this.writer = new Writer(store, cache, new ActiveRole(), options.maximumQueue());
    this.scheduler =
        new ScheduledThreadPoolExecutor(
            2,
            task -> {
              Thread thread = new Thread(task, "journal-scheduler");
              thread.setDaemon(true);
              return thread;
            });
    // What is planned while the journal stops is found again in the store at the next start.
    scheduler.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    Core core = new Inside();
    this.lanes =
        new Lanes(
            lane ->
                new LaneDispatcher(
                    lane,
                    reads,
                    clock,
                    scheduler,
                    new DeliveryOutcomes(core, writer, options.lane(lane), scheduler)));
    this.timers = new Timers(core, writer, reads, scheduler);
    this.retention = new Retention(this, options.retention(), scheduler);
  }

  /**
   * Lets the journal rest from its start on: it fires no time-outs and deletes nothing by itself.
   * For administration while Baton does not run.
   */
  public SqlJournal atRest() {
    atRest = true;
    return this;
  }

  @Override
  protected void doStart() {
    store.open();
    try {
      writer.start();
    } catch (RuntimeException e) {
      writer.close();
      store.close();
      throw e;
    }
  }

  @Override
  protected void doStop() {
    lanes.deactivate();
    timers.deactivate();
    retention.deactivate();
    writer.close();
    scheduler.shutdown();
    store.close();
  }

  @Override
  public void close() {
    stop();
  }

  /** Whether this node is the active one. */
  public JournalState state() {
    return writer.state();
  }

  /** Is told when this node becomes the active one or stands by. Must not block. */
  public void onRole(Runnable listener) {
    roleListeners.add(listener);
  }

  /** Documents of other parts, kept in the same store. */
  public DocumentStore documents() {
    return documents;
  }

  /** Delivers a lane's entries to the handler from now on. One handler per lane. */
  public void attach(Lane lane, LaneHandler handler, Executor workers) {
    lanes.of(lane).attach(handler, workers);
  }

  /** Starts no more deliveries of a lane; what is under way ends. */
  public void detach(Lane lane) {
    lanes.of(lane).detach();
  }

  /** How many entries of a lane wait. Reads from disk. */
  public long pending(Lane lane) {
    return read(reader -> reader.count(lane, StoredEntry.Status.PENDING));
  }

  /** How many entries of a lane were given up. Reads from disk. */
  public long dead(Lane lane) {
    return read(reader -> reader.count(lane, StoredEntry.Status.DEAD));
  }

  /** How many writes wait for the disk. */
  public int waiting() {
    return writer.waiting();
  }

  @Override
  public CompletableFuture<Appended> append(String conversation, String sourceId, Event event) {
    return writer.submit(new AppendWrite(new Inside(), conversation, sourceId, event));
  }

  @Override
  public Optional<Conversation> find(String conversation) {
    StateCache.Known known = cache.get(conversation);
    return known != null
        ? Optional.of(known.conversation())
        : read(reader -> reader.conversation(conversation));
  }

  @Override
  public Optional<Conversation> findByHubConversation(String hub, String hubConversationId) {
    return read(reader -> reader.byHubConversation(hub, hubConversationId)).flatMap(this::find);
  }

  @Override
  public List<Conversation> list(
      String bot, String hub, Owner owner, String customerId, int limit) {
    return read(reader -> reader.list(bot, hub, owner, customerId, limit));
  }

  @Override
  public List<StoredEntry> customerStream(String conversation, long after, int limit) {
    return read(reader -> reader.customerStream(conversation, after, limit));
  }

  @Override
  public List<StoredEntry> entries(String conversation) {
    return read(reader -> reader.entries(conversation));
  }

  @Override
  public List<StoredEntry> deadLetters(String conversation, int limit) {
    return read(reader -> reader.deadLetters(conversation, limit));
  }

  @Override
  public boolean replay(String conversation, long seq) {
    try {
      return submit(new Maintenance.DeadLetter(lanes, conversation, seq, true)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof NotReplayableException cause ? cause : e;
    }
  }

  @Override
  public boolean drop(String conversation, long seq) {
    return submit(new Maintenance.DeadLetter(lanes, conversation, seq, false)).join();
  }

  @Override
  public int purge(Instant endedBefore) {
    return retention.purge(endedBefore);
  }

  @Override
  public List<String> export(String customerId) {
    return read(reader -> new Export(reader).of(customerId));
  }

  @Override
  public int erase(String customerId) {
    List<String> conversations = read(reader -> reader.ofCustomer(customerId));
    return delete(conversations, Long.MAX_VALUE, true).join();
  }

  @Override
  public Snapshot statistics() {
    return read(Reads::statistics);
  }

  @Override
  public long duplicates() {
    return duplicates.sum();
  }

  @Override
  public void addListener(JournalListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(JournalListener listener) {
    listeners.remove(listener);
  }

  /** What the handoff index knows of a handoff: hub and the hub's own id, each may be null. */
  Optional<String[]> handoff(String handoffId) {
    return read(reader -> reader.handoff(handoffId));
  }

  CompletableFuture<Integer> delete(
      List<String> conversations, long endedBefore, boolean overwrite) {
    return submit(new Maintenance.Delete(lanes, cache, conversations, endedBefore, overwrite));
  }

  <T> CompletableFuture<T> submit(Write<T> write) {
    return writer.submit(write);
  }

  Clock clock() {
    return clock;
  }

  ScheduledThreadPoolExecutor scheduler() {
    return scheduler;
  }

  @FunctionalInterface
  interface Query<T> {
    T run(Reads reads) throws SQLException;
  }

  <T> T read(Query<T> query) {
    try {
      return query.run(reads);
    } catch (SQLException e) {
      throw Writer.storeFailed(e);
    }
  }

  /** What happens when this node becomes the active one, and when it no longer is. */
  private final class ActiveRole implements Writer.Role {
    @Override
    public void prepare(Connection connection) throws SQLException {
      store.migrate();
      if (atRest) {
        return;
      }
      // What stood first in its lane may have been under way when the last run ended.
      try (PreparedStatement update =
          connection.prepareStatement(
              "update entry set attempts = attempts + 1 where status = 'PENDING'"
                  + " and (due_at is null or due_at <= ?) and id = (select min(e.id) from entry e"
                  + " where e.conversation = entry.conversation and e.lane = entry.lane"
                  + " and e.status = 'PENDING')")) {
        update.setLong(1, clock.millis());
        update.executeUpdate();
      }
      connection.commit();
    }

    @Override
    public void activated() {
      if (atRest) {
        return;
      }
      lanes.activate();
      timers.activate();
      retention.activate();
      roleListeners.forEach(Runnable::run);
    }

    @Override
    public void standsBy() {
      roleListeners.forEach(Runnable::run);
    }

    @Override
    public void deactivated() {
      lanes.deactivate();
      timers.deactivate();
      retention.deactivate();
    }
  }

  private final class Inside implements Core {
    @Override
    public Decider decider() {
      return decider;
    }

    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public Lanes lanes() {
      return lanes;
    }

    @Override
    public Timers timers() {
      return timers;
    }

    @Override
    public List<JournalListener> listeners() {
      return listeners;
    }

    @Override
    public void repeated() {
      duplicates.increment();
    }

    @Override
    public boolean isPushed(String channel) {
      return channel != null && options.pushChannels().contains(channel);
    }
  }
}
