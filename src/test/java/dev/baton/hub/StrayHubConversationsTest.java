package dev.baton.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.conversation.Handoff.Phase;
import dev.baton.simulator.http.HttpHubSimulator;
import dev.baton.simulator.http.HttpHubSimulator.Recorded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a hub opened although Baton never heard so. */
class StrayHubConversationsTest {
  private static HttpHubSimulator hub;
  private static HubRig rig;

  private int events;

  @BeforeAll
  static void start() {
    hub = HttpHubSimulator.start(0, "t0ken", "s3cret");
    rig =
        new HubRig(
            Map.of("baton.hubs.first.url", hub.url(), "baton.hubs.first.token", "t0ken"), "first");
  }

  @AfterAll
  static void stop() {
    rig.close();
    hub.close();
  }

  @BeforeEach
  void healthy() {
    hub.faults().none();
    rig.appended.clear();
  }

  @Test
  void theHubThatOpenedUnheardIsToldOnceThatAnotherHasTheHandoff() {
    String stray = opened("c1:1");
    rig.journal.handedOff("c1", "second", "s-1");

    report("c1:1", stray, "accepted");
    await().until(() -> ends(stray).size() == 1);
    report("c1:1", stray, "message");
    report("c1:1", stray, "typing");

    String last = opened("c2:1"); // whatever was to be sent has overtaken by now
    rig.journal.handedOff("c2", "second", "s-2");
    report("c2:1", last, "accepted");
    await().until(() -> ends(last).size() == 1);
    assertThat(ends(stray)).singleElement().extracting(Recorded::query).isEqualTo("reason=BOT");
    assertThat(rig.appended).isEmpty();
  }

  @Test
  void aHubThatOpenedForAHandoffThatIsOverIsTold() {
    String stray = opened("c3:1");
    rig.journal.put("c3", null, null, Phase.REJECTED);

    report("c3:1", stray, "accepted");

    await().until(() -> ends(stray).size() == 1);
  }

  @Test
  void anEventTriesAgainWhenTheHubCouldNotBeTold() {
    String stray = opened("c4:1");
    rig.journal.handedOff("c4", "second", "s-4");
    hub.faults().answer("end", 503, null, 1);

    report("c4:1", stray, "accepted");
    await()
        .until(
            () -> {
              report("c4:1", stray, "message");
              return ends(stray).size() == 2;
            });
  }

  @Test
  void whatServesAHandoffIsLeftAlone() {
    String serving = opened("c5:1");
    rig.journal.handedOff("c5", "first", serving);
    rig.journal.handedOff("c6", "second", "s-6");
    rig.journal.handedOff("c7", null, null);
    String opening = opened("c7:1");

    report("c5:0", serving, "message"); // an earlier handoff's name for the same conversation
    report("c6:1", serving, "message"); // another conversation's name
    report("c7:0", opening, "message"); // the answer to open is still on its way
    report("c6:1", "over", "ended");

    String last = opened("c8:1");
    rig.journal.handedOff("c8", "second", "s-8");
    report("c8:1", last, "accepted");
    await().until(() -> ends(last).size() == 1);
    assertThat(ends(serving)).isEmpty();
    assertThat(ends(opening)).isEmpty();
    assertThat(ends("over")).isEmpty();
  }

  private static String opened(String handoffId) {
    Map<String, Object> variables = Map.of("conversation", handoffId, "handoffId", handoffId);
    Exchange answer = rig.call("first", "open", Map.of("handoffId", handoffId), variables);
    assertThat(answer.getException()).isNull();
    return answer.getMessage().getBody(Map.class).get("conversationId").toString();
  }

  private void report(String handoffId, String hubConversation, String type) {
    Map<String, Object> event = new HashMap<>();
    event.put("eventId", "e-" + ++events);
    event.put("type", type);
    event.put("handoffId", handoffId);
    event.put("conversationId", hubConversation);
    event.put("message", Map.of("text", "hello"));
    Exchange done =
        rig.context
            .createFluentProducerTemplate()
            .to("direct:hub-event")
            .withVariable("hub", "first")
            .withBody(event)
            .send();
    assertThat(done.getException()).isNull();
  }

  private static List<Recorded> ends(String hubConversation) {
    return hub.requests().stream()
        .filter(request -> request.method().equals("DELETE"))
        .filter(request -> request.path().endsWith("/" + hubConversation))
        .toList();
  }
}
