package dev.baton.hub.servicenow.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.HubSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SenderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> calls = new ArrayList<>();
  private final List<Integer> answers = new ArrayList<>(List.of(200));
  private final Platform platform =
      new Platform() {
        @Override
        public int http(String method, String url, String headers, String body, double timeout)
            throws IOException {
          var call =
              JSON.createObjectNode().put("method", method).put("url", url).put("body", body);
          call.set("headers", JSON.readTree(headers));
          calls.add(call);
          return answers.size() > 1 ? answers.remove(0) : answers.get(0);
        }
      };
  private final Scripts scripts = new Scripts(platform);

  SenderTest() {
    platform.properties.put("baton.chat.callback_url", "https://baton.example/hubs/it/events");
  }

  @Test
  void messagesGoToBatonInOneSignedCall() throws IOException {
    JsonNode outputs =
        send(
            "token", List.of(item("m-1", "hello"), item("m-2", "M\u00fcller \u2013 \ud83d\ude00")));
    assertThat(outputs.path("status").asInt()).isEqualTo(200);
    assertThat(outputs.path("delivered").asBoolean()).isTrue();
    JsonNode call = calls.get(0);
    assertThat(call.path("url").asText()).isEqualTo("https://baton.example/hubs/it/events");
    String body = call.path("body").asText();
    assertThat(body)
        .as("signed over exactly these bytes, whatever the charset")
        .matches("\\p{ASCII}+");
    assertThat(
            HubSignature.verify(
                List.of("old-key", "token"),
                body.getBytes(StandardCharsets.UTF_8),
                call.at("/headers/X-Hub-Signature-256").asText()))
        .isTrue();
    assertThat(call.path("headers").toString()).doesNotContain("token");
    JsonNode json = JSON.readTree(body);
    assertThat(Contract.CALLBACK.problems(json)).isEmpty();
    assertThat(json.at("/body/1/value").asText()).isEqualTo("M\u00fcller \u2013 \ud83d\ude00");
    assertThat(json.path("clientSessionId").asText()).isEqualTo("K:1");
    assertThat(json.path("id").asText()).isEqualTo("b-m-1");
  }

  @Test
  void messagesMayComeInManyForms() {
    String one =
        "{\\\"uiType\\\":\\\"OutputText\\\",\\\"value\\\":\\\"x\\\",\\\"messageId\\\":\\\"m\\\"}";
    List<String> forms =
        List.of(
            "'" + one + "'",
            "['" + one + "']",
            "'[\"" + one.replace("\\\"", "\\\\\\\"") + "\"]'",
            "[{result: '" + one + "'}]",
            "[{text_message: '" + one + "'}]",
            "[" + one.replace("\\\"", "\"") + "]");
    for (String form : forms) {
      assertThat(scripts.evaluate("new BatonChat().items(" + form + ")"))
          .as(form)
          .isEqualTo("[{\"uiType\":\"OutputText\",\"value\":\"x\",\"messageId\":\"m\"}]");
    }
    assertThat(scripts.evaluate("new BatonChat().items('plain words')"))
        .isEqualTo("[{\"uiType\":\"OutputText\",\"value\":\"plain words\"}]");
    assertThat(scripts.evaluate("new BatonChat().items([])")).isEqualTo("[]");
  }

  @Test
  void aCallThatFailedInPassingIsMadeAgainWithTheSameBytes() throws IOException {
    answers.clear();
    answers.addAll(List.of(0, 503, 200));
    assertThat(send("token", List.of(item("m-1", "hello"))).path("delivered").asBoolean()).isTrue();
    assertThat(calls).hasSize(3);
    assertThat(calls.stream().map(call -> call.path("body").asText()).distinct()).hasSize(1);
  }

  @Test
  void aCallThatFailsForGoodIsAnErrorForThePlatform() {
    answers.clear();
    answers.add(503);
    assertThatThrownBy(() -> send("token", List.of(item("m-1", "hello"))))
        .hasMessageContaining("503");
    assertThat(calls).hasSize(3);
  }

  @Test
  void aRefusalIsNotRepeated() {
    answers.clear();
    answers.add(401);
    assertThatThrownBy(() -> send("token", List.of(item("m-1", "hello"))))
        .hasMessageContaining("401");
    assertThat(calls).hasSize(1);
  }

  @Test
  void withoutATokenOrWithoutTlsNothingIsSent() {
    assertThatThrownBy(() -> send("", List.of(item("m-1", "hello"))))
        .hasMessageContaining("outbound_token");
    platform.properties.put("baton.chat.callback_url", "http://baton.example/hubs/it/events");
    assertThatThrownBy(() -> send("token", List.of(item("m-1", "hello"))))
        .hasMessageContaining("https");
    assertThat(calls).isEmpty();
  }

  @Test
  void everyChannelIdentityMayHaveABatonOfItsOwn() throws IOException {
    platform.properties.put(
        "baton.chat.callback_url.baton", "https://other.example/hubs/hr/events");
    send("token", List.of(item("m-1", "hello")));
    assertThat(calls.get(0).path("url").asText()).isEqualTo("https://other.example/hubs/hr/events");
  }

  @Test
  void agentChatIsAsAfterTheLastMessage() throws IOException {
    String live =
        "{\"uiType\":\"OutputText\",\"value\":\"x\",\"messageId\":\"1\",\"agentChat\":true}";
    send("token", List.of(item("m-1", "hello"), live));
    assertThat(JSON.readTree(calls.get(0).path("body").asText()).path("agentChat").asBoolean())
        .isTrue();
    send("token", List.of(live, item("m-2", "over")));
    assertThat(JSON.readTree(calls.get(1).path("body").asText()).path("agentChat").asBoolean())
        .isFalse();
  }

  private JsonNode send(String token, List<String> messages) throws IOException {
    return JSON.readTree(
        scripts.action(
            "subflow/send-to-baton.js",
            Map.of(
                "app_inbound_id",
                "'baton'",
                "channel_user_id",
                "'K:1'",
                "messages",
                CustomChatInstance.quoted(JSON.writeValueAsString(messages)),
                "outbound_token",
                "'" + token + "'")));
  }

  private static String item(String id, String text) {
    return "{\"uiType\":\"OutputText\",\"value\":\""
        + text
        + "\",\"messageId\":\""
        + id
        + "\",\"clientSessionId\":\"K:1\"}";
  }
}
