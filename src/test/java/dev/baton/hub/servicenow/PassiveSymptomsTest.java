package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.hub.servicenow.Instance.Answer;
import dev.baton.hub.servicenow.Session.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** States of an instance that only show while it is used: Baton names them in its log. */
class PassiveSymptomsTest {
  private static ServiceNowRig now;
  private Logged logged;

  @BeforeAll
  static void start() {
    now = new ServiceNowRig(Map.of("history", "later", "callback-secret", "key-1"));
  }

  @AfterAll
  static void stop() {
    now.close();
  }

  @BeforeEach
  void listen() {
    now.instance.healthy();
    logged = new Logged();
  }

  @AfterEach
  void close() {
    logged.close();
  }

  @Test
  void symptom13TheChatEndsAfterSixMinutes() {
    String c = now.opened(Phase.CONNECTED);
    now.send(c, "m-1", "one moment");
    now.clock.passes(Duration.ofMinutes(6));
    now.callback(
        id(c),
        "{\"completed\":true,\"body\":[{\"uiType\":\"ActionMsg\",\"actionType\":\"System\",\"message\":\"It"
            + " seems you have left.\"}]}");
    assertThat(logged.of("BTN-2313")).hasSize(1).allMatch(line -> line.contains("6 min"));
    assertThat(now.texts(c)).containsExactly("It seems you have left.");
    String quick = now.opened(Phase.CONNECTED);
    now.callback(id(quick), "{\"completed\":true,\"body\":[]}");
    assertThat(logged.of("BTN-2313")).hasSize(1);
  }

  @Test
  void symptom15AllOutputIsMissing() {
    now.opened(Phase.QUEUED);
    assertThat(
            now.instance
                .requests("START_CONVERSATION")
                .get(0)
                .json()
                .path("silentMessage")
                .toString())
        .isEqualTo("false");
  }

  @Test
  void symptom16ReceiptsAreNotTaken() {
    String c = now.opened(Phase.CONNECTED);
    await().until(() -> now.instance.requests("SEND_HISTORY").size() == 1);
    now.instance.answer(ServiceNowConfig.PATH, Answer.json(400, "{\"status\":\"failure\"}"));
    now.callback(id(c), says("hello", "m1"));
    await().atMost(Duration.ofSeconds(10)).until(() -> logged.of("BTN-2316").size() == 1);
    assertThat(now.texts(c)).containsExactly("hello");
  }

  @Test
  void symptom17TheHistoryIsMissing() {
    String c = now.opened(Phase.REQUESTED);
    now.instance.answer(ServiceNowConfig.PATH, Answer.json(400, "{\"status\":\"failure\"}"));
    now.callback(id(c), "{\"agentChat\":true,\"body\":[]}");
    await().atMost(Duration.ofSeconds(10)).until(() -> !logged.of("BTN-2317").isEmpty());
  }

  @Test
  void symptom18AnAttachmentVanishes() {
    String c = now.opened(Phase.CONNECTED);
    now.call(
        c,
        "send",
        Map.of(
            "id",
            "m-1",
            "attachments",
            List.of(
                Map.of(
                    "contentType",
                    "image/png",
                    "contentUrl",
                    "https://files.example/p.png?sig=s3cr3t"))));
    assertThat(logged.of("BTN-2318")).hasSize(1);
    assertThat(logged.of("BTN-2318").get(0)).contains("files.example").doesNotContain("s3cr3t");
  }

  @Test
  void symptom22TheAgentsLinesAreDoubled() {
    String c = now.opened(Phase.CONNECTED);
    now.callback(id(c), says("once", "m1"));
    now.callback(id(c), says("once", "m1"));
    assertThat(now.texts(c)).containsExactly("once");
    assertThat(logged.of("BTN-2322")).hasSize(1);
  }

  @Test
  void symptom24TheWorkItemIsNeverOffered() {
    String c = now.opened(Phase.QUEUED);
    now.clock.passes(Duration.ofMinutes(11));
    now.check();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> logged.of("BTN-2324").stream().anyMatch(line -> line.contains(id(c))));
  }

  @Test
  void symptom26CallbacksHaveNoUserAgent() {
    String c = now.opened(Phase.QUEUED);
    for (int i = 0; i < 2; i++) {
      assertThat(
              RawHttp.post(
                  now.rig.url() + "/hubs/it/events",
                  "{\"clientSessionId\":\"" + id(c) + "\",\"body\":[]}",
                  "X-Api-Key: key-1"))
          .isEqualTo(204);
    }
    assertThat(logged.of("BTN-2326")).hasSize(1);
  }

  private static String says(String text, String messageId) {
    return "{\"body\":[{\"uiType\":\"OutputText\",\"value\":\""
        + text
        + "\",\"messageId\":\""
        + messageId
        + "\",\"agentInfo\":{\"sentFromAgent\":true,\"agentId\":\"a1\",\"agentName\":\"Sam\"}}]}";
  }

  private static String id(String conversation) {
    return ServiceNowRig.id(conversation);
  }
}
