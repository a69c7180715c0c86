package dev.baton.hub.servicenow.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.operations.AdministrationException;
import dev.baton.operations.ManagementClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the Baton that runs: it keeps callbacks that belong to none of its conversations, and the
 * test's is one of these.
 */
final class RunningBatonWatch implements CallbackWatch {
  private static final Logger LOG = LoggerFactory.getLogger(RunningBatonWatch.class);
  private static final long INTERVAL = 200;

  private final ManagementClient baton;
  private final String hub;

  RunningBatonWatch(ManagementClient baton, String hub) {
    this.baton = baton;
    this.hub = hub;
  }

  @Override
  public String where() {
    return "the Baton that runs";
  }

  @Override
  public Sight await(String session, Duration patience) throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      ScheduledFuture<?> asking =
          timer.scheduleWithFixedDelay(
              () -> {
                if (arrived(session)) {
                  seen.countDown();
                }
              },
              0,
              INTERVAL,
              TimeUnit.MILLISECONDS);
      boolean arrived = seen.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      asking.cancel(true);
      return arrived ? Sight.ARRIVED : Sight.NOTHING;
    } finally {
      timer.shutdownNow();
    }
  }

  private boolean arrived(String session) {
    try {
      List<JsonNode> kept = baton.unclaimed("servicenow", hub);
      return kept.stream().anyMatch(body -> session.equals(body.path("clientSessionId").asText()));
    } catch (UncheckedIOException | AdministrationException e) {
      LOG.debug("The running Baton could not be asked", e);
      return false;
    }
  }

  @Override
  public void close() {
    // nothing is held between questions
  }
}
