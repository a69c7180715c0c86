package dev.baton.hub.servicenow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Counts what ServiceNow sends and what is wrong with it. Without a registry it counts nothing. */
final class Meters {
  private final Supplier<MeterRegistry> registry;
  private volatile MeterRegistry found;

  /**
   * @param registry may give null as long as there is none
   */
  Meters(Supplier<MeterRegistry> registry) {
    this.registry = registry;
  }

  /**
   * @param outcome {@code taken}, {@code late} (its conversation is over), {@code unclaimed} (it
   *     belongs to none) or {@code refused} (credentials)
   */
  void callback(String hub, String outcome) {
    count("baton.servicenow.callbacks", "Callbacks of ServiceNow", hub, "outcome", outcome);
  }

  /** A state of the instance that stands in the way, by its code. */
  void symptom(String hub, String code) {
    count("baton.servicenow.symptoms", "States of ServiceNow in the way", hub, "code", code);
  }

  private void count(String name, String description, String hub, String tag, String value) {
    MeterRegistry meters = found == null ? registry.get() : found;
    if (meters != null) {
      found = meters;
      Counter.builder(name)
          .description(description)
          .tags("hub", hub, tag, value)
          .register(meters)
          .increment();
    }
  }
}
