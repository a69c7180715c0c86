package dev.baton.hub.genesys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Processor {@code genesysOrder}: lets messages of one conversation pass one at a time and by the
 * platform's {@code channel.time}, because its calls run in parallel and may overtake each other.
 *
 * <p>A message is held until it is as old as the window, by its own time but never longer than the
 * window from its arrival. One that took longer to come is not held at all, and one that comes
 * after its place has passed goes at once: nothing is lost, and nothing waits for what may never
 * come.
 */
final class GenesysOrder extends AsyncProcessorSupport {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final GenesysHubs hubs;
  private final ScheduledExecutorService timer;
  private final Executor workers;
  private final Clock clock;
  private final Map<String, Line> lines = new HashMap<>();
  private long arrivals;

  private record Waiting(
      Exchange exchange, AsyncCallback callback, Instant time, long arrival, Instant due) {}

  /** The messages of one conversation that have come and not gone. */
  private static final class Line {
    final PriorityQueue<Waiting> waiting =
        new PriorityQueue<>(
            Comparator.comparing(Waiting::time).thenComparingLong(Waiting::arrival));
    Exchange going;
  }

  /**
   * @param timer never blocks
   * @param workers run what follows
   */
  GenesysOrder(GenesysHubs hubs, ScheduledExecutorService timer, Executor workers, Clock clock) {
    this.hubs = hubs;
    this.timer = timer;
    this.workers = workers;
    this.clock = clock;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    String hub = exchange.getVariable("hub", String.class);
    Object given = exchange.getVariable("genesysTime");
    boolean ordered = "MESSAGE".equals(exchange.getVariable("genesysKind", String.class));
    if (!ordered) {
      callback.done(true);
      return true;
    }
    String key = hub + "/" + exchange.getVariable("genesysTo", String.class);
    Instant now = clock.instant();
    Instant time = given instanceof Instant instant ? instant : now;
    Duration window = hubs.get(hub).settings().reorderWindow();
    Instant byTime = time.plus(window);
    Instant atMost = now.plus(window);
    Instant due = byTime.isBefore(atMost) ? byTime : atMost;
    synchronized (lines) {
      lines
          .computeIfAbsent(key, k -> new Line())
          .waiting
          .add(new Waiting(exchange, callback, time, arrivals++, due));
    }
    next(key);
    return false;
  }

  /** Lets the first go when it is due and nobody is under way; otherwise it is tried again then. */
  private void next(String key) {
    Waiting first;
    synchronized (lines) {
      Line line = lines.get(key);
      if (line == null || line.going != null) {
        return;
      }
      first = line.waiting.peek();
      if (first == null) {
        lines.remove(key);
        return;
      }
      Duration wait = Duration.between(clock.instant(), first.due());
      if (wait.toMillis() > 0) {
        later(key, wait);
        return;
      }
      line.waiting.remove();
      line.going = first.exchange();
    }
    go(key, first);
  }

  private void later(String key, Duration wait) {
    try {
      timer.schedule(() -> next(key), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      workers.execute(() -> next(key)); // Baton is being stopped; the order matters no more
    }
  }

  private void go(String key, Waiting one) {
    Exchange exchange = one.exchange();
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                gone(key, exchange);
              }
            });
    try {
      // One that hangs must not hold back the others for ever.
      timer.schedule(() -> gone(key, exchange), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      workers.execute(() -> one.callback().done(false));
    } catch (RejectedExecutionException e) {
      one.callback().done(false);
    }
  }

  private void gone(String key, Exchange exchange) {
    synchronized (lines) {
      Line line = lines.get(key);
      if (line == null || line.going != exchange) {
        return;
      }
      line.going = null;
    }
    next(key);
  }
}
