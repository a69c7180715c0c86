package dev.baton.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.conversation.Conversation;
import dev.baton.hub.HubConversations.Place;
import dev.baton.journal.Journal;
import dev.baton.journal.JournalListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code parkedHubEvents}: keeps events whose conversation is not known yet, because a webhook
 * may win the race against the answer of {@code open}, and brings them in, in order, as soon as it
 * is. A service of the Camel context.
 */
public final class HubEventParking extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger(HubEventParking.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT = 10_000;
  private static final long SWEEP_MILLIS = 1000;
  private static final int MAX_FAILURES = 10;

  private final CamelContext context;
  private final Journal journal;
  private final HubConversations conversations;
  private final ParkedHubEventStore store;
  private final Duration patience;
  private final Clock clock;
  private final ConcurrentLinkedQueue<ParkedHubEvent> parked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong number = new AtomicLong();
  private final AtomicBoolean drainWaits = new AtomicBoolean();
  private final JournalListener listener = (conversation, entries) -> committed(conversation);
  private ScheduledExecutorService worker;
  private ProducerTemplate template;

  /**
   * @param patience how long an event waits for its conversation; while a hub's answer to {@code
   *     open} is outstanding it waits on
   */
  public HubEventParking(
      CamelContext context,
      Journal journal,
      HubConversations conversations,
      ParkedHubEventStore store,
      Duration patience,
      Clock clock) {
    this.context = context;
    this.journal = journal;
    this.conversations = conversations;
    this.store = store;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  protected void doStart() {
    template = context.createProducerTemplate();
    drainWaits.set(false);
    worker =
        context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "parked-events");
    for (ParkedHubEvent event : store.load()) {
      parked.add(event);
      size.incrementAndGet();
    }
    journal.addListener(listener);
    worker.scheduleWithFixedDelay(this::drain, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() throws Exception {
    journal.removeListener(listener);
    if (worker != null) { // a context that never started is closed too
      context.getExecutorServiceManager().shutdownNow(worker);
      template.stop();
    }
    parked.clear();
    size.set(0);
  }

  /** Forgets what waits: another node is the active one and has it in its store. */
  public void rest() {
    worker.execute(
        () -> {
          parked.clear();
          size.set(0);
        });
  }

  /** Goes on with what is stored: the node that took it is gone. */
  public void resume() {
    worker.execute(
        () -> {
          List<ParkedHubEvent> stored = store.load();
          parked.clear();
          parked.addAll(stored);
          size.set(stored.size());
          drain();
        });
  }

  /** How many events wait. */
  public int size() {
    return size.get();
  }

  /**
   * Keeps order: when an earlier event of the same conversation still waits, this one waits behind
   * it, by turning the variable {@code hubEventPlace} into {@code unknown}.
   */
  public void queueBehind(Exchange exchange) {
    if (parked.isEmpty() || exchange.getVariable("hubEventReplay") != null) {
      return;
    }
    String hub = exchange.getVariable("hub", String.class);
    String handoff = exchange.getVariable("handoffId", String.class);
    String conversation = exchange.getVariable("hubEventConversation", String.class);
    for (ParkedHubEvent event : parked) {
      boolean same =
          same(handoff, event.handoffId()) || same(conversation, event.hubConversationId());
      if (event.hub().equals(hub) && same) {
        exchange.setVariable("hubEventPlace", "unknown");
        return;
      }
    }
  }

  private static boolean same(String one, String other) {
    return one != null && one.equals(other);
  }

  /**
   * Parks the event of the variable {@code hubEventRaw}. Durable when it returns.
   *
   * @throws IllegalStateException when too many wait already
   */
  public void park(Exchange exchange) throws JsonProcessingException {
    if (size.incrementAndGet() > LIMIT) {
      size.decrementAndGet();
      throw new IllegalStateException("BTN-2008 More than " + LIMIT + " events wait already");
    }
    Instant now = clock.instant();
    ParkedHubEvent event =
        new ParkedHubEvent(
            String.format("%015d-%06d", now.toEpochMilli(), number.incrementAndGet() % 1_000_000),
            exchange.getVariable("hub", String.class),
            exchange.getVariable("hubEventHandoff", String.class),
            exchange.getVariable("hubEventConversation", String.class),
            JSON.writeValueAsString(exchange.getVariable("hubEventRaw")),
            now.plus(patience));
    try {
      store.add(event);
    } catch (RuntimeException e) {
      size.decrementAndGet();
      throw e;
    }
    parked.add(event);
    LOG.debug("Hub {}: an event waits for its conversation", event.hub());
    drainSoon();
  }

  private void committed(Conversation conversation) {
    if (!parked.isEmpty()
        && conversation.handoff() != null
        && conversation.handoff().hub() != null) {
      drainSoon();
    }
  }

  /** However often it is asked for while one waits: each looks at all events. */
  private void drainSoon() {
    if (drainWaits.compareAndSet(false, true)) {
      worker.execute(
          () -> {
            drainWaits.set(false);
            drain();
          });
    }
  }

  /** One that cannot be brought in holds back the later ones of its conversation, no others. */
  private void drain() {
    Set<String> stuck = new HashSet<>();
    int failures = 0;
    Iterator<ParkedHubEvent> all = parked.iterator();
    while (all.hasNext()) {
      ParkedHubEvent event = all.next();
      if (Collections.disjoint(stuck, keys(event))) {
        try {
          if (settled(event)) {
            store.remove(event);
            all.remove();
            size.decrementAndGet();
          }
        } catch (RuntimeException e) {
          LOG.warn("BTN-2008 A parked event could not be brought in now: {}", e.toString());
          stuck.addAll(keys(event));
          if (++failures == MAX_FAILURES) {
            return; // it is not the events' fault; the next sweep comes soon
          }
        }
      } else {
        stuck.addAll(keys(event));
      }
    }
  }

  private static Set<String> keys(ParkedHubEvent event) {
    Set<String> keys = new HashSet<>();
    if (event.handoffId() != null) {
      keys.add(event.hub() + " handoff " + event.handoffId());
    }
    if (event.hubConversationId() != null) {
      keys.add(event.hub() + " conversation " + event.hubConversationId());
    }
    return keys;
  }

  /** Whether the event need not wait any longer. */
  private boolean settled(ParkedHubEvent event) {
    Place place = conversations.locate(event.hub(), event.handoffId(), event.hubConversationId());
    if (place.kind().equals("unknown")) {
      boolean over = clock.instant().isAfter(event.until()) && !isOpening(event);
      if (over) {
        LOG.warn("BTN-2008 Hub {}: dropped an event, its conversation never came", event.hub());
      }
      return over;
    }
    Exchange done =
        template.request(
            "direct:hub-event",
            exchange -> {
              exchange.setVariable("hub", event.hub());
              exchange.setVariable("hubEventReplay", true);
              exchange.getMessage().setBody(event.json());
            });
    if (done.getException() != null) {
      throw new IllegalStateException(done.getException());
    }
    return true;
  }

  private boolean isOpening(ParkedHubEvent event) {
    String id = event.handoffId();
    int colon = id == null ? -1 : id.lastIndexOf(':');
    return colon > 0
        && journal
            .find(id.substring(0, colon))
            .map(Conversation::handoff)
            .filter(Objects::nonNull)
            .filter(handoff -> handoff.id().equals(id) && handoff.isOpen())
            .isPresent();
  }

  /** The events that wait, oldest first. */
  List<ParkedHubEvent> waiting() {
    return List.copyOf(parked);
  }
}
