package dev.baton.application;

import dev.baton.channel.servicenow.ServiceNowRelay;
import dev.baton.configuration.RelaySettings;
import dev.baton.configuration.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import org.apache.camel.CamelContext;

/** Makes the relay for ServiceNow's Bot Interconnect from the settings. */
final class RelayBeans {
  private RelayBeans() {}

  static ServiceNowRelay relay(Vertx vertx, CamelContext camel, Settings settings) {
    MeterRegistry meters = camel.getRegistry().findSingleByType(MeterRegistry.class);
    return new ServiceNowRelay(
        vertx,
        settings.channels().stream()
            .filter(channel -> channel.type().equals("servicenow"))
            .map(channel -> RelaySettings.of(channel, settings.bots().get(channel.bot())))
            .toList(),
        meters == null ? new SimpleMeterRegistry() : meters);
  }
}
