package dev.baton.hub.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.hub.genesys.ConversationTimeline.Agent;
import dev.baton.hub.genesys.ConversationTimeline.Event;
import dev.baton.journal.DeliveryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what happens in a hub's open conversations: it reads a conversation whenever something
 * hints at a change (a notification, a trigger, a message of an unknown agent), and now and then
 * anyway, and tells the journal what is new. Hints may be lost or come twice; the reading decides.
 */
final class GenesysWatch {
  private static final Logger LOG = LoggerFactory.getLogger(GenesysWatch.class);
  private static final Duration MOVING = Duration.ofSeconds(1);
  private static final Duration NOT_SO_SOON = Duration.ofMillis(500);

  /** A new conversation may not be found yet where it is read. */
  private static final Duration SURELY_THERE = Duration.ofMinutes(1);

  private final GenesysHub hub;
  private final GenesysCalls calls;
  private final GenesysRecordStore store;
  private final BiConsumer<String, Map<String, Object>> events;
  private final Executor workers;
  private final Clock clock;
  private final WatchedConversations all;
  private final AtomicBoolean unreadable = new AtomicBoolean();
  private volatile Subscriptions subscriptions = Subscriptions.NONE;

  /**
   * @param events takes events in the words of the hub contract, the hub's name first; blocks until
   *     they are durable
   */
  GenesysWatch(
      GenesysHub hub,
      GenesysCalls calls,
      GenesysRecordStore store,
      BiConsumer<String, Map<String, Object>> events,
      Executor workers,
      Clock clock) {
    this.hub = hub;
    this.calls = calls;
    this.store = store;
    this.events = events;
    this.workers = workers;
    this.clock = clock;
    this.all = new WatchedConversations(clock);
  }

  void subscriptions(Subscriptions told) {
    subscriptions = told;
  }

  /** Watches a conversation from now on; once its id is known it is read. */
  void add(GenesysRecord entry) {
    if (all.put(entry) && hub.settings().watches()) {
      subscriptions.add(entry.from(), entry.genesysId());
      soon(all.get(entry.from()));
    }
  }

  /** The platform has answered to the opening. */
  void opened(String from) {
    WatchedConversation conversation = all.get(from);
    if (conversation != null) {
      conversation.answered.complete(null);
    }
  }

  /** It is over, and what is sent to it now would begin another one. */
  void closed(String from) {
    all.markOver(from);
    forget(from);
  }

  private void forget(String from) {
    if (all.remove(from) != null) {
      subscriptions.remove(from);
    }
  }

  /** Forgets all: another node watches. */
  void clear() {
    all.froms().forEach(this::forget);
  }

  WatchedConversations all() {
    return all;
  }

  /**
   * A message went into another conversation than the one that is known.
   *
   * @return true when the known one is over; then the other one is closed
   */
  boolean strayed(String from, String other) {
    WatchedConversation known = all.get(from);
    if (known != null) {
      read(known, from);
    }
    if (known != null && known.overSince == null && all.has(known)) {
      return false;
    }
    LOG.info("Hub {}: {} had ended; the conversation begun after it is closed", hub.name(), from);
    calls.disconnect(hub.name(), other, from);
    return true;
  }

  /** The agent who has the conversation as far as it was read, or null. */
  Agent agent(String from) {
    WatchedConversation conversation = all.get(from);
    return conversation == null ? null : conversation.agent;
  }

  /**
   * The agent who has the conversation; when none is known it is read, for no longer than given. An
   * agent may write before the platform has answered to the opening: then the answer is awaited.
   *
   * @return null when there is none, or it could not be found out
   */
  Agent askAgent(String from, Duration patience) {
    WatchedConversation conversation = all.get(from);
    if (conversation == null) {
      // Baton has only just begun to listen, and has not read its store yet.
      store.find(hub.name(), from).ifPresent(this::add);
      opened(from);
      conversation = all.get(from);
    }
    return conversation == null ? null : askAgent(conversation, patience);
  }

  private Agent askAgent(WatchedConversation conversation, Duration patience) {
    if (conversation.agent == null) {
      Instant arrived = clock.instant();
      try {
        conversation
            .answered
            .thenRunAsync(() -> readSince(conversation, arrived), workers)
            .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
        unread(conversation, e);
      }
    }
    return conversation.agent;
  }

  /** Something changed in a conversation of the platform, ours or not. */
  void changed(String genesysId) {
    WatchedConversation conversation = all.ofPlatform(genesysId);
    if (conversation != null) {
      soon(conversation);
    }
  }

  /** As {@link #changed}, but returns when what is new is durable. */
  void readNow(String genesysId) {
    WatchedConversation conversation = all.ofPlatform(genesysId);
    if (conversation != null) {
      read(conversation, conversation.from());
    }
  }

  /** Nothing was told for a while: everything given is read. */
  void gap(Collection<String> froms) {
    for (String from : froms) {
      WatchedConversation conversation = all.get(from);
      if (conversation != null) {
        soon(conversation);
      }
    }
  }

  /** Reads what was not read for long enough. To be called again and again. */
  void tick() {
    if (!hub.settings().watches()) {
      return;
    }
    Instant now = clock.instant();
    for (WatchedConversation conversation : all.readable()) {
      if (now.isAfter(conversation.readAt.plus(interval(conversation)))) {
        conversation.readAt = now;
        run(() -> quietly(conversation, null));
      }
    }
  }

