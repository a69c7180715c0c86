package dev.baton.hub.genesys;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.journal.Journal;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the open conversations of every hub of type {@code genesys}: one {@link GenesysWatch}
 * and, where configured, one {@link GenesysNotifications} each. Watches only between {@link
 * #resume} and {@link #rest}: of several nodes only the active one does. A service of the Camel
 * context.
 */
public final class GenesysWatches extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger(GenesysWatches.class);
  private static final long TICK_MILLIS = 200;

  private final GenesysHubs hubs;
  private final GenesysCalls calls;
  private final GenesysRecordStore store;
  private final Journal journal;
  private final Vertx vertx;
  private final BiConsumer<String, Map<String, Object>> events;
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private final GenesysMetrics metrics;
  private final Map<String, GenesysWatch> watches = new ConcurrentHashMap<>();
  private final Map<String, GenesysNotifications> sockets = new ConcurrentHashMap<>();
  private volatile boolean active;

  GenesysWatches(
      GenesysHubs hubs,
      GenesysCalls calls,
      GenesysRecordStore store,
      Journal journal,
      Vertx vertx,
      BiConsumer<String, Map<String, Object>> events,
      ExecutorService workers,
      ScheduledExecutorService timer,
      Clock clock,
      GenesysMetrics metrics) {
    this.hubs = hubs;
    this.calls = calls;
    this.store = store;
    this.journal = journal;
    this.vertx = vertx;
    this.events = events;
    this.workers = workers;
    this.timer = timer;
    this.clock = clock;
    this.metrics = metrics;
  }

  GenesysWatch of(String hub) {
    return watches.computeIfAbsent(hub, this::make);
  }

  private GenesysWatch make(String hub) {
    GenesysWatch watch = new GenesysWatch(hubs.get(hub), calls, store, events, workers, clock);
    metrics.watched(hub, () -> watch.all().size());
    return watch;
  }

  /** The open conversation at a platform that belongs to one of Baton's, or null. */
  GenesysRecord ofConversation(String conversation) {
    return watches.values().stream()
        .map(watch -> watch.all().ofConversation(conversation))
        .filter(Objects::nonNull)
        .map(watched -> watched.entry)
        .findFirst()
        .orElse(null);
  }

  @Override
  protected void doStart() {
    timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    rest();
    timer.shutdownNow();
    workers.shutdownNow();
  }

  private void tick() {
    if (active) {
      watches.values().forEach(GenesysWatch::tick);
    }
  }

  /**
   * Begins to watch what is open according to the store: at the start, and when this node takes
   * over. Each conversation is read once, because nothing was told meanwhile. Reads from disk.
   */
  public synchronized void watch() {
    if (active) {
      return;
    }
    active = true;
    watches.values().forEach(GenesysWatch::clear);
    for (GenesysHub hub : hubs.all()) {
      if (hub.settings().notifications() == GenesysSettings.Notifications.ON) {
        GenesysNotifications socket =
            new GenesysNotifications(hub, calls, of(hub.name()), vertx, clock, metrics);
        sockets.put(hub.name(), socket);
        of(hub.name()).subscriptions(socket);
      }
    }
    int found = 0;
    for (GenesysRecord entry : store.all()) {
      if (isOpen(entry)) {
        of(entry.hub()).add(entry);
        of(entry.hub()).opened(entry.from());
        found++;
      }
    }
    if (found > 0) {
      LOG.info("{} open conversations at Genesys Cloud are watched again", found);
    }
  }

  private boolean isOpen(GenesysRecord entry) {
    return journal
        .find(entry.conversation())
        .map(Conversation::handoff)
        .filter(handoff -> handoff.id().equals(entry.from()))
        .filter(Handoff::isOpen)
        .isPresent();
  }

  /** Stops watching: this node stands by, or stops. Sockets are closed. */
  public synchronized void rest() {
    active = false;
    sockets.values().forEach(GenesysNotifications::close);
    sockets.clear();
    watches.values().forEach(watch -> watch.subscriptions(Subscriptions.NONE));
    watches.values().forEach(GenesysWatch::clear);
  }
}
