package dev.baton.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the bot to an agent at the desk, and back, over the desk's API. */
class DeskRoundTest {
  private static RunningBaton baton;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    baton =
        RunningBaton.start(
            folder, Map.of("baton.bots.demo.hubs", "desk", "baton.timeouts.settle", "0s"));
  }

  @AfterAll
  static void stop() {
    baton.close();
  }

  @Test
  void anAgentAtTheDeskAcceptsTalksAndEnds() {
    Customer ada = baton.customer();
    ada.say("I want to return order A-1009");
    ada.untilText("A colleague can start");
    ada.say("talk to a human");
    ada.untilSystem("queued");
    ada.say("typed while waiting");
    JsonNode waiting = listed("waiting", ada);
    assertThat(waiting.path("bot").asText()).isEqualTo("demo");
    assertThat(waiting.path("waitingSince").asText()).isNotEmpty();

    assertThat(desk("POST", ada, "/accept", "{\"agent\":{\"id\":\"a1\",\"name\":\"Grace\"}}"))
        .isBetween(200, 299);
    ada.untilSystem("agent-joined");
    assertThat(desk("POST", ada, "/messages", "{\"text\":\"Hello Ada\"}")).isBetween(200, 299);
    ada.untilText("Hello Ada");
    ada.say("hello Grace");
    listed("active", ada);
    await()
        .atMost(RunningBaton.LIMIT)
        .until(() -> shown(ada).path("transcript").toString().contains("hello Grace"));
    JsonNode chat = shown(ada);
    assertThat(chat.path("transcript").findValuesAsText("text"))
        .containsSubsequence(
            "I want to return order A-1009",
            "talk to a human",
            "I am getting a colleague. One moment, please.",
            "typed while waiting",
            "Hello Ada",
            "hello Grace")
        .doesNotHaveDuplicates();
    assertThat(chat.path("context").toString())
        .contains("va_LastTopic", "Return items", "OrderNumber", "A-1009");

    ada.bySocket();
    // Nobody keeps a signal, so one that comes before the socket is served is lost.
    await()
        .atMost(RunningBaton.LIMIT)
        .until(
            () -> {
              assertThat(desk("POST", ada, "/typing", "{\"on\":true}")).isBetween(200, 299);
              return !ada.signals().isEmpty();
            });
    assertThat(desk("POST", ada, "/end", "{}")).isBetween(200, 299);
    ada.untilSystem("completed");
    ada.untilText("I'm back. I hope");
    ada.say("opening hours");
    ada.untilText("We are open Monday");

    listed("ended", ada);
    assertThat(ada.textsBy("agent")).containsExactly("Hello Ada");
    assertThat(baton.botTold(ada)).containsExactly("accepted", "completed");
    ada.sawEverythingOnceInOrder();
  }

  @Test
  void aCustomerWhoLeavesIsGoneFromTheDesk() {
    Customer ada = baton.customer();
    ada.say("talk to a human");
    ada.untilSystem("queued");
    listed("waiting", ada);

    ada.send("endOfConversation");

    listed("ended", ada);
    assertThat(desk("POST", ada, "/messages", "{\"text\":\"too late\"}")).isBetween(400, 499);
    assertThat(ada.textsBy("agent")).isEmpty();
  }

  /** Waits until the desk lists the customer's conversation. */
  private static JsonNode listed(String state, Customer customer) {
    String url = baton.url("/desk/api/conversations?state=" + state);
    JsonNode[] found = new JsonNode[1];
    await(state + " " + customer.id())
        .atMost(RunningBaton.LIMIT)
        .until(
            () -> {
              for (JsonNode chat : baton.http.call("GET", url, null).json()) {
                if (chat.path("id").asText().equals(customer.id())) {
                  found[0] = chat;
                }
              }
              return found[0] != null;
            });
    return found[0];
  }

  private static JsonNode shown(Customer customer) {
    return baton.http.call("GET", url(customer, ""), null).json();
  }

  private static int desk(String method, Customer customer, String path, String body) {
    return baton.http.call(method, url(customer, path), body, "Origin", baton.url("")).status();
  }

  private static String url(Customer customer, String path) {
    return baton.url("/desk/api/conversations/" + customer.id() + path);
  }
}
