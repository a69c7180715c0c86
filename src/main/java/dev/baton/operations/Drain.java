package dev.baton.operations;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node takes new conversations. While it drains it is not ready, so that a load
 * balancer turns elsewhere; running conversations go on. It is its own health check.
 */
public final class Drain extends AbstractHealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  private final AtomicBoolean draining = new AtomicBoolean();
  private volatile boolean open;

  public Drain() {
    this(true);
  }

  /**
   * @param open whether it is ready from the beginning; otherwise {@link #open()} makes it so
   */
  public Drain(boolean open) {
    super("baton", "accepting");
    this.open = open;
  }

  /** The traffic port listens. */
  public void open() {
    open = true;
  }

  /** From now on no new conversations. Repeating it does nothing. */
  public void begin() {
    if (draining.compareAndSet(false, true)) {
      LOG.info("Draining: no new conversations are accepted");
    }
  }

  public boolean isDraining() {
    return draining.get();
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    if (isDraining()) {
      builder.message("Draining: no new conversations are accepted").down();
    } else if (!open) {
      builder.message("Starting: the traffic port does not listen yet").down();
    } else {
      builder.up();
    }
  }
}
