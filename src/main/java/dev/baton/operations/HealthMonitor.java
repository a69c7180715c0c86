package dev.baton.operations;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.StaticService;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes in the background, so that a slow vendor never makes the health report slow. Add it to the
 * context as a service.
 */
public final class HealthMonitor extends ServiceSupport
    implements CamelContextAware, StaticService {
  private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);

  private final List<ProbeCheck> checks;
  private final Duration interval;
  private CamelContext context;
  private ScheduledExecutorService timer;
  private ExecutorService workers;

  /**
   * @param strict whether a failed probe makes the node not ready
   * @param interval time between two rounds
   */
  public HealthMonitor(List<Probe> probes, boolean strict, Duration interval) {
    this.checks = probes.stream().map(probe -> new ProbeCheck(probe, strict)).toList();
    this.interval = interval;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.context = camelContext;
  }

  @Override
  public CamelContext getCamelContext() {
    return context;
  }

  @Override
  protected void doStart() {
    HealthCheckRegistry registry = HealthCheckRegistry.get(context);
    checks.forEach(registry::register);
    var executors = context.getExecutorServiceManager();
    workers = executors.newThreadPool(this, "HealthProbe", 0, 4);
    timer = executors.newSingleThreadScheduledExecutor(this, "HealthMonitor");
    long millis = Math.max(1000, interval.toMillis());
    var unused = timer.scheduleWithFixedDelay(this::round, 0, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    context.getExecutorServiceManager().shutdownNow(timer);
    context.getExecutorServiceManager().shutdownNow(workers);
    HealthCheckRegistry registry = HealthCheckRegistry.get(context);
    checks.forEach(registry::unregister);
  }

  private void round() {
    checks.forEach(check -> workers.execute(() -> probe(check)));
  }

  private static void probe(ProbeCheck check) {
    Probe.Result before = check.refresh();
    Probe.Result now = check.latest();
    if (!now.up() && (before == null || before.up())) {
      LOG.warn("{} is unreachable: {}", check.probe().name(), now.detail());
    } else if (now.up() && before != null && !before.up()) {
      LOG.info("{} is reachable again", check.probe().name());
    }
  }
}
