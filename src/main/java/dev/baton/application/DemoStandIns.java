package dev.baton.application;

import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.genesys.GenesysSimulator;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import dev.baton.simulator.omnichannel.OmnichannelSimulator;
import dev.baton.simulator.servicenow.InstanceOptions;
import dev.baton.simulator.servicenow.ServiceNowSimulator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in for vendors' systems in the demo: the bot, and behind the hubs {@code it}, {@code
 * sales} and {@code service}. A hub's is null where it did not start; the demo goes on without it.
 */
record DemoStandIns(
    CopilotSimulator copilot,
    ServiceNowSimulator it,
    GenesysSimulator sales,
    OmnichannelSimulator service) {
  private static final Logger LOG = LoggerFactory.getLogger(DemoStandIns.class);

  /** Starts all at the same time. */
  static DemoStandIns start() {
    CompletableFuture<CopilotSimulator> copilot =
        CompletableFuture.supplyAsync(
            () -> CopilotSimulator.startAndWait(CopilotOptions.defaults()));
    CompletableFuture<ServiceNowSimulator> it =
        hub("it", () -> ServiceNowSimulator.startAndWait(InstanceOptions.defaults()));
    CompletableFuture<GenesysSimulator> sales =
        hub("sales", () -> GenesysSimulator.start(GenesysSimulatorOptions.defaults()));
    CompletableFuture<OmnichannelSimulator> service =
        hub("service", () -> OmnichannelSimulator.start(OmnichannelOptions.defaults()));
    try {
      return new DemoStandIns(copilot.join(), it.join(), sales.join(), service.join());
    } catch (CompletionException e) {
      new DemoStandIns(null, it.join(), sales.join(), service.join()).close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static <T> CompletableFuture<T> hub(String name, Supplier<T> start) {
    return CompletableFuture.supplyAsync(start)
        .exceptionally(
            e -> {
              LOG.warn("BTN-4807 The demo goes on without hub {}: {}", name, e.getMessage());
              return null;
            });
  }

  /** Where their webhooks and callbacks go. */
  void callTo(String hubs) {
    if (it != null) {
      it.callbackTo(hubs + "it/events");
    }
    if (sales != null) {
      sales.webhook(hubs + "sales/events");
    }
    if (service != null) {
      service.webhook(hubs + "service");
    }
  }

  void close() {
    for (AutoCloseable one : new AutoCloseable[] {copilot, it, sales, service}) {
      try {
        if (one != null) {
          one.close();
        }
      } catch (Exception e) {
        LOG.warn("A part of the demo did not stop cleanly", e);
      }
    }
  }
}
