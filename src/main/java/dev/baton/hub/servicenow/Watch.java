package dev.baton.hub.servicenow;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code serviceNowWatch}: called by a timer's route, it starts what is due. It never waits: a
 * slow instance delays nobody else.
 */
public final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration REFRESH = Duration.ofSeconds(30);

  private final ServiceNowHubs hubs;
  private final Sessions sessions;
  private final FollowUps followUps;
  private final Typing typing;
  private final VaSender sender;
  private final Executor executor;
  private final BooleanSupplier active;
  private final Clock clock;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> refreshed = new ConcurrentHashMap<>();

  /**
   * @param active whether this node does the work; another one that only stands by does not
   */
  Watch(
      ServiceNowHubs hubs,
      Sessions sessions,
      FollowUps followUps,
      Typing typing,
      VaSender sender,
      Executor executor,
      BooleanSupplier active,
      Clock clock) {
    this.hubs = hubs;
    this.sessions = sessions;
    this.followUps = followUps;
    this.typing = typing;
    this.sender = sender;
    this.executor = executor;
    this.active = active;
    this.clock = clock;
  }

  /** Starts what is due for a hub. Never throws. */
  public void check(String hub) {
    try {
      look(hub);
    } catch (RuntimeException e) {
      LOG.warn("Hub {}: what is due cannot be read: {}", hub, e.toString());
    }
  }

  private void look(String hub) {
    if (!active.getAsBoolean()) {
      refreshed.remove(hub);
      return;
    }
    long now = clock.millis();
    Long last = refreshed.get(hub);
    if (last == null || now - last >= REFRESH.toMillis()) {
      sessions.refresh(hub);
      refreshed.put(hub, now);
    }
    for (Map<String, Object> request : typing.idle(hub)) {
      execute(() -> show(hub, request));
    }
    sessions.due(hub, clock.instant()).forEach(id -> start(hub, id));
  }

  /** After a callback: what follows from it is not for ServiceNow to wait for. */
  void afterwards(Session session, List<String> messageIds) {
    if (!messageIds.isEmpty() && hubs.get(session.hub).flag("receipts", true)) {
      execute(() -> followUps.receipts(session, messageIds));
    }
    if (session.acceptPending || !session.next.isEmpty() || session.followUp()) {
      start(session.hub, session.id);
    }
  }

  private void start(String hub, String id) {
    String key = hub + " " + id;
    if (running.add(key)) {
      boolean accepted =
          execute(
              () -> {
                try {
                  followUps.run(hub, id);
                } finally {
                  running.remove(key);
                }
              });
      if (!accepted) {
        running.remove(key);
      }
    }
  }

  private void show(String hub, Map<String, Object> request) {
    try {
      sender.send(hub, request);
    } catch (Exception e) {
      LOG.debug("Hub {}: a typing signal was lost: {}", hub, e.getMessage());
    }
  }

  private boolean execute(Runnable task) {
    try {
      executor.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("Baton is being stopped, or has more to do than it can");
      return false;
    }
  }
}
