package dev.baton.endtoend;

import static dev.baton.endtoend.HandoffTest.untilHub;
import static dev.baton.endtoend.RunningBaton.get;
import static dev.baton.endtoend.RunningBaton.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.simulator.http.HubCallbacks;
import dev.baton.simulator.http.HubChat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should send to the running application; a round works after each of it. */
class BadInputTest {
  private static RunningBaton baton;
  private static HubCallbacks hub;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    baton =
        RunningBaton.start(
            folder,
            Map.of(
                "baton.timeouts.settle",
                "0s",
                "baton.hubs.acme.max-context-entries",
                "40",
                "baton.handoff.context-priority",
                "va_LastTopic,OrderNumber"));
    hub = baton.acme.callbacks();
  }

  @AfterEach
  void everythingStillWorks() {
    baton.isAlive();
  }

  @AfterAll
  static void stop() {
    baton.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"message\",", "[]", "null", "\"text\"", "{\"type\":7}", ""})
  void malformedActivitiesAreRefusedAndReachNobody(String json) {
    Customer ada = baton.customer();
    int before = ada.look().size();

    isProblem(ada.call("POST", "/activities", json), 400);

    assertThat(ada.look()).hasSize(before);
    assertThat(baton.botHeard(ada)).isEmpty();
  }

  @Test
  void anOversizedActivityIsRefusedAndReachesNobody() {
    Customer ada = baton.customer();

    isProblem(ada.post(ada.message("x".repeat(300_000))), 413);

    assertThat(baton.botHeard(ada)).isEmpty();
  }

  @Test
  void aTokenOfSomebodyElseOpensNothing() {
    Customer ada = baton.customer();
    Customer mallory = baton.customer();
    ada.say("the treasure is under the tree");
    ada.untilText("Reply 1:");
    String url = baton.url("/v3/directline/conversations/" + ada.id() + "/activities");

    for (String method : new String[] {"GET", "POST"}) {
      Http.Answer answer =
          baton.http.call(
              method,
              url,
              method.equals("GET") ? null : mallory.message("hi").toString(),
              "Authorization",
              "Bearer " + mallory.token());
      assertThat(answer.status()).isIn(403, 404);
      assertThat(answer.body()).doesNotContain("treasure");
    }

    assertThat(ada.texts()).doesNotContain("hi");
    assertThat(baton.botHeard(ada)).containsExactly("the treasure is under the tree");
  }

  @Test
  void anAgentsMarkupAndControlCharactersDoNotReachTheCustomer() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);

    raise(hub.raise(chat, hub.message(chat, "one\u0000\u001b[31m\u202e two")));
    JsonObject html = hub.message(chat, "<b>bold</b><script>alert(1)</script>");
    html.getJsonObject("message").put("format", "html");
    raise(hub.raise(chat, html));
    ada.until("bold", a -> a.path("text").asText().contains("bold"));

    assertThat(ada.textsBy("agent"))
        .hasSize(2)
        .noneMatch(text -> text.matches("(?s).*[\\x00-\\x08\\x1b\\u202e].*"))
        .noneMatch(text -> text.contains("<script") || text.contains("alert(1)"));
  }

  @Test
  void aCustomersControlCharactersHarmNoHub() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);

    ada.say("before\u0000\u0007 <script>alert('x')</script> \ud83d\ude00 end");
    ada.say("after");
    untilHub(chat, "after");

    assertThat(chat.texts()).hasSize(2);
    assertThat(chat.texts().get(0)).contains("before", "end").doesNotContain("\u0000", "\u0007");
  }

  @Test
  void attachmentsInsideTheNetworkAreLeftOutOfAnAgentsMessage() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    JsonObject message = hub.message(chat, "see this");
    message
        .getJsonObject("message")
        .put(
            "attachments",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("url", "http://169.254.169.254/latest/meta-data")
                        .put("contentType", "image/png")
                        .put("name", "a.png")));

    raise(hub.raise(chat, message));
    ada.until("the message", a -> a.path("text").asText().startsWith("see this"));

    assertThat(ada.look().toString()).doesNotContain("169.254.169.254");
  }

  @Test
  void aContextOfTenThousandKeysIsCutToWhatTheHubTakes() {
    Customer ada = baton.customer();
    ObjectNode card = Http.JSON.createObjectNode().put("type", "message");
    ObjectNode value = card.putObject("value").put("OrderNumber", "A-7");
    for (int i = 0; i < 10_000; i++) {
      value.put("key" + i, i);
    }

    assertThat(ada.post(card).status()).isEqualTo(200);
    HubChat chat = baton.withGrace(ada);

    assertThat(chat.handoff().getJsonObject("context").fieldNames())
        .hasSize(40)
        .contains("OrderNumber");
  }

  @Test
  void callbacksThatAreNotSignedByTheHubAreRefused() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    Buffer body = hub.message(chat, "I am not Grace").toBuffer();

    for (String signature : new String[] {null, "sha256=00", "nonsense"}) {
      var answer = get(hub.post(chat.callbackUrl(), body, signature).toCompletionStage());
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.contentType()).startsWith("application/problem+json");
    }
    raise(hub.raise(chat, hub.message(chat, "I am Grace")));
    ada.untilText("I am Grace");

    assertThat(ada.textsBy("agent")).containsExactly("I am Grace");
  }

  @Test
  void callbacksForEndedAndUnknownConversationsAreAcknowledgedAndShownToNobody() {
    Customer ada = baton.customer();
    HubChat chat = baton.withGrace(ada);
    raise(hub.raise(chat, hub.ended(chat)));
    ada.untilText("I'm back. I hope");
    int before = ada.look().size();

    raise(hub.raise(chat, hub.message(chat, "too late")));
    raise(hub.raise(chat, hub.accepted(chat, "a-9", "Late")));
    JsonObject unknown = hub.message(chat, "to nobody");
    unknown.put("conversationId", "h-unknown").put("handoffId", "unknown:1");
    raise(hub.raise(chat, unknown));
    ada.say("opening hours");
    ada.untilText("We are open Monday");

    assertThat(ada.texts()).doesNotContain("too late", "to nobody");
    assertThat(ada.look()).hasSize(before + 3);
  }

  @Test
  void callbacksInTheWrongOrderEndInTheRightState() {
    Customer ada = baton.customer();
    ada.say("talk to a human");
    ada.untilSystem("queued");
    HubChat chat = baton.chat(baton.acme, ada, 1);
    JsonObject accepted = hub.accepted(chat, "a-1", "Grace");

    raise(hub.raise(chat, hub.message(chat, "I speak before I joined")));
    raise(hub.raise(chat, accepted));
    raise(hub.raise(chat, hub.ended(chat)));
    raise(hub.raise(chat, accepted));
    ada.untilText("I'm back. I hope");

    assertThat(ada.seenSystem()).containsExactly("queued", "agent-joined", "completed");
    assertThat(ada.textsBy("agent")).containsExactly("I speak before I joined");
  }

  @Test
  void aRequestThatNeverEndsHoldsNobodyUp() throws IOException {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), baton.port)) {
      slow.getOutputStream()
          .write(
              ("POST /hubs/acme/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 1000\r\n\r\n{\"type\":")
                  .getBytes(StandardCharsets.US_ASCII));
      baton.isAlive();
    }
  }

  @Test
  void whatIsNoHttpIsAnsweredAndClosed() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), baton.port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("\u0016\u0003 nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      InputStream answer = socket.getInputStream();
      await().atMost(RunningBaton.LIMIT).until(() -> answer.read() < 0);
    }
  }

  private static void isProblem(Http.Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.contentType()).contains("json");
    assertThat(answer.body()).contains("BTN-1");
  }
}
