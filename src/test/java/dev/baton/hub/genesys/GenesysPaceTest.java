package dev.baton.hub.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.journal.DeliveryException;
import dev.baton.simulator.genesys.GenesysConversation;
import dev.baton.simulator.genesys.GenesysSimulatorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** The platform's limit of 300 requests a minute, with its own count. */
class GenesysPaceTest {
  @Test
  void moreThanMayGoAtOnceWaitsForItsTurnAndThePlatformNeverRefuses() {
    try (GenesysRig rig =
        new GenesysRig(
            GenesysSimulatorOptions.quick(),
            Map.of("notifications", "off", "requests-per-minute", "300"))) {
      List<GenesysConversation> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(rig.opened());
      }
      int waited = 0;
      for (int message = 0; message < 25; message++) {
        for (GenesysConversation conversation : all) {
          Map<String, Object> send = Map.of("id", "m" + message, "text", "hello");
          Exchange done = rig.call("send", GenesysRig.conversation(conversation), send);
          if (done.getException() instanceof DeliveryException e) {
            assertThat(e.isNotYet()).isTrue();
            assertThat(e.retryAfter()).isPositive();
            waited++;
          } else {
            assertThat(done.getException()).isNull();
          }
        }
      }
      assertThat(waited).isGreaterThan(30);
      assertThat(rig.calls("message")).hasSizeBetween(50, 80);
      // Typing is not worth a place.
      String id = GenesysRig.conversation(all.get(0));
      assertThat(rig.call("typing", id, Map.of("on", true)).getException())
          .isInstanceOf(DeliveryException.class);
      assertThat(rig.calls("event")).isEmpty();
    }
  }
}
