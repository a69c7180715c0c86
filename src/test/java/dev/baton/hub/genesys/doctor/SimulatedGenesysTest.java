package dev.baton.hub.genesys.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.Level;
import dev.baton.operations.doctor.Wishes;
import dev.baton.simulator.genesys.GenesysSimulator;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedGenesysTest {

  @Test
  void ofTheSimulatedPlatformNothingIsWrongUntilItsWebhookLeadsElsewhere() {
    String ours = "http://127.0.0.1:8080/hubs/sales/events";
    try (GenesysSimulator genesys =
        GenesysSimulator.start(GenesysSimulatorOptions.quick().webhookUrl(ours))) {
      assertThat(examine(genesys)).extracting(Finding::level).containsOnly(Level.OK);

      genesys.webhook("http://127.0.0.1:8080/hubs/other/events");
      assertThat(examine(genesys))
          .filteredOn(Finding::failed)
          .extracting(Finding::code)
          .containsExactly("BTN-4517");
    }
  }

  private static List<Finding> examine(GenesysSimulator genesys) {
    Map<String, String> properties = new HashMap<>(genesys.settings("sales"));
    properties.put("baton.public-url", "http://127.0.0.1:8080");
    Settings settings = Settings.of(properties);
    return new GenesysDoctor().examine(settings.hubs().get("sales"), settings, Wishes.none());
  }
}
