package dev.baton.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.hub.HubRig;
import dev.baton.hub.HubRig.Append;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EchoAgentTest {
  @Test
  void acceptsRepeatsAndEndsAtBye() {
    try (HttpHubSimulator hub = HttpHubSimulator.start(0, null, "s3cret");
        HubRig rig =
            new HubRig(
                Map.of(
                    "baton.hubs.acme.url", hub.url(), "baton.hubs.acme.callback-secret", "s3cret"),
                "acme")) {
      EchoAgent.answer(hub);
      rig.journal.handedOff("c1", "acme", "h-1");
      rig.call(
          "acme",
          "open",
          Map.of("handoffId", "c1:1", "callbackUrl", rig.url() + "/hubs/acme/events"),
          Map.of("handoffId", "c1:1"));
      for (String text : List.of("hello", "Bye")) {
        rig.call(
            "acme", "send", Map.of("id", text, "text", text), Map.of("hubConversationId", "h-1"));
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> rig.appended.size() == 3);
      assertThat(rig.appended)
          .extracting(Append::event)
          .containsExactly("hub.accepted", "hub.message", "hub.ended");
      assertThat(rig.appended.get(1).body()).containsEntry("text", "You wrote: hello");
    }
  }
}
