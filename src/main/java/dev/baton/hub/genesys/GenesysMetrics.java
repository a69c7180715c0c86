package dev.baton.hub.genesys;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.Supplier;

/** Meters of the hubs of type {@code genesys}; all have the tag {@code hub}. */
final class GenesysMetrics {
  private final MeterRegistry meters;

  /**
   * @param meters where they are registered; null counts for nobody
   */
  GenesysMetrics(MeterRegistry meters) {
    this.meters = meters == null ? new SimpleMeterRegistry() : meters;
  }

  /** An answer of the platform API. */
  void call(String hub, int status) {
    meters
        .counter("baton.genesys.calls", "hub", hub, "status", Integer.toString(status))
        .increment();
  }

  /** A request that waits for its place. */
  void held(String hub) {
    meters.counter("baton.genesys.held", "hub", hub).increment();
  }

  void login(String hub) {
    meters.counter("baton.genesys.tokens", "hub", hub).increment();
  }

  /** A notification socket that was opened, for the first time or again. */
  void socket(String hub, String why) {
    meters.counter("baton.genesys.sockets", "hub", hub, "why", why).increment();
  }

  void receipt(String hub, String status) {
    meters.counter("baton.genesys.receipts", "hub", hub, "status", status).increment();
  }

  void watched(String hub, Supplier<Number> conversations) {
    Gauge.builder("baton.genesys.watched", conversations).tag("hub", hub).register(meters);
  }
}
