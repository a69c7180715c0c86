package dev.baton.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomAdapterTest {
  private static ServiceNowSimulator simulator;

  private final List<CustomAdapter.Control> sent = new CopyOnWriteArrayList<>();
  private CustomAdapter adapter;

  @BeforeAll
  static void start() {
    simulator =
        ServiceNowSimulator.startAndWait(
            InstanceOptions.defaults().processing(Duration.ofMillis(1)));
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @BeforeEach
  void install() {
    adapter =
        simulator.customAdapter(
            new CustomAdapter.Scripts() {
              @Override
              public JsonObject attributes(String payload, String headers) {
                JsonObject message = new JsonObject(payload);
                return new JsonObject()
                    .put("token", new JsonObject(headers).getString("token"))
                    .put("provider_user_id", message.getString("user"))
                    .put(
                        "request_context",
                        new JsonObject()
                            .put("typed_value", message.getString("text"))
                            .put("contextual_action", message.getString("action", "")));
              }

              @Override
              public void contextual(String action, String conversation) {
                switch (action) {
                  case "START_CONVERSATION" -> adapter.startConversation(conversation);
                  case "AGENT" -> adapter.switchToLiveAgent(conversation);
                  default -> adapter.endConversation(conversation);
                }
              }

              @Override
              public void send(CustomAdapter.Control control) {
                sent.add(control);
              }
            },
            "chat-token");
  }

  @AfterEach
  void reset() {
    simulator.reset();
  }

  @Test
  void aTokenIsCheckedAgainstTheRecords() {
    String payload = new JsonObject().put("user", "u-1").encode();
    assertThat(adapter.validateMessage(adapter.application(), payload, headers("chat-token")))
        .isTrue();
    assertThat(adapter.validateMessage(adapter.application(), payload, headers("wrong"))).isFalse();
  }

  @Test
  void aConversationIsStartedHandedToAnAgentAndEnded() {
    enqueue("START_CONVERSATION", "hi");
    Instance.until(() -> types().contains("DefaultPicker"));
    enqueue("AGENT", "agent");
    Instance.until(() -> actions().contains("StartSpinner"));
    simulator.desk().accept("u-1");
    enqueue("", "hello agent");
    Instance.until(() -> simulator.desk().chat("u-1").userTexts().contains("hello agent"));
    simulator.desk().say("u-1", "hello customer");
    Instance.until(
        () -> sent.stream().anyMatch(c -> "hello customer".equals(c.control().getString("value"))));
    assertThat(sent.get(0).channelUserId()).isEqualTo("u-1");
    enqueue("END_CONVERSATION", "");
    Instance.until(() -> simulator.desk().chat("u-1").state() == VaChat.State.ENDED);
  }

  @Test
  void theVirtualAgentsConversationIsEndedToo() {
    enqueue("START_CONVERSATION", "hi");
    Instance.until(() -> types().contains("DefaultPicker"));
    enqueue("END_CONVERSATION", "");
    Instance.until(() -> simulator.desk().chat("u-1").state() == VaChat.State.ENDED);
  }

  @Test
  void aControlWithoutAnOutboundTransformerIsDroppedWithoutAWord() {
    simulator.tables().delete("sys_cs_custom_adapter_config", "control_type=DefaultPicker");
    enqueue("START_CONVERSATION", "hi");
    Instance.until(() -> types().contains("DefaultText"));
    assertThat(types()).doesNotContain("DefaultPicker");
  }

  @Test
  void whatCannotBeQueuedIsToldAtOnce() {
    assertThat(adapter.enqueueCustomAdapterMessage("nobody", "{}", "{}", "")).isFalse();
    assertThat(adapter.enqueueCustomAdapterMessage(adapter.application(), "not JSON", "{}", ""))
        .isFalse();
  }

  private void enqueue(String action, String text) {
    String payload =
        new JsonObject().put("user", "u-1").put("action", action).put("text", text).encode();
    assertThat(
            adapter.enqueueCustomAdapterMessage(
                adapter.application(), payload, headers("chat-token"), ""))
        .isTrue();
  }

  private static String headers(String token) {
    return new JsonObject().put("token", token).encode();
  }

  private List<String> types() {
    return sent.stream().map(CustomAdapter.Control::type).toList();
  }

  private List<String> actions() {
    return sent.stream().map(control -> control.control().getString("actionType")).toList();
  }
}
