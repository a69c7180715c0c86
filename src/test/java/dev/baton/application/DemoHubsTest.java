package dev.baton.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.Settings;
import dev.baton.handoff.HandoffHubs;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import dev.baton.simulator.omnichannel.OmnichannelSimulator;
import dev.baton.simulator.servicenow.InstanceOptions;
import dev.baton.simulator.servicenow.ServiceNowSimulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoHubsTest {

  private static List<String> meantFor(DemoStandIns standIns, Map<String, Object> variables) {
    Map<String, String> properties = new HashMap<>();
    DemoHubs.of(standIns).forEach((key, value) -> properties.put((String) key, (String) value));
    properties.put("baton.bots.demo.url", "http://127.0.0.1:1");
    properties.put("baton.bots.demo.secret", "s3cr3t-1");
    properties.put("baton.bots.demo.canvas-secret", "s3cr3t-2");
    properties.put("baton.public-url", "http://127.0.0.1:2");
    HandoffHubs hubs = new HandoffHubs(Settings.of(properties).bots());
    return hubs.candidates("demo", Map.of("value", variables), "en");
  }

  @Test
  void aWishWithADomainIsMeantForOneHubAndAWishWithoutForAll() {
    try (ServiceNowSimulator it = ServiceNowSimulator.startAndWait(InstanceOptions.defaults());
        OmnichannelSimulator service = OmnichannelSimulator.start(OmnichannelOptions.defaults())) {
      DemoStandIns standIns = new DemoStandIns(null, it, null, service);
      assertThat(meantFor(standIns, Map.of("domain", "IT_DOMAIN"))).containsExactly("it");
      assertThat(meantFor(standIns, Map.of("domain", "SERVICE_DOMAIN"))).containsExactly("service");
      assertThat(meantFor(standIns, Map.of("domain", "retail"))).containsExactly("desk");
      assertThat(meantFor(standIns, Map.of())).containsExactly("it", "service", "desk");
    }
  }

  @Test
  void theDeskTakesTheWishesOfAHubThatDidNotStart() {
    DemoStandIns none = new DemoStandIns(null, null, null, null);
    assertThat(meantFor(none, Map.of("domain", "SALES_DOMAIN"))).containsExactly("desk");
    assertThat(meantFor(none, Map.of())).containsExactly("desk");
  }
}