  private Duration interval(WatchedConversation conversation) {
    GenesysSettings settings = hub.settings();
    if (conversation.overSince != null) {
      return settings.endSettle().plus(MOVING); // only if telling the end failed
    }
    boolean told =
        settings.notifications() == GenesysSettings.Notifications.TRIGGER
            || subscriptions.covers(conversation.from());
    Duration interval = told ? settings.checkInterval() : settings.pollInterval();
    return conversation.moving && MOVING.compareTo(interval) < 0 ? MOVING : interval;
  }

  private void soon(WatchedConversation conversation) {
    run(() -> quietly(conversation, conversation.from()));
  }

  private void run(Runnable task) {
    try {
      workers.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("Hub {}: Baton is being stopped", hub.name());
    }
  }

  private void quietly(WatchedConversation conversation, String who) {
    try {
      read(conversation, who);
    } catch (RuntimeException e) {
      // The next round reads it again.
      conversation.readAt = clock.instant().minus(interval(conversation)).plus(MOVING);
      unread(conversation, e);
    }
  }

  /** Said once until it works again: without it nobody knows who speaks, and when it is over. */
  private void unread(WatchedConversation conversation, Exception e) {
    Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
    boolean waits = cause instanceof DeliveryException delivery && delivery.isNotYet();
    if (!waits && !(e instanceof TimeoutException) && unreadable.compareAndSet(false, true)) {
      LOG.warn(
          "BTN-2413 Hub {}: conversations cannot be read, beginning with {}: {}",
          hub.name(),
          conversation.from(),
          cause.getMessage());
    }
  }

  /**
   * Reads it unless a reading began after the given time. The second reading within a moment is one
   * that may be left out when there is much to do.
   */
  private void readSince(WatchedConversation conversation, Instant since) {
    conversation.reading.lock();
    try {
      if (conversation.entry.genesysId() != null && conversation.readAt.isBefore(since)) {
        boolean again = clock.instant().isBefore(conversation.readAt.plus(NOT_SO_SOON));
        read(conversation, again ? null : conversation.from());
      }
    } finally {
      conversation.reading.unlock();
    }
  }

  private void read(WatchedConversation conversation, String who) {
    conversation.reading.lock();
    try {
      if (!all.has(conversation)) {
        return; // it has ended meanwhile
      }
      conversation.readAt = clock.instant();
      String id = conversation.entry.genesysId();
      GenesysCalls.Answer answer =
          calls.call(hub.name(), "GET", "/api/v2/conversations/messages/" + id, null, place(who));
      unreadable.set(false);
      if (answer.isGone()) {
        vanished(conversation);
      } else {
        tell(conversation, answer.body());
      }
    } finally {
      conversation.reading.unlock();
    }
  }

  /** Readings wait for a place of their own, so that they do not take that of a message. */
  private static String place(String who) {
    return who == null ? null : "reading " + who;
  }

  private void vanished(WatchedConversation conversation) {
    Instant now = clock.instant();
    if (now.isAfter(conversation.entry.at().plus(SURELY_THERE))) {
      LOG.warn("BTN-2406 Hub {}: {} is not there any more", hub.name(), conversation.from());
      Map<String, Object> body =
          Map.of("type", "ended", "by", "SYSTEM", "reason", "gone", "eventId", "ended:gone");
      over(conversation, new Event("ended:gone", now, body));
    }
  }

  private void tell(WatchedConversation conversation, JsonNode body) {
    ConversationTimeline timeline = ConversationTimeline.of(body, hub.settings().reasonAttribute());
    for (Event event : timeline.events()) {
      boolean end = event.id().startsWith("ended:");
      if (end) {
        settleAndEnd(conversation, event);
      } else if (!conversation.told.contains(event.id())) {
        raise(conversation, event);
      }
    }
    conversation.moving = timeline.isMoving();
    // What the agent wrote last may still be on its way.
    conversation.agent = timeline.isOver() ? timeline.lastAgent() : timeline.agent();
  }

  /** What the agent wrote last comes by another way; it must not come after the end. */
  private void settleAndEnd(WatchedConversation conversation, Event event) {
    Instant now = clock.instant();
    if (conversation.overSince == null) {
      conversation.overSince = now;
    }
    Duration settle = hub.settings().endSettle();
    if (now.isBefore(conversation.overSince.plus(settle))) {
      CompletableFuture.delayedExecutor(
              Duration.between(now, conversation.overSince.plus(settle)).toMillis(),
              TimeUnit.MILLISECONDS,
              workers)
          .execute(() -> quietlyEnd(conversation, event));
    } else {
      over(conversation, event);
    }
  }

  private void quietlyEnd(WatchedConversation conversation, Event event) {
    conversation.reading.lock();
    try {
      over(conversation, event);
    } catch (RuntimeException e) {
      LOG.debug("Hub {}: the end of {} is told later: {}", hub.name(), conversation.from(), e);
    } finally {
      conversation.reading.unlock();
    }
  }

  private void over(WatchedConversation conversation, Event event) {
    if (all.has(conversation)) {
      raise(conversation, event);
      closed(conversation.from());
      store.remove(conversation.entry);
    }
  }

  private void raise(WatchedConversation conversation, Event event) {
    Map<String, Object> body = new LinkedHashMap<>(event.body());
    body.put("conversationId", conversation.from());
    body.put("handoffId", conversation.from());
    events.accept(hub.name(), body);
    conversation.told.add(event.id());
  }
}
