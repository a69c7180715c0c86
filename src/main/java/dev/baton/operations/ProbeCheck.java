package dev.baton.operations;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The latest result of a probe as a health check. A bot or hub that is down must be seen, but it
 * must not take the node out of rotation: the journal keeps what cannot be delivered. So the check
 * is up with {@code degraded=true} unless it is strict.
 */
final class ProbeCheck extends AbstractHealthCheck {
  private final Probe probe;
  private final boolean strict;
  private final AtomicReference<Probe.Result> latest = new AtomicReference<>();

  ProbeCheck(Probe probe, boolean strict) {
    super("baton", probe.name());
    this.probe = probe;
    this.strict = strict;
  }

  Probe probe() {
    return probe;
  }

  /** Asks the probe. @return the result before, or null at the first time */
  Probe.Result refresh() {
    return latest.getAndSet(probe.check());
  }

  Probe.Result latest() {
    return latest.get();
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Probe.Result result = latest.get();
    if (result == null) {
      builder.detail("detail", "not probed yet").up();
      return;
    }
    builder.detail("detail", result.detail());
    if (result.up()) {
      builder.up();
    } else if (strict) {
      builder.message(result.detail()).down();
    } else {
      builder.detail("degraded", true).message(result.detail()).up();
    }
  }
}
